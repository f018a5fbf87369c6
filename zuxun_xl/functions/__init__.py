"""The worksheet functions ZX_…: declared once, pure, standard library only; Excel, LibreOffice and xlwings Lite call the same ones."""
