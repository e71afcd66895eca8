"""The people of a committee on a day, in protocol order, with how and when they came; and what happened to it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.queries import told_by
from giaoban.apps.members.holdings import Holding, OfficeFact, replay_holdings
from giaoban.apps.members.models import OfficeEntry, OfficeEvent
from giaoban.apps.members.queries.aliases import standing_aliases
from giaoban.apps.members.queries.office_holders import HeldOffice, offices_to_end
from giaoban.apps.organizations.kinds import INSPECTION, Kind, Office
from giaoban.apps.organizations.models import CommitteeEntry, TermEntry, TermEvent, Unit
from giaoban.apps.organizations.queries.history import decision_words
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound

_ORDER = {office: place for place, office in enumerate(Office.values)}


@dataclass(frozen=True, slots=True)
class CommitteeMember:
    """A person with all their offices in one unit, the highest first.

    ``how`` tells of the highest: «Bầu ngày 15/06/2020, chuẩn y ngày 01/07/2020»; ``why_end`` why it should be ended.
    """

    member_uid: uuid.UUID
    full_name: str
    offices: tuple[str, ...]
    office_names: tuple[str, ...]
    since: date
    how: str
    decision: str
    why_end: str


@dataclass(frozen=True, slots=True)
class People:
    """The committee, and the inspection commission beside it."""

    committee: tuple[CommitteeMember, ...]
    inspection: tuple[CommitteeMember, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry about one person, as a part of what happened; ``uid`` is the entry that can be corrected."""

    words: str
    member_uid: uuid.UUID
    uid: uuid.UUID


@dataclass(frozen=True, slots=True)
class CommitteeStory:
    """What happened on a day on one decision; ``register`` and ``uid`` name the entry that can be corrected, if one."""

    day: date
    sentence: str
    decision: str
    recorded_by: str
    recorded_at: datetime
    changes: tuple[Change, ...]
    register: str = ""
    uid: uuid.UUID | None = None


def committee_people(unit: Unit, kind: Kind, held: Sequence[HeldOffice], day: date) -> People:
    """Return who sits in a unit's committee on a day, in protocol order.

    Args:
        unit: the unit.
        kind: its kind that day: it says how offices are called.
        held: who holds its offices, of ``offices_held``.
        day: the day.
    """
    entries = {entry.pk: entry for entry in OfficeEntry.objects.counted().filter(unit=unit).in_order()}
    holdings = _holdings(entries.values(), day)
    ends = {(one.held.member, one.held.office): one.why for one in offices_to_end(held, day)}
    parts: dict[bool, dict[int, list[HeldOffice]]] = {False: defaultdict(list), True: defaultdict(list)}
    for one in sorted(held, key=lambda one: (_ORDER[one.office], one.since, one.sort_key)):
        parts[one.office in INSPECTION][one.member].append(one)

    def person(offices: list[HeldOffice]) -> CommitteeMember:
        first = offices[0]
        holding = holdings.get((first.member, first.office))
        came = entries[holding.came] if holding is not None else None
        return CommitteeMember(
            first.member_uid,
            first.full_name,
            tuple(one.office for one in offices),
            tuple(kind.office_name(Office(one.office)) for one in offices),
            first.since,
            _how(holding, entries),
            decision_words(came.decision_number, came.decision_date, came.decision_issuer) if came else "",
            next((why for one in offices if (why := ends.get((one.member, one.office)))), ""),
        )

    return People(*(tuple(person(offices) for offices in parts[key].values()) for key in (False, True)))


def _holdings(entries: Iterable[OfficeEntry], day: date) -> dict[tuple[int, str], Holding]:
    facts: dict[tuple[int, str], list[OfficeFact]] = defaultdict(list)
    told = list(entries)
    aliases = standing_aliases({entry.member_id for entry in told})
    for entry in told:
        facts[aliases.get(entry.member_id, entry.member_id), entry.office].append(
            OfficeFact(entry.pk, entry.kind, entry.effective_date)
        )
    return {
        key: one for key, found in facts.items() for one in replay_holdings("", found) if one.start <= day < one.end
    }


def _how(holding: Holding | None, entries: dict[int, OfficeEntry]) -> str:
    if holding is None:
        return ""
    words = f"{OfficeEvent(holding.kind).label} ngày {format_date(holding.start)}"
    if holding.kind == OfficeEvent.OPENING:
        words = f"Đang giữ khi bắt đầu dùng sổ ngày {format_date(holding.start)}"
    if holding.approved is not None:
        words += f", chuẩn y ngày {format_date(entries[holding.approved].effective_date)}"
    return words


