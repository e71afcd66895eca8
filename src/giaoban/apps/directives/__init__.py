"""Targets and tasks taken from documents; annual targets are the first table here (decision D10)."""
