"""What the trade measures: base measures, the KPI catalogue and how KPIs are computed from measures."""
