"""The report as a document: a draft from the registers or from its chốt, and the frozen one from its signing on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from giaoban.apps.reporting.models import OwnReport
from giaoban.apps.reporting.queries.own_report.state import definition_of, filled, is_still, slot_texts
from giaoban.apps.reporting.queries.report import FrozenFigures, ReportOrder, frozen_figures, report_document
from giaoban.core.errors import Conflict
from giaoban.core.period import Period
from giaoban.writer.blocks import OfficialDocument
from giaoban.writer.frozen import thaw

# The key under which a signed snapshot keeps the whole document beside the words of the slots.
DOCUMENT = "@document"
DRAFT_MARK = "Dự thảo"


def own_document(
    report: OwnReport, *, today: date, mark_empty: bool = False, rights: frozenset[str] | None = None
) -> OfficialDocument:
    """Return the report as it would be printed now; what was signed is printed as it was signed.

    Whoever writes the paper reads it as its recipients will. Others see of a draft only what their rights open (D11).

    Args:
        report: the report.
        today: the day whose layout a draft is written in.
        mark_empty: show empty slots of a draft with their guidance.
        rights: those of the reader on the unit; None for the paper itself.

    Raises:
        InvalidInput: no register was in use in the period.
    """
    if is_still(report):
        return signed_document(report)
    texts = filled(slot_texts(report), definition_of(report, day=today))
    frozen = cutoff_figures(report)
    told = None if rights is None or "reports_write" in rights else rights
    return draft_document(report, texts, today=today, frozen=frozen, mark_empty=mark_empty, rights=told)


def live_document(report: OwnReport, *, today: date) -> OfficialDocument:
    """Return a draft with the same words and what the registers say now."""
    return draft_document(
        report, filled(slot_texts(report), definition_of(report, day=today)), today=today, frozen=None
    )


def draft_document(
    report: OwnReport,
    texts: Mapping[str, str],
    *,
    today: date,
    frozen: FrozenFigures | None,
    mark_empty: bool = False,
    rights: frozenset[str] | None = None,
) -> OfficialDocument:
    """Return the report with the words and figures that are given."""
    order = ReportOrder(
        report.name,
        report.unit,
        Period.parse(report.period),
        today,
        draft_mark=DRAFT_MARK,
        narratives=texts,
        frozen=frozen,
        mark_empty=mark_empty,
        definition=definition_of(report, day=today),
        rights=rights,
    )
    return report_document(order)


def cutoff_figures(report: OwnReport) -> FrozenFigures | None:
    """Return the figures of the chốt; None while there is none."""
    kept = report.cutoff
    if kept is None:
        return None
    return frozen_figures(report.unit.code, Period.parse(report.period), figures=kept.figures, entries=kept.entries)


def signed_document(report: OwnReport) -> OfficialDocument:
    """Return the document that was frozen for signing, with the number and day it has by now.

    Raises:
        Conflict: nothing was frozen yet.
    """
    if report.signed is None:
        raise Conflict("Báo cáo chưa trình ký", hint="Trình ký trước, lời văn được khóa từ bước đó")
    document = thaw(json.loads(report.signed.texts[DOCUMENT]))
    if report.number is None or report.dated is None:
        return document
    return replace(document, number=report.number, dated=report.dated, draft_mark="")
