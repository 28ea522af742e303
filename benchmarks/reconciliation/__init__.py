"""How well and how fast reconciliation does on simulated stories, on the gold, and beside its peers."""
