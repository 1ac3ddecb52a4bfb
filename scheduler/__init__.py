"""What may take its time, and the clock."""
