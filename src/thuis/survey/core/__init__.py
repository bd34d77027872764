"""What every estimate stands on: design, grouped sums, and the variance of what is made of them."""
