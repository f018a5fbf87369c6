"""zuxun_xl: forms, KPIs and diagnosis for life-insurance sales departments, inside their own workbooks."""

__version__ = "0.1.0"
