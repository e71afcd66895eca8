"""Measures of organisations and committees."""
