"""Accepting submissions: the numbers typed become reported values, and everything is frozen in one moment (D8)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import OperationalError, connection

from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import update_objects
from giaoban.apps.organizations.models import Grant, Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import (
    Cycle,
    Snapshot,
    SnapshotKind,
    StepKind,
    Submission,
    SubmissionState,
    ValueEntry,
)
from giaoban.apps.reporting.operations.cycles._steps import (
    ACCEPT,
    Step,
    lock_submissions,
    need_state,
    record_steps,
)
from giaoban.apps.reporting.operations.snapshots import Frozen, freezing, take_snapshots
from giaoban.apps.reporting.operations.values import report_values, void_values
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.cycles.calendar import window_of
from giaoban.apps.reporting.queries.cycles.files import file_texts, files_of
from giaoban.apps.reporting.queries.cycles.typed import typed_numbers, typed_texts
from giaoban.apps.reporting.value_rules import ValueDraft
from giaoban.core.errors import Conflict, blame
from giaoban.core.period import Period

ACTING_ROLE = "acting_approver"
# Two people who accept the same at once: the second reads anew, as often as this.
_TRIES = 5
_AGAIN = ("40001", "40P01")


def accept(
    *, act: Act, submissions: Sequence[Submission], seen: Mapping[uuid.UUID, int] | None = None, remark: str = ""
) -> list[Submission]:
    """This function will accept submissions, all or none: figures, entries, tree and text are frozen, typed numbers
    become reported values. Rows are locked in the order of their keys, so that no two people block each other.

    Args:
        seen: the version of each submission (by uid) that the person looked at; what changed since is refused.

    Raises:
        Conflict: one of them was withdrawn, sent back or accepted meanwhile.
        NotAllowed, NotFound: no right ``reports_accept`` at a receiver.
    """
    for left in reversed(range(_TRIES)):
        outermost = not connection.in_atomic_block
        try:
            with freezing():
                rows = lock_submissions(submissions)
                require(act, ACCEPT, [row.receiver for row in rows])
                _need_as_seen(rows, seen or {})
                return accept_locked(act, rows, remark=remark)
        except OperationalError as error:
            code = getattr(error.__cause__, "sqlstate", None)
            if not outermost or code not in _AGAIN or not left:
                raise
    raise AssertionError("the last try returns or raises")


def _need_as_seen(rows: Sequence[Submission], seen: Mapping[uuid.UUID, int]) -> None:
    for index, row in enumerate(rows):
        with blame(index):
            if seen.get(row.uid, row.version) != row.version:
                raise Conflict(
                    f"{row.unit.code}: báo cáo đã thay đổi từ khi đồng chí mở trang", hint="Mở lại trang, xem bản mới"
                )


def accept_locked(
    act: Act, rows: Sequence[Submission], *, remark: str = "", automatic: bool = False
) -> list[Submission]:
    """This function will accept rows that the caller has locked and asked the rights for, in the caller's transaction.

    Args:
        automatic: an answer that counts as soon as it is sent; nobody looked at it.
    """
    for index, row in enumerate(rows):
        with blame(index):
            need_state(row, [SubmissionState.SUBMITTED], "tiếp nhận")
    cycles: dict[int, list[Submission]] = defaultdict(list)
    for row in rows:
        cycles[row.cycle_id].append(row)
    snapshots: dict[int, Snapshot] = {}
    for of_cycle in cycles.values():
        _report(act, of_cycle[0].cycle, of_cycle)
        snapshots |= _freeze(act, of_cycle[0].cycle, of_cycle)
    for row in rows:
        row.state = SubmissionState.ACCEPTED
        row.accepted_at = act.now
        row.edition += 1
        row.version += 1
        row.snapshot = snapshots[row.pk]
    update_objects(rows, ["state", "accepted_at", "edition", "version", "snapshot_id"])
    detail = {"automatic": True} if automatic else _acting(act, rows)
    text = "Tính ngay khi gửi, theo người hỏi" if automatic else remark.strip()[:1000]
    record_steps(act, [Step(row, StepKind.ACCEPTED, text, snapshot=row.snapshot, detail=detail) for row in rows])
    return list(rows)


def _report(act: Act, cycle: Cycle, rows: Sequence[Submission]) -> None:
    """Write what was typed as reported values; what the same unit had reported for these days is corrected."""
    body, window = body_of(cycle.form), window_of(cycle.owner, Period.parse(cycle.period))
    # The unit had the right to fill and the level above to accept: nobody is asked again for the numbers themselves.
    writer = replace(act, at_console=True)
    # Whoever enters numbers by hand locks units in this order too.
    list(Unit.objects.filter(pk__in=[row.unit_id for row in rows]).order_by("pk").select_for_update(no_key=True))
    drafts = [
        ValueDraft(
            unit=row.unit,
            measure=one.field.measure,
            period_or_days=window,
            number=one.number,
            dimension=one.field.dimension,
            code=one.field.code,
            part="expected" if one.is_total else "done",
            mark=one.mark,
            submission=row,
        )
        for row in rows
        for one in typed_numbers(body, row.draft)
    ]
    gone = _left_out(rows, drafts)
    if gone:
        void_values(act=writer, entries=gone, reason="Bản mới không còn số này")
    report_values(act=writer, values=drafts)


def _left_out(rows: Sequence[Submission], drafts: Sequence[ValueDraft]) -> list[ValueEntry]:
    """Return what an earlier edition of these reports had told and this one leaves out."""
    told = {(one.unit.pk, one.measure, one.dimension, one.code, one.part) for one in drafts}
    held = ValueEntry.objects.live().filter(submission__in=[row for row in rows if row.edition]).select_related("unit")
    return [
        one for one in held.order_by("pk") if (one.unit_id, one.measure, one.dimension, one.code, one.part) not in told
    ]


def _freeze(act: Act, cycle: Cycle, rows: Sequence[Submission]) -> dict[int, Snapshot]:
    body, period = body_of(cycle.form), Period.parse(cycle.period)
    files = files_of(rows)
    frozen = [
        Frozen(
            row.unit,
            texts=typed_texts(body, row.draft) | file_texts(files[row.pk]),
            edition=row.edition + 1,
            replaces=row.snapshot,
        )
        for row in rows
    ]
    made = take_snapshots(act=act, period=period, kind=SnapshotKind.SUBMISSION, measures=body.measures, frozen=frozen)
    return {row.pk: snapshot for row, snapshot in zip(rows, made, strict=True)}


def _acting(act: Act, rows: Sequence[Submission]) -> dict[str, object]:
    """Tell whether somebody accepts for whoever is away: the only grant that lets them is one of acting approver."""
    units = {row.receiver_id for row in rows}
    held = Grant.objects.holding(act.user, today=act.today, right=ACCEPT).filter(unit__below__descendant__in=units)
    roles = set(held.values_list("role", flat=True))
    if act.at_console or roles != {ACTING_ROLE}:
        return {}
    return {"acting": rights_table().roles[ACTING_ROLE].label}
