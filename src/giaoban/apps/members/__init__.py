"""Members and the journal of their Party life."""
