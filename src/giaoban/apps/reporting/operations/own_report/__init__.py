"""The committee's own report through its stages (decision D23)."""

from giaoban.apps.reporting.operations.own_report.begin import start_edition, start_report
from giaoban.apps.reporting.operations.own_report.files import accept_returned, take_back_file, write_own_report
from giaoban.apps.reporting.operations.own_report.stages import (
    advance_report,
    freeze_figures,
    number_report,
    return_report,
    send_report,
    sign_report,
)
from giaoban.apps.reporting.operations.own_report.words import (
    DutyDraft,
    comment_report,
    share_sections,
    write_text,
)

__all__ = [
    "DutyDraft",
    "accept_returned",
    "advance_report",
    "comment_report",
    "freeze_figures",
    "number_report",
    "return_report",
    "send_report",
    "share_sections",
    "sign_report",
    "start_edition",
    "start_report",
    "take_back_file",
    "write_own_report",
    "write_text",
]
