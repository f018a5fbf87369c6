"""Declarations of every table the add-in knows: raw records and the handbook's appendices. One table is one module."""
