"""Opening a cycle: every unit that fills the form gets its submission and knows who receives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from giaoban.apps.audit.act import Act, day_of
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require, units_allowed
from giaoban.apps.reporting.models import (
    Cycle,
    FormRhythm,
    OpeningRound,
    ReportForm,
    StepKind,
    Submission,
    SubmissionState,
)
from giaoban.apps.reporting.operations.cycles._steps import (
    MANAGE,
    OPEN,
    Step,
    add_submissions,
    clock,
    need_remark,
    record_steps,
)
from giaoban.apps.reporting.operations.cycles.following import follow_tree
from giaoban.apps.reporting.queries.cycles.calendar import KINDS, Moments, due_to_open, moments_of, window_of
from giaoban.apps.reporting.queries.cycles.expected import who_fills
from giaoban.apps.reporting.queries.cycles.stepping import running_cycles
from giaoban.apps.reporting.queries.cycles.titles import cycle_title
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput
from giaoban.core.period import Period

# How far back a form may have ended and still have a cycle to open.
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a run opened, and how many submissions it released, moved or added because the tree had changed."""

    cycles: tuple[Cycle, ...]
    followed: int


@transaction.atomic
def open_cycle(*, act: Act, form: ReportForm, period: Period, moments: Moments | None = None) -> Cycle:
    """This function will open a form for a period; opened already it is returned as it is.

    Args:
        moments: instead of those that the form's rule gives.

    Raises:
        InvalidInput: the period is not of the form's rhythm, the form does not hold then, nobody is to fill it, or the
            moments run backwards.
        NotAllowed, NotFound: no right ``forms_manage`` at the form's owner.
    """
    require(act, MANAGE, [form.owner])
    return _open(act, form, period, moments)


def _open(
    act: Act, form: ReportForm, period: Period, moments: Moments | None = None, *, by_rule: bool = False
) -> Cycle:
    # Two people must not open one cycle at once.
    list(Unit.objects.select_for_update().filter(pk=form.owner_id))
    known = Cycle.objects.filter(owner=form.owner, form__code=form.code, period=str(period)).first()
    if known is not None:
        return known
    if KINDS.get(form.rhythm) != period.kind:
        raise InvalidInput(
            f"Mẫu «{form.title}» báo cáo theo {FormRhythm(form.rhythm).label.lower()}",
            where="Kỳ",
            expected=f"một kỳ {FormRhythm(form.rhythm).label.lower()}, không phải {period.name()}",
        )
    window = window_of(form.owner, period)
    if not form.valid_from <= window.last_day < form.valid_to:
        raise InvalidInput(
            f"Mẫu «{form.title}» không còn hoặc chưa có hiệu lực ngày {window.last_day:%d/%m/%Y}",
            where="Kỳ",
            hint="Đặt mẫu có hiệu lực trong kỳ này trước",
        )
    found = who_fills(form, min(act.today, window.last_day))
    title = cycle_title(form.title, form.rhythm, period)
    return create_cycle(act, form, str(period), title, moments or moments_of(form, window), found, by_rule=by_rule)


def create_cycle(
    act: Act,
    form: ReportForm,
    period: str,
    title: str,
    moments: Moments,
    receivers: Mapping[int, int],
    *,
    by_rule: bool = False,
) -> Cycle:
    """This function will write a cycle with the submissions of units (keys), each with its receiver; rights are asked
    by the caller, who holds the transaction. ``by_rule``: nobody pressed a button, whoever set the form opened it.
    """
    if not receivers:
        raise InvalidInput(
            f"Không có đơn vị nào phải nộp «{title}»",
            where="Loại hình",
            expected="ít nhất một đơn vị thuộc loại hình của mẫu",
        )
    if not moments.opens_at < moments.due_at or (moments.locks_at is not None and moments.locks_at < moments.due_at):
        raise InvalidInput(
            f"Mở {clock(moments.opens_at)}, hạn {clock(moments.due_at)}",
            where="Hạn gửi",
            expected="mở trước hạn, hạn không sau lúc khóa",
        )
    cycle = Cycle.objects.create(
        owner=form.owner,
        form=form,
        period=period,
        title=title[:200],
        opens_at=moments.opens_at,
        due_at=moments.due_at,
        locks_at=moments.locks_at,
        opened_by=form.set_by if by_rule else act.user,
        opened_at=act.now,
    )
    add_submissions(act, cycle, receivers)
    detail = {"form": form.code, "period": period, "units": len(receivers), "by_rule": by_rule}
    write_trail(act, [Happening("reporting.cycle_opened", "cycle", str(cycle.uid), form.owner.code, detail)])
    return cycle


