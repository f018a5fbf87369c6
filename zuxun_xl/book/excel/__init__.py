"""The live adapter: the workbook open in Excel, through xlwings. Read by ``ExcelBook``, changed by ``apply``, put back by ``undo``."""
