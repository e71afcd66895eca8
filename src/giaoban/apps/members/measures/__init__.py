"""Measures of members and offices: declarations, and the registers that answer them."""
