"""Conferences of a committee: planned by sittings (one for each cluster), units invited, held or called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from giaoban.apps.audit.act import HANOI, Act, day_of
from giaoban.apps.meetings.models import (
    DelegationEntry,
    Meeting,
    MeetingEntry,
    MeetingEvent,
    MeetingForm,
    MeetingKind,
    MeetingState,
)
from giaoban.apps.meetings.operations.conferences_journal import (
    CONFERENCES,
    add_entries,
    journal_fields,
    planned_sittings,
    refuse_cancelled,
    require_manager,
    told,
)
from giaoban.apps.organizations.models import Ancestry, Group, GroupKind, GroupMembership, Placement, Unit, on_day
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import tidy

# How long a sitting is taken to last where nobody said when it ends.
_USUAL = timedelta(hours=2)
_MOST_SITTINGS = 60


@dataclass(frozen=True, slots=True)
class SittingDraft:
    """One sitting: when, where, and for which cluster (None: for the units that no other sitting invites)."""

    starts_at: datetime
    ends_at: datetime | None = None
    group: Group | None = None
    place: str = ""


@transaction.atomic
def plan_conference(
    *,
    act: Act,
    owner: Unit,
    kind: MeetingKind,
    title: str,
    sittings: Sequence[SittingDraft],
    form: MeetingForm = MeetingForm.IN_PERSON,
) -> Meeting:
    """This function will plan a conference of a committee; its sittings are numbered in the order of time.

    Raises:
        InvalidInput: no title, no sitting, one that ends before it starts, a cluster twice or of others.
        Conflict: the committee has another conference at one of these hours.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require(act, "conferences_manage", [owner])
    if kind not in CONFERENCES:
        raise InvalidInput(f"«{kind.label}» không phải hội nghị", where="Loại", expected="hội nghị, hội nghị giao ban")
    if not tidy(title):
        raise InvalidInput("Chưa có tên hội nghị", where="Tên hội nghị", expected="ví dụ Hội nghị giao ban quý I/2023")
    ordered = sorted(sittings, key=lambda one: one.starts_at)
    check_sittings(owner, ordered)
    refuse_same_hour(owner, ordered)
    first = ordered[0]
    day = day_of(first.starts_at)
    conference = Meeting.objects.create(
        unit=owner,
        kind=kind,
        month=day.replace(day=1),
        title=tidy(title),
        day=day,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        form=form,
        place=tidy(first.place),
    )
    entries = [
        MeetingEntry(
            meeting=conference,
            unit=owner,
            kind=MeetingEvent.PLANNED,
            sitting=number,
            group=one.group,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            form=form,
            place=tidy(one.place),
            effective_date=act.today,
            seq=number,
            **journal_fields(act),
        )
        for number, one in enumerate(ordered, start=1)
    ]
    add_entries(act, entries, [told(conference, "planned", sittings=len(entries))])
    return conference


def check_sittings(owner: Unit, sittings: Sequence[SittingDraft]) -> None:
    """Return quietly if these can be the sittings of one conference of a committee.

    Raises:
        InvalidInput: none or too many, one that ends before it starts, a cluster twice or of others.
    """
    if not 1 <= len(sittings) <= _MOST_SITTINGS:
        raise InvalidInput(
            f"Hội nghị có {len(sittings)} phiên", where="Các phiên", expected=f"từ 1 đến {_MOST_SITTINGS} phiên"
        )
    seen: set[int | None] = set()
    for index, one in enumerate(sittings):
        with blame(index):
            if one.ends_at is not None and one.ends_at <= one.starts_at:
                raise InvalidInput(
                    f"Phiên kết thúc {_clock(one.ends_at)} không sau lúc bắt đầu {_clock(one.starts_at)}",
                    where="Kết thúc",
                    expected="giờ sau lúc bắt đầu",
                )
            if one.group is not None and (one.group.owner_id != owner.pk or one.group.kind != GroupKind.CLUSTER):
                raise InvalidInput(
                    f"«{one.group.name}» không phải cụm của {owner.code}", where="Cụm", expected="cụm của cấp ủy này"
                )
            key = one.group.pk if one.group is not None else None
            if key in seen and len(sittings) > 1:
                name = one.group.name if one.group is not None else "phiên chung"
                raise InvalidInput(f"{name} có hai phiên", where="Cụm", expected="mỗi cụm một phiên")
            seen.add(key)


