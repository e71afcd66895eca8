"""Measures of inspection."""