def committee_story(unit: Unit, kind: Kind | None) -> tuple[CommitteeStory, ...]:
    """Return what was recorded of a unit's committee, newest first: terms, decisions, changes of offices.

    Changes that belong to a decision on the committee stand under it; other changes of one day, kind and decision are
    told together.
    """
    loaded = ("member", "actor", "entered_for")
    entries = list(OfficeEntry.objects.live().filter(unit=unit).select_related(*loaded).in_order())
    under: dict[int, list[OfficeEntry]] = defaultdict(list)
    alone: dict[tuple[object, ...], list[OfficeEntry]] = defaultdict(list)
    recorded = {one.pk: one for one in CommitteeEntry.objects.filter(unit=unit).select_related("actor")}
    later = {one.corrects_id: one.pk for one in recorded.values() if one.corrects_id is not None}
    decisions = [one for pk, one in recorded.items() if pk not in later and not one.void]
    known = {decision.pk for decision in decisions}
    for entry in entries:
        decision = entry.committee_entry_id
        while decision in later:
            decision = later[decision]
        if decision in known:
            under[decision].append(entry)
        else:
            key = (entry.effective_date, entry.kind, entry.decision_number, entry.decision_date)
            alone[key].append(entry)
    found = [_told(one, _decision_sentence(one), under[one.pk], kind, "cap-uy") for one in decisions]
    found += [
        _told(one, _term_sentence(one), [], kind, "nhiem-ky")
        for one in TermEntry.objects.live().filter(unit=unit).select_related("actor")
    ]
    found += [_told(group[0], str(group[0].get_kind_display()), group, kind, "") for group in alone.values()]
    return tuple(sorted(found, key=lambda story: (story.day, story.recorded_at), reverse=True))


def _told(
    entry: CommitteeEntry | TermEntry | OfficeEntry,
    sentence: str,
    changes: Sequence[OfficeEntry],
    kind: Kind | None,
    register: str,
) -> CommitteeStory:
    return CommitteeStory(
        entry.effective_date,
        sentence,
        decision_words(entry.decision_number, entry.decision_date, entry.decision_issuer),
        entry.actor.full_name,
        entry.recorded_at,
        tuple(Change(_change_words(one, kind, register), one.member.uid, one.uid) for one in changes),
        register,
        entry.uid if register else None,
    )


def _change_words(entry: OfficeEntry, kind: Kind | None, register: str) -> str:
    office = Office(entry.office)
    name = kind.office_name(office) if kind is not None else str(office.label)
    verb = f"{entry.get_kind_display()}: " if register else ""
    note = f" ({entry.note})" if entry.note else ""
    return f"{verb}{entry.member.full_name}, {name}{note}"


def _decision_sentence(entry: CommitteeEntry) -> str:
    return str(entry.get_kind_display()) + (f": {entry.note}" if entry.note else "")


def _term_sentence(entry: TermEntry) -> str:
    words = str(entry.get_kind_display())
    if entry.name:
        words += f" «{entry.name}»" if entry.kind == TermEvent.OPENING else f", nhiệm kỳ {entry.name}"
    if entry.until is not None:
        words += f", đến hết ngày {format_date(entry.until)}"
    sizes = [
        f"{word} {size}"
        for word, size in (
            ("cấp ủy", entry.committee_size),
            ("ban thường vụ", entry.standing_size),
            ("ủy ban kiểm tra", entry.inspection_size),
        )
        if size is not None
    ]
    return words + (f"; số lượng: {', '.join(sizes)}" if sizes else "")


def find_office_entry(user: User, uid: uuid.UUID, *, today: date) -> OfficeEntry:
    """Return an entry about an office whose unit stood, on its day, in the person's scope; also a corrected one.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    seen = OfficeEntry.objects.visible_to(user, today=today)
    found: OfficeEntry | None = (
        seen.filter(uid=uid).select_related("member", "unit", "committee_entry", "corrected_by__actor").first()
    )
    if found is None:
        raise NotFound("Không tìm thấy lần ghi này trong phạm vi của đồng chí")
    return found


@dataclass(frozen=True, slots=True)
class EndedOffice:
    """Somebody has left an office of a unit; ``told`` is who wrote so and when."""

    full_name: str
    office: str
    day: date
    told: str


def offices_ended(unit: int, seats: Iterable[tuple[str, str]]) -> tuple[EndedOffice, ...]:
    """Return the last ending of each seat (key of the member, office) of a unit; some may never have ended."""
    wanted = {(uid, office) for uid, office in seats if office in Office.values}
    uids = {uuid.UUID(uid) for uid, _office in wanted if _is_uuid(uid)}
    entries = OfficeEntry.objects.live().filter(unit=unit, kind=OfficeEvent.ENDED, member__uid__in=uids)
    found = {
        (str(one.member.uid), one.office): one
        for one in entries.select_related("member", "actor").order_by("effective_date", "seq", "pk")
    }
    return tuple(
        EndedOffice(one.member.full_name, one.office, one.effective_date, told_by(one.actor.full_name, one.recorded_at))
        for seat, one in found.items()
        if seat in wanted
    )


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
