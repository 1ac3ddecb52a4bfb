"""PostgreSQL that knows whose turn it is."""