def refuse_same_hour(owner: Unit, sittings: Sequence[SittingDraft], *, beside: Meeting | None = None) -> None:
    """Return quietly if the committee has no other conference at these hours; ``beside`` is the one that is changed.

    Raises:
        Conflict: it has.
    """
    kept = (
        MeetingEntry.objects.live()
        .filter(unit=owner, kind=MeetingEvent.PLANNED, meeting__kind__in=CONFERENCES)
        .exclude(meeting__state=MeetingState.CANCELLED)
        .filter(
            starts_at__gte=min(one.starts_at for one in sittings) - timedelta(days=1),
            starts_at__lt=max(_end(one) for one in sittings),
        )
        .exclude(meeting=beside)
        .select_related("meeting")
    )
    for other in kept:
        if other.starts_at is None:
            continue
        until = other.ends_at or other.starts_at + _USUAL
        for index, one in enumerate(sittings):
            if one.starts_at < until and other.starts_at < _end(one):
                with blame(index):
                    raise Conflict(
                        f"{_clock(one.starts_at)} đã có «{other.meeting.title}» (từ {_clock(other.starts_at)})",
                        where="Bắt đầu",
                        expected="giờ khác",
                        hint="Chọn giờ khác, hoặc hủy hội nghị kia trước",
                    )


def _end(one: SittingDraft) -> datetime:
    return one.ends_at or one.starts_at + _USUAL


def _clock(moment: datetime) -> str:
    local = moment.astimezone(HANOI)
    return f"{local:%H:%M} ngày {format_date(local.date())}"


@transaction.atomic
def invite_clusters(*, act: Act, conference: Meeting) -> list[DelegationEntry]:
    """This function will invite the units of each sitting's cluster, as they are grouped on the day of the sitting.

    A sitting without a cluster invites those directly below the committee whom no other sitting invites. Whoever is
    invited already is left alone, so that it can be done again after the clusters changed.
    """
    sittings = planned_sittings(conference)
    invited: list[DelegationEntry] = []
    grouped = {one.group_id for one in sittings if one.group_id is not None}
    for one in sittings:
        if one.starts_at is None:
            continue
        day = day_of(one.starts_at)
        standing = Unit.objects.filter(
            Exists(Placement.objects.filter(on_day(day), unit=OuterRef("pk"), parent=conference.unit))
        )
        members = GroupMembership.objects.filter(on_day(day), unit=OuterRef("pk"))
        if one.group_id is not None:
            units = standing.filter(Exists(members.filter(group=one.group_id)))
        else:
            units = standing.exclude(Exists(members.filter(group__in=grouped)))
        known = DelegationEntry.objects.live().filter(meeting=conference).values("unit")
        wanted = list(units.exclude(pk__in=known).order_by("code"))
        invited += invite_units(act=act, conference=conference, sitting=one.sitting, units=wanted)
    return invited


