"""The games themselves: one file of pure rules each, found by name."""
