"""The live adapter: the workbook that is open in Excel, through xlwings. Read by ``ExcelBook``, changed by ``apply``, put back by ``undo``."""
