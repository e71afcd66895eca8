"""A conference that was called is changed: other hours, places, units. The duty of those invited follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act, day_of
from giaoban.apps.meetings.models import (
    DelegationEntry,
    Meeting,
    MeetingEntry,
    MeetingEvent,
    MeetingState,
    ProposalEntry,
)
from giaoban.apps.meetings.operations._entries import locked, not_after_today, project
from giaoban.apps.meetings.operations.conferences import SittingDraft, check_sittings, invite_units, refuse_same_hour
from giaoban.apps.meetings.operations.conferences_duty import renew_delegates_duty
from giaoban.apps.meetings.operations.conferences_journal import (
    add_entries,
    journal_fields,
    planned_sittings,
    refuse_cancelled,
    require_manager,
    told,
)
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import tidy


@dataclass(frozen=True, slots=True)
class MovedConference:
    """A conference at its new hours, and the units that do not stand under the committee any more on their new day:
    they are not invited now.
    """

    conference: Meeting
    dropped: tuple[Unit, ...]


@transaction.atomic
def move_conference(*, act: Act, conference: Meeting, sittings: Mapping[int, SittingDraft]) -> MovedConference:
    """This function will give sittings (by number) another hour or place; what says the same as before adds nothing.

    Each keeps its cluster, whatever the draft says; the day of the first registration stays. Units that owe a delegate
    owe it by the new day.

    Raises:
        InvalidInput: no such sitting, or one that ends before it starts.
        Conflict: the committee has another conference at one of these hours, units of a sitting were ticked already, or
            the conference was held or called off.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    kept = locked([conference])[conference.pk]
    refuse_cancelled(kept)
    if kept.state == MeetingState.HELD:
        raise Conflict("Hội nghị đã họp, không đổi lịch được nữa", where=kept.title)
    plans = {one.sitting: one for one in planned_sittings(kept)}
    unknown = next((number for number in sittings if number not in plans), None)
    if unknown is not None:
        raise InvalidInput(f"Hội nghị không có phiên {unknown}", where="Phiên", expected="phiên đã lên lịch")
    wanted = {number: one for number, one in sittings.items() if _differs(plans[number], one)}
    if not wanted:
        return MovedConference(kept, ())
    _refuse_ticked(kept, wanted)
    check_sittings(kept.unit, [replace(one, group=plans[number].group) for number, one in wanted.items()])
    refuse_same_hour(kept.unit, list(wanted.values()), beside=kept)
    entries = [_moved(act, plans[number], one) for number, one in wanted.items()]
    add_entries(act, entries, [told(kept, "moved", sitting=number) for number in wanted])
    project([kept.pk])
    dropped = _drop_strangers(act, kept, {number: day_of(one.starts_at) for number, one in wanted.items()})
    kept.refresh_from_db()
    kept.month = kept.day.replace(day=1)
    kept.save(update_fields=["month"])
    renew_delegates_duty(act=act, conference=kept)
    return MovedConference(kept, dropped)


def _differs(plan: MeetingEntry, one: SittingDraft) -> bool:
    return (plan.starts_at, plan.ends_at, plan.place) != (one.starts_at, one.ends_at, tidy(one.place))


def _refuse_ticked(conference: Meeting, sittings: Mapping[int, SittingDraft]) -> None:
    ticked = DelegationEntry.objects.live().filter(meeting=conference, sitting__in=sittings).exclude(state="")
    first = ticked.order_by("sitting", "pk").select_related("unit").first()
    if first is not None:
        raise Conflict(
            f"Phiên {first.sitting} đã điểm danh ({first.unit.code}), không đổi lịch được",
            where=conference.title,
            hint="Bỏ điểm danh của phiên này trước, nếu phiên chưa họp",
        )


def _moved(act: Act, plan: MeetingEntry, one: SittingDraft) -> MeetingEntry:
    return MeetingEntry(
        meeting_id=plan.meeting_id,
        unit_id=plan.unit_id,
        kind=MeetingEvent.PLANNED,
        sitting=plan.sitting,
        group=plan.group,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        form=plan.form,
        place=tidy(one.place),
        topic=plan.topic,
        effective_date=plan.effective_date,
        seq=plan.sitting,
        **journal_fields(act, plan),
    )


def _drop_strangers(act: Act, conference: Meeting, days: Mapping[int, date]) -> tuple[Unit, ...]:
    gone = []
    for number, day in days.items():
        below = Ancestry.objects.filter(on_day(day), ancestor=conference.unit, depth__gt=0).values("descendant")
        rows = DelegationEntry.objects.live().filter(meeting=conference, sitting=number).exclude(unit__in=below)
        gone += list(rows.select_related("unit").order_by("unit__code"))
    _take_back(act, conference, gone)
    return tuple(entry.unit for entry in gone)


