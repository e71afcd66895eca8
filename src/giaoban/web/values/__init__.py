"""Numbers that units and departments report themselves."""
