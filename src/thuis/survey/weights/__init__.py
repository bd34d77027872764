"""Weights made to agree with known totals, trimmed, standardised, and replicate weights made of a design."""
