"""What the registers say of a meeting: the facts from which provable items of a score sheet are filled (D27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingEvent, MeetingKind, MeetingState, Presence
from giaoban.apps.meetings.queries.absences import longest_excused_runs
from giaoban.apps.meetings.queries.roll import Roll
from giaoban.apps.meetings.rubrics import Facts, Item, Rubric
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Story:
    """The live events of a meeting: planned and held (first sitting), invited, filed; None where there is none.

    ``sittings``: of a meeting of several sittings each as it was held, or is planned, in the order of their numbers.
    """

    planned: MeetingEntry | None
    held: MeetingEntry | None
    cancelled: MeetingEntry | None
    invited: MeetingEntry | None
    minutes_filed: MeetingEntry | None
    resolution_filed: MeetingEntry | None
    sittings: tuple[MeetingEntry, ...] = ()

    @property
    def moved_since_told(self) -> bool:
        """Whether a sitting was given another time after notice and papers went out."""
        plans = [one for one in (self.planned, *self.sittings) if one is not None and one.kind == MeetingEvent.PLANNED]
        return self.invited is not None and any(one.recorded_at > self.invited.recorded_at for one in plans)

    def notice_met(self, meeting: Meeting) -> bool | None:
        """Tell whether notice and papers went out at least a day before; None where nothing is recorded."""
        return None if self.invited is None else self.invited.effective_date < meeting.day


def story_of(meeting: Meeting) -> Story:
    """Return what happened to a meeting; one query."""
    found: dict[str, MeetingEntry] = {}
    sittings: dict[int, MeetingEntry] = {}
    rows = MeetingEntry.objects.live().filter(meeting=meeting).select_related("chair", "secretary")
    for entry in rows.order_by("-sitting", "effective_date", "pk"):
        found[entry.kind] = entry
        if entry.kind == MeetingEvent.HELD or (entry.kind == MeetingEvent.PLANNED and entry.sitting not in sittings):
            sittings[entry.sitting] = entry
    return Story(
        found.get(MeetingEvent.PLANNED),
        found.get(MeetingEvent.HELD),
        found.get(MeetingEvent.CANCELLED),
        found.get(MeetingEvent.INVITED),
        found.get(MeetingEvent.MINUTES_FILED),
        found.get(MeetingEvent.RESOLUTION_FILED),
        tuple(sittings[number] for number in sorted(sittings)) if len(sittings) > 1 else (),
    )


@dataclass(frozen=True, slots=True)
class Record:
    """The facts by name, and each as words: what is the evidence of an item."""

    facts: Facts
    words: Mapping[str, str]

    def evidence(self, item: Item) -> str:
        """Return the evidence of a provable item in words, empty where the register knows nothing of it."""
        names = dict.fromkeys(need.rpartition("_")[0] for band in item.bands for need, _limit in band.needs)
        return "; ".join(dict.fromkeys(self.words[name] for name in names if self.words.get(name)))

    def proven(self, rubric: Rubric, *, thematic: bool) -> dict[str, Decimal]:
        """Return the points that the registers prove, by item; what they do not prove is left out."""
        found = {}
        for code, item in rubric.asked(thematic=thematic).items():
            band = item.proven(self.facts)
            if band is not None:
                found[code] = band.points
        return found


def record_of(meeting: Meeting, roll: Roll, story: Story, rubric: Rubric) -> Record:
    """Return what the registers say of a meeting; a fixed number of queries."""
    facts: dict[str, Decimal | None] = {}
    words: dict[str, str] = {}
    _time(meeting, story, rubric.least_minutes(len(roll.lines)), facts, words)
    _attendance(meeting, roll, facts, words)
    _committee(meeting, facts, words)
    if story.invited is not None:
        sent = story.invited.effective_date
        facts["notice_days"] = Decimal((meeting.day - sent).days)
        words["notice_days"] = f"gửi thông báo, tài liệu ngày {format_date(sent)}"
    for part, entry, name in (
        ("minutes", story.minutes_filed, "biên bản"),
        ("resolution", story.resolution_filed, "nghị quyết"),
    ):
        if entry is not None:
            facts[f"{part}_filed"] = Decimal(1)
            facts[f"{part}_days"] = Decimal((entry.effective_date - meeting.day).days)
            told = f"nộp {name} ngày {format_date(entry.effective_date)}"
            words[f"{part}_filed"] = words[f"{part}_days"] = told
    return Record(facts, words)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(HANOI):%H:%M}"


def _time(meeting: Meeting, story: Story, least: int, facts: dict[str, Decimal | None], words: dict[str, str]) -> None:
    held, planned = story.held, story.planned
    if held is None or held.starts_at is None or held.ends_at is None:
        return
    minutes = int((held.ends_at - held.starts_at).total_seconds()) // _MINUTE
    facts["short_minutes"] = Decimal(max(0, least - minutes))
    facts["duration_percent"] = Decimal(minutes * 100) / least
    told = f"họp {_clock(held.starts_at)} đến {_clock(held.ends_at)}, {minutes} phút (ít nhất {least})"
    words["short_minutes"] = words["duration_percent"] = told
    if planned is not None and planned.starts_at is not None:
        late = int((held.starts_at - planned.starts_at).total_seconds()) // _MINUTE
        facts["late_minutes"] = Decimal(max(0, late))
        words["late_minutes"] = f"giờ đăng ký {_clock(planned.starts_at)}"


def _attendance(meeting: Meeting, roll: Roll, facts: dict[str, Decimal | None], words: dict[str, str]) -> None:
    runs = longest_excused_runs(meeting)
    if not roll.complete:
        return
    # Exact, not rounded: 89,96 % is not «từ 90 %».
    facts["attendance_percent"] = Decimal(roll.count(Presence.PRESENT) * 100) / roll.called
    facts["unexcused"] = Decimal(roll.count(Presence.ABSENT))
    told = (
        f"có mặt {roll.count(Presence.PRESENT)}/{roll.called} ({format_number(roll.percent or 0)} %), "
        f"vắng có lý do {roll.count(Presence.EXCUSED)}, không lý do {roll.count(Presence.ABSENT)}"
    )
    words["attendance_percent"] = words["unexcused"] = told
    facts["excused_running"] = Decimal(max(runs, default=0))
    words["excused_running"] = f"vắng có lý do liền nhau nhiều nhất {max(runs, default=0)} kỳ"


def _committee(meeting: Meeting, facts: dict[str, Decimal | None], words: dict[str, str]) -> None:
    """A meeting of the cell's committee for the same month, held before this one."""
    before = (
        Meeting.objects.filter(
            unit=meeting.unit_id,
            month=meeting.month,
            kind=MeetingKind.CELL_COMMITTEE,
            state=MeetingState.HELD,
            starts_at__lt=meeting.starts_at,
        )
        .order_by("starts_at")
        .first()
    )
    if before is None:
        return
    filed: date | None = (
        MeetingEntry.objects.live()
        .filter(meeting=before, kind=MeetingEvent.MINUTES_FILED)
        .values_list("effective_date", flat=True)
        .first()
    )
    facts["committee_met"] = Decimal(1)
    facts["committee_minutes"] = Decimal(1 if filed else 0)
    words["committee_met"] = f"chi ủy họp ngày {format_date(before.day)}"
    words["committee_minutes"] = f"biên bản họp chi ủy nộp ngày {format_date(filed)}" if filed else ""
