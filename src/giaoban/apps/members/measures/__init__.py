"""Measures of members and offices."""
