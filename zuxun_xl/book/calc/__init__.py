"""Values of plain native formulas: what a cell shows after its neighbours were written, without a spreadsheet program."""
