"""What can be done with a workbook, one module a verb. A task reads a ledger and returns a ChangeSet and findings; it writes nothing."""
