"""Claims about what is left: done and not done, balances, what is lacking."""
