"""Files in, text out: one loader for each format, imported only when a file of its format comes."""

from giaoban.reader.loaders.base import load

__all__ = ["load"]
