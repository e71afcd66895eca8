"""Papers that units owe: received, sent back to be completed, found in order (decision D26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.obligations.models import HandInEntry, HandInEvent, HandInFault, StandingDuty
from giaoban.apps.obligations.operations._voiding import void_entry
from giaoban.apps.obligations.queries.hand_ins import HANDED_IN, last_steps, owed_instance
from giaoban.apps.obligations.standing import Instance
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require, units_allowed
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame

RIGHT = "duties_manage"
# Who records a unit's own meetings hands its papers in too; whether they are in order is said by the level above.
OWN_RIGHT = "meetings_record"


@dataclass(frozen=True, slots=True)
class HandInDraft:
    """What happened to a unit's paper on ``day``; ``within`` is a day of the period for which it is."""

    unit: Unit
    within: date
    day: date
    paper_number: str = ""
    paper_date: date | None = None
    note: str = ""
    fault: HandInFault | None = None


def record_hand_in(*, act: Act, duty: StandingDuty, draft: HandInDraft) -> HandInEntry:
    """This function will note that a unit's paper came; see ``record_hand_ins``."""
    return record_hand_ins(act=act, duty=duty, drafts=[draft])[0]


@transaction.atomic
def record_hand_ins(*, act: Act, duty: StandingDuty, drafts: Sequence[HandInDraft]) -> list[HandInEntry]:
    """This function will note that papers came, all or none.

    Raises:
        InvalidInput: no paper is owed for the duty, the unit does not owe it for that period, the day lies in the
            future or after the lock.
        Conflict: the unit's paper came already and was not sent back.
        NotAllowed, NotFound: neither right ``duties_manage`` at the committee nor ``meetings_record`` at the units.
    """
    _require_to_hand_in(act, duty, drafts)
    return _record(act, duty, drafts, HandInEvent.RECEIVED)


def return_hand_in(*, act: Act, duty: StandingDuty, draft: HandInDraft) -> HandInEntry:
    """This function will send a unit's paper back to be completed; see ``return_hand_ins``."""
    return return_hand_ins(act=act, duty=duty, drafts=[draft])[0]


@transaction.atomic
def return_hand_ins(*, act: Act, duty: StandingDuty, drafts: Sequence[HandInDraft]) -> list[HandInEntry]:
    """This function will send papers back, each with its fault, all or none; they are owed until they come again.

    Raises:
        InvalidInput: no fault, or as ``record_hand_ins``. Conflict: no paper is there that could be sent back.
        NotAllowed, NotFound: no right ``duties_manage`` at the committee.
    """
    require(act, RIGHT, [duty.owner])
    for index, draft in enumerate(drafts):
        with blame(index):
            if draft.fault is None:
                raise InvalidInput(
                    f"{draft.unit.code}: chưa có lý do trả lại",
                    where="Lý do trả lại",
                    expected="một trong: " + ", ".join(str(label).lower() for label in HandInFault.labels),
                )
    return _record(act, duty, drafts, HandInEvent.RETURNED)


def accept_hand_in(*, act: Act, duty: StandingDuty, draft: HandInDraft) -> HandInEntry:
    """This function will find a unit's paper in order; see ``accept_hand_ins``."""
    return accept_hand_ins(act=act, duty=duty, drafts=[draft])[0]


@transaction.atomic
def accept_hand_ins(*, act: Act, duty: StandingDuty, drafts: Sequence[HandInDraft]) -> list[HandInEntry]:
    """This function will find papers in order, all or none.

    Raises:
        InvalidInput: as ``record_hand_ins``. Conflict: no paper is there, or it was found in order already.
        NotAllowed, NotFound: no right ``duties_manage`` at the committee.
    """
    require(act, RIGHT, [duty.owner])
    return _record(act, duty, drafts, HandInEvent.ACCEPTED)


@transaction.atomic
def take_hand_in_back(*, act: Act, entry: HandInEntry) -> HandInEntry:
    """This function will take back what was noted of a paper by mistake.

    Raises:
        Conflict: somebody took it back already. NotAllowed, NotFound: no right ``duties_manage`` at the committee.
    """
    require(act, RIGHT, [entry.owner])
    void = void_entry(
        act=act,
        entry=entry,
        day=entry.effective_date,
        fields=("unit", "owner", "code", "within", "kind"),
        told="Lần ghi nhận, trả văn bản này đã được bỏ",
    )
    _note(act, [void])
    return void


def _require_to_hand_in(act: Act, duty: StandingDuty, drafts: Sequence[HandInDraft]) -> None:
    if act.at_console or units_allowed(act.user, RIGHT, [duty.owner_id], today=act.today):
        return
    require(act, OWN_RIGHT, [draft.unit for draft in drafts])


