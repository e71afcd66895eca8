"""GB1: citations that cannot be as they are printed."""