@transaction.atomic
def invite_units(*, act: Act, conference: Meeting, sitting: int, units: Sequence[Unit]) -> list[DelegationEntry]:
    """This function will invite units to a sitting; one entry without a state for each.

    Raises:
        InvalidInput: there is no such sitting, or a unit does not stand under the committee on its day.
        Conflict: a unit is invited already, or the conference was called off.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    refuse_cancelled(conference)
    plan = next((one for one in planned_sittings(conference) if one.sitting == sitting), None)
    if plan is None or plan.starts_at is None:
        raise InvalidInput(f"Hội nghị không có phiên {sitting}", where="Phiên", expected="phiên đã lên lịch")
    day = day_of(plan.starts_at)
    below = set(
        Ancestry.objects.filter(
            on_day(day), ancestor=conference.unit, descendant__in=[unit.pk for unit in units], depth__gt=0
        ).values_list("descendant_id", flat=True)
    )
    known = set(DelegationEntry.objects.live().filter(meeting=conference).values_list("unit_id", flat=True))
    for index, unit in enumerate(units):
        with blame(index):
            if unit.pk not in below:
                raise InvalidInput(
                    f"{unit.code} không trực thuộc {conference.unit.code} ngày {format_date(day)}", where="Đơn vị"
                )
            if unit.pk in known:
                raise Conflict(f"{unit.code} đã được mời", where="Đơn vị", hint="Mỗi đơn vị được mời một lần")
    entries = [
        DelegationEntry(
            meeting=conference, unit=unit, sitting=sitting, effective_date=min(act.today, day), **journal_fields(act)
        )
        for unit in units
    ]
    add_entries(act, entries, [told(conference, "invited", unit.code, sitting=sitting) for unit in units])
    return entries


@transaction.atomic
def hold_conference(*, act: Act, conference: Meeting) -> Meeting:
    """This function will record that all sittings were held, each on its day.

    Raises:
        InvalidInput: a sitting lies after today. Conflict: it was recorded already, or called off.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    refuse_cancelled(conference)
    if conference.state == MeetingState.HELD:
        raise Conflict("Hội nghị đã được ghi là đã họp", where=conference.title)
    entries = []
    for plan in planned_sittings(conference):
        if plan.starts_at is None:
            continue
        day = day_of(plan.starts_at)
        if day > act.today:
            raise InvalidInput(
                f"Phiên {plan.sitting} ngày {format_date(day)} chưa diễn ra",
                where=conference.title,
                expected=f"ghi từ ngày {format_date(day)}",
            )
        entries.append(
            MeetingEntry(
                meeting=conference,
                unit=conference.unit,
                kind=MeetingEvent.HELD,
                sitting=plan.sitting,
                group=plan.group,
                starts_at=plan.starts_at,
                ends_at=plan.ends_at,
                form=plan.form,
                place=plan.place,
                effective_date=day,
                seq=plan.sitting,
                **journal_fields(act),
            )
        )
    add_entries(act, entries, [told(conference, "held", sittings=len(entries))])
    return _project(conference, MeetingState.HELD)


@transaction.atomic
def cancel_conference(*, act: Act, conference: Meeting, reason: str) -> Meeting:
    """This function will call a conference off.

    Raises:
        InvalidInput: no reason. Conflict: it was held, units were ticked, or it was called off before.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    refuse_cancelled(conference)
    if conference.state == MeetingState.HELD:
        raise Conflict("Hội nghị đã họp, không hủy được", where=conference.title)
    if DelegationEntry.objects.live().filter(meeting=conference).exclude(state="").exists():
        raise Conflict(
            "Hội nghị đã điểm danh, không hủy được",
            where=conference.title,
            hint="Ghi là đã họp, hoặc bỏ điểm danh trước",
        )
    if not tidy(reason):
        raise InvalidInput("Chưa có lý do hủy", where="Lý do", expected="một câu, ví dụ «hoãn vì phòng, chống bão»")
    entry = MeetingEntry(
        meeting=conference,
        unit=conference.unit,
        kind=MeetingEvent.CANCELLED,
        effective_date=act.today,
        note=tidy(reason),
        **journal_fields(act),
    )
    add_entries(act, [entry], [told(conference, "cancelled")])
    return _project(conference, MeetingState.CANCELLED)


def _project(conference: Meeting, state: MeetingState) -> Meeting:
    conference.state = state
    conference.save(update_fields=["state"])
    return conference
