"""Workbooks: grids, tables found by headings, change sets, and the adapters that apply them."""
