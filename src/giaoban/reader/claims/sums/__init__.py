"""Claims about a number and the parts that make it up, wherever they stand."""
