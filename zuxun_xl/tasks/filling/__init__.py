"""Filling the forms from the records: one module a layout, all writing through the pen."""
