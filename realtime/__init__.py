"""Commands in, frames out."""
