"""Writing reports and setting what stands on them."""

from giaoban.apps.reporting.operations.comparison import write_comparison
from giaoban.apps.reporting.operations.cycles import (
    EditedMeanwhile,
    FormDraft,
    NotReady,
    Question,
    accept,
    accept_gap,
    add_file,
    ask_once,
    cancel_cycle,
    confirm_unusual,
    copy_shipped_form,
    extend,
    open_cycle,
    open_due_cycles,
    release,
    reopen,
    return_submission,
    save_field,
    set_form,
    submit,
    withdraw,
)
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
    "EditedMeanwhile",
    "FormDraft",
    "LetterheadDraft",
    "NotReady",
    "OwnFile",
    "OwnMeasureDraft",
    "Question",
    "ValueDraft",
    "WrittenReport",
    "accept",
    "accept_gap",
    "add_file",
    "ask_once",
    "cancel_cycle",
    "confirm_unusual",
    "copy_shipped_form",
    "correct_value",
    "end_feed",
    "end_own_measure",
    "extend",
    "import_own_file",
    "keep_notice_text",
    "open_cycle",
    "open_due_cycles",
    "release",
    "reopen",
    "report_values",
    "return_submission",
    "save_field",
    "set_feed",
    "set_form",
    "set_letterhead",
    "set_own_measure",
    "set_report_definition",
    "submit",
    "take_register",
    "void_values",
    "withdraw",
    "write_comparison",
    "write_notice",
    "write_report",
]
