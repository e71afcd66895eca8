"""Accepting 100 reports at once: values written, figures, entries, tree and text frozen in one transaction."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bench.office import open_office
from bench.rows import Row

if TYPE_CHECKING:
    from giaoban.apps.audit.act import Act
    from giaoban.apps.reporting.models import Submission

_UNITS = 100
_BEGIN = date(2024, 1, 1)


def run() -> list[Row]:
    """Measure it, and its queries beside those of three reports."""
    open_office()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from giaoban.apps.reporting.operations.cycles import accept

    counts, seconds = [], 0.0
    for code, number in (("IT", 3), ("NHIEU", _UNITS)):
        act, rows = _waiting(code, number)
        begun = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            accept(act=act, submissions=rows)
        seconds = time.process_time() - begun
        counts.append(len(asked))
    return [
        Row(f"acceptance of {_UNITS} reports at once", seconds * 1000, "ms", limit=5000),
        Row(
            f"queries of accepting {_UNITS} reports; of 3",
            counts[1],
            "queries",
            counts[0],
            limit=1.2,
            ratio=counts[1] / counts[0],
        ),
    ]


def _waiting(code: str, number: int) -> tuple[Act, list[Submission]]:
    """Make a committee with cells, and a report of each that is on its way."""
    from giaoban.apps.accounts.models import User
    from giaoban.apps.audit.act import Act
    from giaoban.apps.organizations.models import Unit, UnitEvent
    from giaoban.apps.organizations.operations import REGISTERS, TreeDraft, record_tree_events, take_into_use
    from giaoban.apps.reporting.models import Submission, SubmissionState
    from giaoban.apps.reporting.operations.cycles import copy_shipped_form, open_cycle
    from giaoban.core.period import Period

    now = datetime(2024, 4, 3, 8, tzinfo=UTC)
    user = User.objects.create(username=f"do-{code.lower()}", full_name="Người đo", created_at=now)
    act = Act(user, now, at_console=True)
    drafts = [TreeDraft(UnitEvent.OPENING, _BEGIN, code, name="Đảng bộ đo", unit_kind="upper")]
    drafts += [
        TreeDraft(
            UnitEvent.OPENING, _BEGIN, f"{code}.{n}", parent=code, name=f"Chi bộ {n}", unit_kind="grassroots_cell"
        )
        for n in range(number)
    ]
    record_tree_events(act=act, drafts=drafts)
    top = Unit.objects.get(code=code)
    for register in REGISTERS:
        take_into_use(act=act, unit=top, register=register, start=_BEGIN)
    form = copy_shipped_form(act=act, owner=top, code="quarter-cell", start=_BEGIN)
    cycle = open_cycle(act=act, form=form, period=Period.parse("2024-Q1"))
    typed = {"mark": "", "version": 1, "by": "Người đo", "by_id": user.pk, "at": now.isoformat()}
    draft = {name: {"value": "12", **typed} for name in ("gifts", "gift-amount", "gift-people", "workers")}
    draft |= {name: {"value": "Hoàn thành các nhiệm vụ đề ra.", **typed} for name in ("politics", "weak", "next")}
    Submission.objects.filter(cycle=cycle).update(state=SubmissionState.SUBMITTED, submitted_at=now, draft=draft)
    return act, list(Submission.objects.filter(cycle=cycle))
