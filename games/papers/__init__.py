"""What is printed of a game: its rules, kept by version, and the poster that leads to it."""
