"""From a win to a prize in somebody's hands."""
