"""How addresses become pages: requests under limits, archive records, the ledger."""
