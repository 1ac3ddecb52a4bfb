"""Drafts: how a game is set up, tried out and published by people."""
