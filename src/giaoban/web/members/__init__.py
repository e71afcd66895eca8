"""Members: lists, one person's page, and what is recorded about them."""
