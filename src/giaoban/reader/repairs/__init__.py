"""Words broken by scanning, found by the rules of the syllable and the company words keep; suggested only when sure."""

from giaoban.reader.repairs.company import is_known_syllable
from giaoban.reader.repairs.find import find_repairs

__all__ = ["find_repairs", "is_known_syllable"]
