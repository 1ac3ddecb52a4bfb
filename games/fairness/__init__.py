"""Commit, reveal, recompute: draws and sealed moments that a stranger can check. Standard library only."""
