"""Claims about what was and what is: growth, steps, comparisons, years that have passed."""
