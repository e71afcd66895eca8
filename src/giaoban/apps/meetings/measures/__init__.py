"""Measures of meetings and conferences: declarations, and the registers that answer them."""
