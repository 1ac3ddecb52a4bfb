"""Puts the parts together and decides nothing."""
