"""Units: the tree on a day, and one unit's page."""
