"""Measures of inspection: declarations, and the register that answers them."""
