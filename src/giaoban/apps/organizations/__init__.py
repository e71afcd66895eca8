"""Party organisations through time: units, where they stood, their names and kinds, clusters, sectors, grants."""
