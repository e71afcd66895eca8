"""The domain: one Django app for each area, all with the same files (models, queries, operations, permissions, …)."""
