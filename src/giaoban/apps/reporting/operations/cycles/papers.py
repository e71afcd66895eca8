"""Reports that came on paper: the office types them in, with the moment at which each came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import update_objects
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import Cycle, StepKind, Submission, SubmissionState
from giaoban.apps.reporting.operations.cycles._steps import (
    ACCEPT,
    FILL,
    OPEN,
    Step,
    clock,
    lock_submissions,
    need_state,
    record_steps,
)
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.cycles.timing import timing_at
from giaoban.apps.reporting.queries.cycles.typed import clean_value
from giaoban.core.errors import InvalidInput, NotFound, blame
from giaoban.core.text_vi import quoted


@dataclass(frozen=True, slots=True)
class PaperReport:
    """A unit's report as it stands on paper: ``values`` by the names typed under, ``came_at`` when it came."""

    unit: Unit
    came_at: datetime
    values: Mapping[str, str]


@transaction.atomic
def enter_paper_reports(*, act: Act, cycle: Cycle, papers: Sequence[PaperReport]) -> list[Submission]:
    """This function will enter reports that came on paper, all or none; they then wait to be accepted.

    They are taken as they are: neither the rules of the form nor the lock hold for what has come already. Whoever
    accepts them looks at both.

    Raises:
        InvalidInput: a value that cannot be read, or a moment outside of the cycle's opening and now.
        Conflict: a unit's report was sent already. NotFound: a unit is not in the cycle.
        NotAllowed, NotFound: no right ``reports_fill`` at a unit, or ``reports_accept`` where it is received.
    """
    by_unit = {paper.unit.pk: paper for paper in papers}
    rows = lock_submissions(list(Submission.objects.filter(cycle=cycle, unit__in=by_unit)))
    missing = sorted(by_unit[pk].unit.code for pk in by_unit.keys() - {row.unit_id for row in rows})
    if missing:
        raise NotFound(f"Kỳ «{cycle.title}» không có đơn vị {', '.join(missing)}")
    require(act, FILL, [row.unit for row in rows])
    require(act, ACCEPT, [row.receiver for row in rows])
    steps = []
    for index, row in enumerate(rows):
        with blame(index):
            steps.append(_enter(act, row, by_unit[row.unit_id]))
    update_objects(rows, ["draft", "state", "submitted_at", "first_submitted_at", "version"])
    record_steps(act, steps)
    return rows


def _enter(act: Act, row: Submission, paper: PaperReport) -> Step:
    need_state(row, OPEN, "nhập bản giấy của")
    if not row.cycle.opens_at <= paper.came_at <= act.now:
        raise InvalidInput(
            f"{row.unit.code}: bản giấy ghi nhận lúc {clock(paper.came_at)}",
            where="Nhận lúc",
            expected=f"từ {clock(row.cycle.opens_at)} đến bây giờ",
        )
    body = body_of(row.cycle.form)
    for name, value in paper.values.items():
        field = body.by_input.get(name)
        if field is None:
            raise InvalidInput(
                f"Mẫu không có trường {quoted(name)}", where=row.unit.code, expected="một trường của mẫu"
            )
        row.draft[name] = _kept(act, row.draft.get(name, {}), clean_value(field, value, ""))
    row.state = SubmissionState.SUBMITTED
    row.submitted_at = paper.came_at
    row.first_submitted_at = row.first_submitted_at or paper.came_at
    row.version += 1
    detail = {"paper": True, "entered_at": act.now.isoformat(), "timing": timing_at(row, paper.came_at).value}
    return Step(row, StepKind.SUBMITTED, "Bản giấy", detail=detail, at=paper.came_at)


def _kept(act: Act, known: Mapping[str, Any], value: str) -> dict[str, Any]:
    version = int(known.get("version", 0)) + 1
    by = {"by": act.user.full_name, "by_id": act.user.pk, "at": act.now.isoformat()}
    return {"value": value, "mark": "", "version": version, **by}