def _record(act: Act, duty: StandingDuty, drafts: Sequence[HandInDraft], kind: HandInEvent) -> list[HandInEntry]:
    if duty.evidence != HANDED_IN:
        raise InvalidInput(
            f"Việc «{duty.title}» không tính theo văn bản đã nhận",
            where="Việc",
            hint="Ghi ở sổ là căn cứ của việc này",
        )
    # Two people must not take one paper at once.
    list(Unit.objects.select_for_update().filter(pk=duty.owner_id))
    owed = {within: owed_instance(duty, within) for within in {draft.within for draft in drafts}}
    steps = last_steps(duty, {draft.unit.pk for draft in drafts})
    seen: set[tuple[int, str]] = set()
    entries = []
    for index, draft in enumerate(drafts):
        with blame(index):
            instance, units = owed[draft.within]
            if instance is None or draft.unit.pk not in units:
                period = f" {instance.name}" if instance else f" có ngày {format_date(draft.within)}"
                raise InvalidInput(
                    f"{draft.unit.code} không phải làm «{duty.title}» kỳ{period}",
                    where="Đơn vị",
                    expected="đơn vị có tên trong danh sách phải làm của kỳ đó",
                )
            if (draft.unit.pk, instance.key) in seen:
                raise InvalidInput(f"{draft.unit.code} ghi hai lần", where="Đơn vị", expected="mỗi đơn vị một dòng")
            seen.add((draft.unit.pk, instance.key))
            _check_step(act, draft, instance, kind, steps.get((draft.unit.pk, instance.key)))
            entries.append(_entry(act, duty, draft, kind, instance))
    insert_objects(entries)
    _note(act, entries)
    return entries


def _check_step(
    act: Act, draft: HandInDraft, instance: Instance, kind: HandInEvent, last: tuple[str, date] | None
) -> None:
    name, day = draft.unit.code, format_date(draft.day)
    if draft.day > act.today:
        raise InvalidInput(
            f"Ngày {day} chưa đến", where="Ngày", expected=f"ngày {format_date(act.today)} hoặc trước đó"
        )
    if last is not None and draft.day < last[1]:
        raise InvalidInput(
            f"{name}: ngày {day} trước lần {HandInEvent(last[0]).label.lower()} gần nhất",
            where="Ngày",
            expected=f"ngày {format_date(last[1])} hoặc sau đó",
        )
    there = last is not None and last[0] != HandInEvent.RETURNED
    if kind == HandInEvent.RECEIVED:
        if there and last is not None:
            raise Conflict(
                f"{name}: văn bản kỳ {instance.name} đã nhận, ghi ngày {format_date(last[1])}",
                where="Đơn vị",
                hint="Trả lại trước nếu văn bản mới thay văn bản cũ",
            )
        if instance.locks_on is not None and draft.day > instance.locks_on:
            raise InvalidInput(
                f"{name}: ngày {day} đã quá ngày khóa",
                where="Ngày",
                expected=f"ngày {format_date(instance.locks_on)} hoặc trước đó",
                hint="Gia hạn không mở được khóa; đặt lại số ngày khóa của việc nếu còn nhận",
            )
    elif not there:
        raise Conflict(
            f"{name}: chưa có văn bản kỳ {instance.name} ở đây", where="Đơn vị", hint="Ghi đã nhận văn bản trước"
        )
    elif kind == HandInEvent.ACCEPTED and last is not None and last[0] == HandInEvent.ACCEPTED:
        raise Conflict(f"{name}: văn bản kỳ {instance.name} đã ghi đạt yêu cầu", where="Đơn vị", hint="Mở lại trang")


def _entry(act: Act, duty: StandingDuty, draft: HandInDraft, kind: HandInEvent, instance: Instance) -> HandInEntry:
    return HandInEntry(
        unit=draft.unit,
        owner_id=duty.owner_id,
        code=duty.code,
        within=instance.end_day,
        kind=kind,
        fault=draft.fault if kind == HandInEvent.RETURNED and draft.fault else "",
        paper_number=draft.paper_number.strip(),
        paper_date=draft.paper_date,
        note=draft.note.strip(),
        effective_date=draft.day,
        recorded_at=act.now,
        actor=act.user,
        entered_for=act.entered_for,
    )


def _note(act: Act, entries: Sequence[HandInEntry]) -> None:
    write_trail(
        act,
        [
            Happening(
                f"obligations.paper_{entry.kind}",
                "unit",
                str(entry.unit.uid),
                entry.unit.code,
                {"code": entry.code, "within": entry.within.isoformat(), "fault": entry.fault, "void": entry.void},
            )
            for entry in entries
        ],
    )
