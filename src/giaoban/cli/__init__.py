"""The command line: one module for each command, loaded only when it is called, so that `giaoban read` starts fast."""

from giaoban.cli._main import main

__all__ = ["main"]
