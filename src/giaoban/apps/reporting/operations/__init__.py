"""Writing reports and setting what stands on them."""

from giaoban.apps.reporting.operations.comparison import write_comparison
from giaoban.apps.reporting.operations.definitions import set_report_definition
from giaoban.apps.reporting.operations.letterhead import LetterheadDraft, set_letterhead
from giaoban.apps.reporting.operations.notice import keep_notice_text, write_notice
from giaoban.apps.reporting.operations.own_files import OwnFile, import_own_file
from giaoban.apps.reporting.operations.own_measures import OwnMeasureDraft, end_own_measure, set_own_measure
from giaoban.apps.reporting.operations.report import FORMATS, WrittenReport, write_report
from giaoban.apps.reporting.operations.take_register import TAKEN, take_register
from giaoban.apps.reporting.operations.value_feeds import end_feed, set_feed
from giaoban.apps.reporting.operations.values import ValueDraft, correct_value, report_values, void_values

__all__ = [
    "FORMATS",
    "TAKEN",
    "LetterheadDraft",
    "OwnFile",
    "OwnMeasureDraft",
    "ValueDraft",
    "WrittenReport",
    "correct_value",
    "end_feed",
    "end_own_measure",
    "import_own_file",
    "keep_notice_text",
    "report_values",
    "set_feed",
    "set_letterhead",
    "set_own_measure",
    "set_report_definition",
    "take_register",
    "void_values",
    "write_comparison",
    "write_notice",
    "write_report",
]
