"""Real servers for tests: PostgreSQL, Redis, a browser, So-Buzz itself."""
