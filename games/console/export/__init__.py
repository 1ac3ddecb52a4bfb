"""A game as files: tables, the forms in which they are written, and how they are sent."""
