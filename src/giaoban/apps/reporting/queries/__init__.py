"""The one entry to the figures, and reports built from them."""
