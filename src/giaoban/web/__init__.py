"""Screens: load, ask one operation or query, render. No rules of the office live here."""
