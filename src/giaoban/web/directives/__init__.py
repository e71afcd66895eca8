"""Annual targets: what a year is to bring, by which source, and how far it has come."""
