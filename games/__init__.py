"""What a game is, and its log."""
