"""Reports: the one entry to the figures, and the documents that are written from them."""
