"""What the Makefile calls: the suite, the checks, the proof, the mutants, the translations."""