@transaction.atomic
def open_due_cycles(*, act: Act, owners: Sequence[Unit] | None = None) -> Opened:
    """This function will open every cycle whose opening moment has come, and let running ones follow the tree.

    Run again it changes nothing. A period is opened while its due moment lies ahead, so that a machine that was off
    for some days catches up, but nobody finds a cycle that was due before they knew of it.

    Args:
        owners: only forms of these units; None: of all that the person may manage (at the console: all).
    """
    forms = _forms_held(act, owners)
    opened = [_open(act, form, period) for form, period in due_to_open(forms, act.now) if _is_filled(act, form, period)]
    running = running_cycles(act.now).filter(form__in=[form.pk for form in forms])
    return Opened(tuple(opened), follow_tree(act, running))


def open_in_time(*, act: Act) -> Opened:
    """This function will do once a day what `open_due_cycles` does, for all offices, when somebody comes first.

    Nobody's rights are asked: the form's rule, set by somebody who held the right, has decided. The audit names whose
    visit it was and says that it was by rule; the cycle names who set the form. A form opens by itself from the day
    after it was set, so that it can be looked through on that day. Two who come at once: one does it, the other goes
    on. What cannot be opened is told in the audit and keeps nothing else back.

    Returns:
        What was opened; nothing where it was done today.
    """
    if OpeningRound.objects.filter(day=act.today).exists():
        return _NOTHING
    with transaction.atomic():
        if not _first_today(act):
            return _NOTHING
        forms = [form for form in _held(act) if day_of(form.set_at) < act.today]
        opened = []
        for form, period in due_to_open(forms, act.now):
            try:
                with transaction.atomic():
                    if _is_filled(act, form, period):
                        opened.append(_open(act, form, period, by_rule=True))
            except GiaobanError as error:
                detail = {"form": form.code, "period": str(period), "error": error.message}
                trail = Happening("reporting.cycle_not_opened", "form", str(form.uid), form.owner.code, detail)
                write_trail(act, [trail])
        return Opened(tuple(opened), follow_tree(act, running_cycles(act.now)))


_NOTHING = Opened((), 0)


def _first_today(act: Act) -> bool:
    """Tell whether nobody else did today's round; who comes at the same moment waits here and is told no."""
    try:
        with transaction.atomic():
            OpeningRound.objects.create(day=act.today, at=act.now, by=act.user)
    except IntegrityError:
        return False
    return True


def _held(act: Act) -> QuerySet[ReportForm]:
    # A form that ended yesterday may still have a cycle to open for the period that ended before.
    rows = ReportForm.objects.filter(valid_to__gt=act.today - _YEAR).select_related("owner", "set_by")
    return rows.order_by("owner__code", "code", "valid_from")


def _forms_held(act: Act, owners: Sequence[Unit] | None) -> list[ReportForm]:
    rows = _held(act)
    if owners is not None:
        rows = rows.filter(owner__in=owners)
    found = list(rows)
    if act.at_console:
        return found
    allowed = units_allowed(act.user, MANAGE, {form.owner_id for form in found}, today=act.today)
    return [form for form in found if form.owner_id in allowed]


def _is_filled(act: Act, form: ReportForm, period: Period) -> bool:
    return bool(who_fills(form, min(act.today, window_of(form.owner, period).last_day)))


@transaction.atomic
def cancel_cycle(*, act: Act, cycle: Cycle, reason: str) -> Cycle:
    """This function will withdraw a cycle: nothing is owed any more; what was accepted stays.

    Raises:
        InvalidInput: no reason. Conflict: it was withdrawn already.
        NotAllowed, NotFound: no right ``forms_manage`` at the owner.
    """
    require(act, MANAGE, [cycle.owner])
    remark = need_remark(reason, "Lý do hủy")
    row = Cycle.objects.select_for_update(of=("self",)).select_related("owner").get(pk=cycle.pk)
    if row.cancelled_at is not None:
        raise Conflict(f"Kỳ «{row.title}» đã hủy {clock(row.cancelled_at)}", hint="Mở lại trang")
    row.cancelled_at = act.now
    row.save(update_fields=["cancelled_at"])
    waiting = row.submissions.filter(state__in=[*OPEN, SubmissionState.SUBMITTED]).select_related("unit", "cycle")
    open_rows = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    Submission.objects.filter(pk__in=[one.pk for one in open_rows]).update(state=SubmissionState.RELEASED)
    record_steps(act, [Step(one, StepKind.RELEASED, f"Hủy kỳ báo cáo: {remark}"[:1000]) for one in open_rows])
    detail = {"reason": remark}
    write_trail(act, [Happening("reporting.cycle_cancelled", "cycle", str(row.uid), row.owner.code, detail)])
    return row
