"""Coming in, going out, one's own password; people and their grants."""
