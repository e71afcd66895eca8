"""Measures of standing duties: declarations, and the register that answers them."""
