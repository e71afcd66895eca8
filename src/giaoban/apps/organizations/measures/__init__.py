"""Measures of organisations and committees: declarations, and the registers that answer them."""
