"""The sheets of the sample workbook, one module a sheet, in the house style of this department."""
