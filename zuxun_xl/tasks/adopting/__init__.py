"""Adopting a workbook: what was recognised, what is ambiguous, and the sheet that remembers the answers."""
