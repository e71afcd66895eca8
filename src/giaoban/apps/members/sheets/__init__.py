"""The sheets of members (who comes into the register), of entries (what happened to them), of candidates, and of the
registers beside them: absences, honours, grades, conclusions, offices."""

from giaoban.apps.members.sheets.candidates import CANDIDATES
from giaoban.apps.members.sheets.entries import ENTRIES
from giaoban.apps.members.sheets.life import LIFE_SHEETS
from giaoban.apps.members.sheets.roll import MEMBERS

__all__ = ["CANDIDATES", "ENTRIES", "LIFE_SHEETS", "MEMBERS"]
