"""A fictitious department, its workbook in a house style of its own, and the true figures of its year so far."""
