"""Writing reports and setting what stands on them."""

from giaoban.apps.reporting.operations.letterhead import LetterheadDraft, set_letterhead
from giaoban.apps.reporting.operations.report import FORMATS, WrittenReport, write_report

__all__ = ["FORMATS", "LetterheadDraft", "WrittenReport", "set_letterhead", "write_report"]
