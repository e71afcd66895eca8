"""View models of the pieces that every screen is made of, and nothing that asks the database."""
