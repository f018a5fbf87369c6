"""What is built from declarations and shipped: the sample workbook, later templates, the add-in and the docs."""
