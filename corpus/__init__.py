"""Invented documents with labels made by hand, and the measure of what reading and checking make of them."""
