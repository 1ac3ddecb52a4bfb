"""Says at the start what would be dangerous later (checklist 62)."""
