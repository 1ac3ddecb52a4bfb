"""Who owns what, and who is asking."""
