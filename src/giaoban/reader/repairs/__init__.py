"""Words broken by scanning: found by the rules of the syllable and the company they keep; a suggestion only when sure."""

from giaoban.reader.repairs.find import find_repairs

__all__ = ["find_repairs"]
