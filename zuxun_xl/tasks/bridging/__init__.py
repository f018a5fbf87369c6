"""The headcount bridge by name: who is in each part, why typed totals differ, what is doubtful, and the sheet 人力核对."""
