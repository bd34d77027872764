"""Reading the figures: tested differences, models and indices, each with a sentence that claims no more."""
