"""Forms, cycles and submissions: opened by rule, filled field by field, sent, sent back, accepted level by level."""

from giaoban.apps.reporting.operations.cycles.accepting import ACTING_ROLE, accept
from giaoban.apps.reporting.operations.cycles.asking import Question, ask_once
from giaoban.apps.reporting.operations.cycles.filling import (
    EditedMeanwhile,
    SavedField,
    add_file,
    confirm_unusual,
    remove_file,
    save_field,
)
from giaoban.apps.reporting.operations.cycles.following import keep_in_step
from giaoban.apps.reporting.operations.cycles.forms import FormDraft, copy_shipped_form, set_form
from giaoban.apps.reporting.operations.cycles.judging import (
    accept_gap,
    accept_gaps,
    extend,
    extend_many,
    release,
    release_many,
    reopen,
    return_submission,
)
from giaoban.apps.reporting.operations.cycles.opening import (
    Opened,
    cancel_cycle,
    open_cycle,
    open_due_cycles,
    open_in_time,
)
from giaoban.apps.reporting.operations.cycles.papers import PaperReport, enter_paper_reports
from giaoban.apps.reporting.operations.cycles.sending import NotReady, submit, withdraw

__all__ = [
    "ACTING_ROLE",
    "EditedMeanwhile",
    "FormDraft",
    "NotReady",
    "Opened",
    "PaperReport",
    "Question",
    "SavedField",
    "accept",
    "accept_gap",
    "accept_gaps",
    "add_file",
    "ask_once",
    "cancel_cycle",
    "confirm_unusual",
    "copy_shipped_form",
    "enter_paper_reports",
    "extend",
    "extend_many",
    "keep_in_step",
    "open_cycle",
    "open_due_cycles",
    "open_in_time",
    "release",
    "release_many",
    "remove_file",
    "reopen",
    "return_submission",
    "save_field",
    "set_form",
    "submit",
    "withdraw",
]
