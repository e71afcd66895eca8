"""What happens to running cycles when the tree changes: released, moved, added; the rules are in docs/algorithms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import Q

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import update_objects
from giaoban.apps.organizations.models import Ancestry, Unit, UnitEntry, on_day
from giaoban.apps.reporting.models import Cycle, FormRhythm, StepKind, Submission, SubmissionState, SubmissionStep
from giaoban.apps.reporting.operations.cycles._steps import BY_TREE, OPEN, Step, add_submissions, record_steps
from giaoban.apps.reporting.queries.cycles.calendar import window_of
from giaoban.apps.reporting.queries.cycles.expected import who_fills, why_gone
from giaoban.apps.reporting.queries.cycles.stepping import out_of_step, running_cycles
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period


def follow_tree_change(act: Act, entries: Sequence[UnitEntry]) -> None:
    """This function will bring the cycles that an event of the tree concerns in line with it, in its transaction.

    Concerned are those of the offices above the units, now or at any time, and those in which the units report.
    """
    units = {entry.subject_id for entry in entries}
    above = Ancestry.objects.filter(descendant__in=units).values("ancestor")
    concerned = Q(owner__in=above) | Q(pk__in=Submission.objects.filter(unit__in=units).values("cycle"))
    follow_tree(act, running_cycles(act.now).filter(concerned))


def keep_in_step(*, act: Act, where: Q) -> int:
    """This function will bring running cycles in line with the tree of today, where a look finds that they are not.

    Nobody's rights are asked: it only does what an event of the tree, recorded earlier for this day, has decided.

    Args:
        where: which submissions are looked at, see ``queries.cycles.stepping``.

    Returns:
        How many submissions changed. Where all is in line this is one query, and nothing is written.
    """
    if not out_of_step(act.now, where):
        return 0
    with transaction.atomic():
        return follow_tree(act, running_cycles(act.now).filter(pk__in=out_of_step(act.now, where)))


def follow_tree(act: Act, cycles: Iterable[Cycle]) -> int:
    """This function will bring running cycles in line with the tree of today; returns how many submissions changed.

    Who is gone (closed, merged, handed over, of another kind) is released if nothing was sent; what was sent stays and
    can be accepted. Who was released so and stands again, because the event was taken back, owes again. Who moved sends
    to the unit that is above it now. Who came while the cycle runs gets a submission if it stood on the period's last
    day. The caller holds the transaction.
    """
    return sum(_follow(act, cycle) for cycle in cycles)


def _follow(act: Act, cycle: Cycle) -> int:
    rows = list(
        Submission.objects.select_for_update(of=("self",))
        .filter(cycle=cycle)
        .select_related("unit", "receiver", "cycle")
        .order_by("pk")
    )
    if cycle.form.rhythm == FormRhythm.ONCE:
        standing = _standing(act, rows)
        return _release(act, [row for row in rows if row.unit_id not in standing]) + _owe_again(act, rows, standing)
    now = who_fills(cycle.form, act.today)
    back = _owe_again(act, rows, now)
    gone = [row for row in rows if row.unit_id not in now]
    moved = [
        row
        for row in rows
        if row.state in (*OPEN, SubmissionState.SUBMITTED) and now.get(row.unit_id, row.receiver_id) != row.receiver_id
    ]
    return back + _release(act, gone) + _move(act, moved, now) + _add(act, cycle, {row.unit_id for row in rows}, now)


def _standing(act: Act, rows: Sequence[Submission]) -> set[int]:
    units = [row.unit_id for row in rows]
    return set(
        Ancestry.objects.filter(on_day(act.today), depth=0, descendant__in=units).values_list(
            "descendant_id", flat=True
        )
    )


def _release(act: Act, rows: Sequence[Submission]) -> int:
    open_rows = [row for row in rows if row.state in OPEN and not row.edition]
    reasons = why_gone({row.unit_id for row in open_rows}, act.today)
    for row in open_rows:
        row.state = SubmissionState.RELEASED
        row.version += 1
    update_objects(open_rows, ["state", "version"])
    fallback = f"Đơn vị không còn thuộc diện báo cáo từ ngày {format_date(act.today)}"
    record_steps(
        act,
        [Step(row, StepKind.RELEASED, reasons.get(row.unit_id, fallback), detail=BY_TREE) for row in open_rows],
    )
    return len(open_rows)


def _owe_again(act: Act, rows: Sequence[Submission], standing: Collection[int]) -> int:
    """Let units owe again that were released because of an event which does not hold any more."""
    released = {row.pk: row for row in rows if row.state == SubmissionState.RELEASED and row.unit_id in standing}
    if not released:
        return 0
    steps = SubmissionStep.objects.filter(submission__in=released, kind=StepKind.RELEASED).order_by("pk")
    # The latest release counts: somebody may have let the unit off as well.
    latest = dict(steps.values_list("submission_id", "detail"))
    back = [row for pk, row in released.items() if latest.get(pk) == BY_TREE]
    for row in back:
        row.state = SubmissionState.DRAFT if row.draft else SubmissionState.NEW
        row.version += 1
    update_objects(back, ["state", "version"])
    record_steps(act, [Step(row, StepKind.OPENED, "Đơn vị lại thuộc diện báo cáo", detail=BY_TREE) for row in back])
    return len(back)


def _move(act: Act, rows: Sequence[Submission], now: dict[int, int]) -> int:
    units = Unit.objects.in_bulk({now[row.unit_id] for row in rows}) if rows else {}
    steps = []
    for row in rows:
        before, row.receiver = row.receiver, units[now[row.unit_id]]
        row.version += 1
        detail = {**BY_TREE, "from": before.code, "to": row.receiver.code}
        steps.append(Step(row, StepKind.MOVED, f"{before.code} → {row.receiver.code}", detail=detail))
    update_objects(rows, ["receiver_id", "version"])
    record_steps(act, steps)
    return len(rows)


def _add(act: Act, cycle: Cycle, known: set[int], now: dict[int, int]) -> int:
    new = {unit: receiver for unit, receiver in now.items() if unit not in known}
    if not new or act.now > cycle.due_at:
        return 0
    last = window_of(cycle.owner, Period.parse(cycle.period)).last_day
    if act.today > last:
        new = {unit: receiver for unit, receiver in new.items() if unit in who_fills(cycle.form, last)}
    return len(add_submissions(act, cycle, new, "Đơn vị có thêm sau khi mở kỳ", BY_TREE))
