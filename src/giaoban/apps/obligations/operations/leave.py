"""Giving leave of a duty: more time, or none of it; always with a reason and by a person (design.md, law 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.obligations.duties import Duty
from giaoban.apps.obligations.models import LeaveEntry, LeaveEvent
from giaoban.apps.obligations.operations._voiding import void_entry
from giaoban.apps.obligations.queries.standing import leave_giver
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame

RIGHT = "duties_manage"


@dataclass(frozen=True, slots=True)
class LeaveDraft:
    """A leave to be given of one duty: ``until`` (inclusive) is the new last day of an extension."""

    duty: Duty
    kind: LeaveEvent
    reason: str
    until: date | None = None


def extend_duty(*, act: Act, duty: Duty, until: date, reason: str) -> LeaveEntry:
    """This function will give one duty more time; see ``give_leaves``."""
    return give_leaves(act=act, drafts=[LeaveDraft(duty, LeaveEvent.EXTENDED, reason, until)])[0]


def excuse_duty(*, act: Act, duty: Duty, reason: str) -> LeaveEntry:
    """This function will excuse one duty; see ``give_leaves``."""
    return give_leaves(act=act, drafts=[LeaveDraft(duty, LeaveEvent.EXCUSED, reason)])[0]


@transaction.atomic
def give_leaves(*, act: Act, drafts: Sequence[LeaveDraft]) -> list[LeaveEntry]:
    """This function will extend or excuse duties, all or none.

    Raises:
        InvalidInput: no reason, a duty that is done, an extension that does not end after the day that counts now.
        NotAllowed, NotFound: no right ``duties_manage`` at a unit that owes; of a standing duty at the committee that
            asks for it.
    """
    asking = {draft.duty.rule.owner or draft.duty.case.unit for draft in drafts}
    units = Unit.objects.in_bulk(asking | {draft.duty.case.unit for draft in drafts})
    require(act, RIGHT, [units[pk] for pk in asking])
    for index, draft in enumerate(drafts):
        with blame(index):
            _check(act, draft)
    entries = [
        LeaveEntry(
            unit=units[draft.duty.case.unit],
            rule=draft.duty.rule.code,
            subject=draft.duty.case.subject,
            kind=draft.kind,
            until=draft.until if draft.kind == LeaveEvent.EXTENDED else None,
            reason=" ".join(draft.reason.split()),
            effective_date=act.today,
            recorded_at=act.now,
            actor=act.user,
            entered_for=act.entered_for,
        )
        for draft in drafts
    ]
    insert_objects(entries)
    _note(act, entries)
    return entries


def _check(act: Act, draft: LeaveDraft) -> None:
    duty = draft.duty
    if not draft.reason.strip():
        raise InvalidInput("Chưa có lý do", where="Lý do", expected="lý do ngắn, ví dụ «chờ thẩm tra bổ sung»")
    if duty.case.done is not None:
        raise InvalidInput(
            f"{duty.case.name}: việc này đã làm ngày {format_date(duty.case.done)}",
            hint="Không cần gia hạn hay cho miễn nữa",
        )
    if duty.case.opened > act.today:
        raise InvalidInput(
            f"{duty.case.name}: việc này bắt đầu tính từ {format_date(duty.case.opened)}",
            hint="Gia hạn, cho miễn sau ngày đó",
        )
    if draft.kind == LeaveEvent.EXTENDED and (draft.until is None or draft.until <= duty.last_day):
        raise InvalidInput(
            "Chưa có ngày gia hạn" if draft.until is None else f"Ngày {format_date(draft.until)} không muộn hơn hạn",
            where="Gia hạn đến",
            expected=f"ngày sau {format_date(duty.last_day)}",
        )


@transaction.atomic
def take_leave_back(*, act: Act, entry: LeaveEntry) -> LeaveEntry:
    """This function will take a leave back: the duty stands as if it had not been given.

    Raises:
        Conflict: somebody took it back already. NotAllowed, NotFound: no right ``duties_manage`` at the unit; of a
            standing duty at the committee that asks for it.
    """
    require(act, RIGHT, [leave_giver(entry)])
    void = void_entry(
        act=act,
        entry=entry,
        day=act.today,
        fields=("unit", "rule", "subject", "kind", "reason"),
        told="Lần gia hạn, cho miễn này đã được bỏ",
    )
    _note(act, [void])
    return void


def _note(act: Act, entries: Sequence[LeaveEntry]) -> None:
    write_trail(
        act,
        [
            Happening(
                f"obligations.{entry.kind}",
                "duty",
                str(entry.uid),
                entry.unit.code,
                {
                    "rule": entry.rule,
                    "subject": entry.subject,
                    "until": entry.until.isoformat() if entry.until else "",
                    "void": entry.void,
                },
            )
            for entry in entries
        ],
    )
