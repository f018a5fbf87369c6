"""How a workbook is stored: the zip package, its XML parts, and edits to them that leave everything else alone."""
