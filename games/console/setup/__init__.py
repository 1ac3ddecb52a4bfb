"""The pages on which a game is set up, from the choice of its kind to its publication."""
