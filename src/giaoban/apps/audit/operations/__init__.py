"""Writing the trail and sealing it."""

from giaoban.apps.audit.operations.seal import seal
from giaoban.apps.audit.operations.trail import Happening, write_trail

__all__ = ["Happening", "seal", "write_trail"]