def _take_back(act: Act, conference: Meeting, entries: Sequence[DelegationEntry]) -> None:
    voids = [
        DelegationEntry(
            meeting=conference,
            unit=entry.unit,
            sitting=entry.sitting,
            effective_date=entry.effective_date,
            **journal_fields(act, entry, void=True),
        )
        for entry in entries
    ]
    add_entries(act, voids, [told(conference, "uninvited", entry.unit.code) for entry in entries])


@dataclass(frozen=True, slots=True)
class InvitationDraft:
    """To which sitting a unit is to be invited; None: to none."""

    unit: Unit
    sitting: int | None


@transaction.atomic
def change_invitations(*, act: Act, conference: Meeting, drafts: Sequence[InvitationDraft]) -> list[InvitationDraft]:
    """This function will invite units, take them to another sitting, or out; those that owe a delegate follow.

    Returns:
        What differed from before.

    Raises:
        InvalidInput: no such sitting, or a unit does not stand under the committee on its day.
        Conflict: a unit that was ticked or that reported something, or the conference was called off.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    kept = locked([conference])[conference.pk]
    refuse_cancelled(kept)
    known = {
        entry.unit_id: entry for entry in DelegationEntry.objects.live().filter(meeting=kept).select_related("unit")
    }
    spoke = set(ProposalEntry.objects.live().filter(meeting=kept).values_list("unit_id", flat=True))
    numbers = {one.sitting for one in planned_sittings(kept)}
    changed = []
    for index, draft in enumerate(drafts):
        before = known.get(draft.unit.pk)
        if (before.sitting if before is not None else None) == draft.sitting:
            continue
        with blame(index):
            if draft.sitting is not None and draft.sitting not in numbers:
                raise InvalidInput(
                    f"Hội nghị không có phiên {draft.sitting}", where="Phiên", expected="phiên đã lên lịch"
                )
            _check_free(draft, before, spoke=draft.unit.pk in spoke)
        changed.append(draft)
    _take_back(act, kept, [known[draft.unit.pk] for draft in changed if draft.unit.pk in known])
    by_sitting: dict[int, list[Unit]] = defaultdict(list)
    for draft in changed:
        if draft.sitting is not None:
            by_sitting[draft.sitting].append(draft.unit)
    for number, units in sorted(by_sitting.items()):
        invite_units(act=act, conference=kept, sitting=number, units=units)
    if changed:
        renew_delegates_duty(act=act, conference=kept, anew=not known)
    return changed


def _check_free(draft: InvitationDraft, before: DelegationEntry | None, *, spoke: bool) -> None:
    if before is not None and before.state:
        raise Conflict(
            f"{draft.unit.code} đã điểm danh, không đổi được lời mời",
            where="Đơn vị",
            hint="Bỏ điểm danh của đơn vị trước",
        )
    if draft.sitting is None and spoke:
        raise Conflict(f"{draft.unit.code} đã có báo cáo, đề nghị gửi hội nghị, không bỏ mời được", where="Đơn vị")


@transaction.atomic
def note_invitations_sent(*, act: Act, conference: Meeting, day: date | None = None) -> list[MeetingEntry]:
    """This function will note on which day the invitations of all sittings went out (default today).

    A later note takes the place of the one before: after a change those invited are told again.

    Raises:
        InvalidInput: a day after today. Conflict: the conference was held or called off, or nobody is invited.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    kept = locked([conference])[conference.pk]
    refuse_cancelled(kept)
    if kept.state == MeetingState.HELD:
        raise Conflict("Hội nghị đã họp, không còn gửi giấy mời", where=kept.title)
    sent = day or act.today
    not_after_today(act, sent, "Ngày gửi")
    called = set(DelegationEntry.objects.live().filter(meeting=kept).values_list("sitting", flat=True))
    if not called:
        raise Conflict("Hội nghị chưa mời đơn vị nào", where=kept.title, hint="Chọn đơn vị ở «Đơn vị được mời» trước")
    before = {
        entry.sitting: entry for entry in MeetingEntry.objects.live().filter(meeting=kept, kind=MeetingEvent.INVITED)
    }
    entries = [
        MeetingEntry(
            meeting=kept,
            unit=kept.unit,
            kind=MeetingEvent.INVITED,
            sitting=number,
            effective_date=sent,
            seq=number,
            **journal_fields(act, before.get(number)),
        )
        for number in sorted(called)
    ]
    add_entries(act, entries, [told(kept, "invitations_sent", day=format_date(sent))])
    return entries
