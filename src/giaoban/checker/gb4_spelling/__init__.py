"""GB4: spelling, and words that scanning has broken."""
