"""Made-up data for tests: data folders with all a page may meet."""
