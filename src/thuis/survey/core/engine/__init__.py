"""Engines: the only code that touches rows; each answers grouped sums over a table."""
