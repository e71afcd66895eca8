"""GB5: dates and periods that cannot stand beside each other."""
