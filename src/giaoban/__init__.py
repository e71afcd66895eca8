"""giaoban: the office of a Vietnamese Party committee."""

__version__ = "0.1.0"
