"""Files in, text out: one loader for each format, imported only when a file of its format comes."""

from giaoban.reader.loaders.base import Loaded, load, load_with_notes

__all__ = ["Loaded", "load", "load_with_notes"]
