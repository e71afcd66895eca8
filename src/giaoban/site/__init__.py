"""Settings, root addresses and the server entry points. Nothing below imports this room; it is named by string."""
