"""The sheets of members (who comes into the register) and of entries (what happened to them)."""

from giaoban.apps.members.sheets.entries import ENTRIES
from giaoban.apps.members.sheets.roll import MEMBERS

__all__ = ["ENTRIES", "MEMBERS"]
