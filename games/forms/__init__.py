"""Settings as a form: what to ask, what was typed, what is wrong with it. Pure but for the words."""
