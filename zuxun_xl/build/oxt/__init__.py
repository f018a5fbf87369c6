"""The LibreOffice extension ``zuxun.oxt``: the worksheet functions as a Calc add-in, built from their declarations without any SDK."""
