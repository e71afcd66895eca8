"""Invented, broken and hostile texts and files, and what reading and checking must keep whatever they are given."""
