"""Rules and formulas over columns: their language, what they make of a frame, and weights made of several."""
