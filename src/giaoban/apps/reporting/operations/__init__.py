"""Writing reports and setting what stands on them."""

from giaoban.apps.reporting.operations.letterhead import LetterheadDraft, set_letterhead

__all__ = ["LetterheadDraft", "set_letterhead"]
