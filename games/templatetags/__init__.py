"""Words that the templates of games share."""
