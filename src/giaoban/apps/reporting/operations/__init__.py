"""Writing reports and setting what stands on them."""

from giaoban.apps.reporting.operations.comparison import write_comparison
from giaoban.apps.reporting.operations.letterhead import LetterheadDraft, set_letterhead
from giaoban.apps.reporting.operations.notice import keep_notice_text, write_notice
from giaoban.apps.reporting.operations.own_files import OwnFile, import_own_file
from giaoban.apps.reporting.operations.report import FORMATS, WrittenReport, write_report
from giaoban.apps.reporting.operations.take_register import TAKEN, take_register

__all__ = [
    "FORMATS",
    "TAKEN",
    "LetterheadDraft",
    "OwnFile",
    "WrittenReport",
    "import_own_file",
    "keep_notice_text",
    "set_letterhead",
    "take_register",
    "write_comparison",
    "write_notice",
    "write_report",
]
