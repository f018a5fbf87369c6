"""Diagnosis: which KPI is 偏低 or 较高 and why, which causes of the handbook's lookup the figures support, what to do."""
