"""Writing reports and setting what stands on them."""

from giaoban.apps.reporting.operations.comparison import write_comparison
from giaoban.apps.reporting.operations.letterhead import LetterheadDraft, set_letterhead
from giaoban.apps.reporting.operations.own_files import OwnFile, import_own_file
from giaoban.apps.reporting.operations.report import FORMATS, WrittenReport, write_report

__all__ = [
    "FORMATS",
    "LetterheadDraft",
    "OwnFile",
    "WrittenReport",
    "import_own_file",
    "set_letterhead",
    "write_comparison",
    "write_report",
]
