"""The console pages of games."""
