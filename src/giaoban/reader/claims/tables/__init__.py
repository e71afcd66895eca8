"""Claims that a table makes: totals of columns and rows, rates of its cells."""
