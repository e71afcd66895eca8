"""A committee's page for a period, and the entries behind each of its numbers."""
