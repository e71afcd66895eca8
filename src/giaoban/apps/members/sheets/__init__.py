"""The sheets of members (who comes into the register), of entries (what happened to them) and of candidates."""

from giaoban.apps.members.sheets.candidates import CANDIDATES
from giaoban.apps.members.sheets.entries import ENTRIES
from giaoban.apps.members.sheets.roll import MEMBERS

__all__ = ["CANDIDATES", "ENTRIES", "MEMBERS"]
