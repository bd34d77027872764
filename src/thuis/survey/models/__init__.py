"""Models on a sample: formulas, their fit, and what a fit says about people."""
