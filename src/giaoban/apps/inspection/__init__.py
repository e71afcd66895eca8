"""Inspection, supervision and discipline; discipline is the first register here."""
