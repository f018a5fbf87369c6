"""The true figures, computed from the simulated people and events, never from the workbook or by the product."""
