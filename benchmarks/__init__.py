"""Side-by-side benchmarks: So-Buzz, its peers and its database, in one run on one machine."""
