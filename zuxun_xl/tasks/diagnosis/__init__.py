"""Diagnosis of a ledger: what is observed in it, what its records measure, the sheet 诊断表."""
