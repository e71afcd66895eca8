"""Writes meetings of units of MAU in some quarters: schedules, meetings held, scores, attendance, working sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingForm, MeetingKind, Presence, RegulationEvent
from giaoban.apps.meetings.operations import (
    HeldDraft,
    MeetingDraft,
    RegulationDraft,
    Sitting,
    Tap,
    hold_meetings,
    plan_meetings,
    record_attendance,
    record_regulation_reviews,
    review_meeting,
    score_meeting,
)
from giaoban.apps.meetings.queries.rubric import rubric_of
from giaoban.apps.members.models import MembershipSpell
from giaoban.apps.organizations.kinds import GRASSROOTS
from giaoban.apps.organizations.models import Ancestry, Unit, UnitKindSpan, on_day
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.record import console
from giaoban.core.period import Period

_SEED = 1951
_DAY = timedelta(days=1)
_CELLS = ("cell", "grassroots_cell")
_COMMITTEES = ("grassroots_committee",)
_FORMS = ((MeetingForm.IN_PERSON, 88), (MeetingForm.ONLINE, 8), (MeetingForm.MIXED, 4))
_STATES = ((Presence.PRESENT, 93), (Presence.EXCUSED, 6), (Presence.ABSENT, 1))
_REVIEWED = 0.6  # of the scored meetings


def standing(top: str, kinds: Sequence[str], day: date) -> list[Unit]:
    """Return the units of some kinds at or under a unit on a day, by code."""
    below = Ancestry.objects.filter(on_day(day), ancestor__code=top).values("descendant")
    of_kind = UnitKindSpan.objects.filter(on_day(day), kind__in=kinds).values("unit")
    return list(Unit.objects.filter(pk__in=below).filter(pk__in=of_kind).order_by("code"))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment in Viet Nam."""
    return datetime.combine(day, time(hour, minute), HANOI)


@dataclass(slots=True)
class MeetingsWriter:
    """Writes for MAU under the name of its clerk."""

    known: Facts
    clerk: User
    rng: Random = field(default_factory=lambda: Random(_SEED))

    def write(self) -> None:
        """This function will write the quarters one after another."""
        for row in self.known.table("meetings")["quarter"]:
            self._quarter(row)

    def _quarter(self, row: Mapping[str, Any]) -> None:
        months = Period.quarter_of(row["start"]).months()
        drafts: list[MeetingDraft] = []
        silent = self._silent(row)
        for month in months:
            cells = [one for one in standing("MAU", _CELLS, month.window.last_day) if one.code not in silent]
            drafts += [self._regular(cell, month.start, row) for cell in cells]
        drafts += self._thematic(drafts, row)
        drafts += self._working(row)
        meetings = plan_meetings(act=console(self.clerk, row["registered"]), drafts=drafts)
        act = console(self.clerk, months[-1].window.last_day)
        hold_meetings(
            act=act, drafts=[self._held(meeting, draft) for meeting, draft in zip(meetings, drafts, strict=True)]
        )
        by_top: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in meetings:
            by_top[".".join(meeting.unit.code.split(".")[:2])].append(meeting)
        if day := row.get("regulations"):
            units = standing("MAU", GRASSROOTS, day)
            reviews = [
                RegulationDraft(unit, tuple(RegulationEvent)[number % 3], day) for number, unit in enumerate(units)
            ]
            record_regulation_reviews(act=act, drafts=reviews)
        for top in row.get("attended", ()):
            record_attendance(act=act, taps=self._taps(by_top[top]))
        for top in row.get("scored", ()):
            self._score(by_top[top], months[-1].window.last_day)

    def _silent(self, row: Mapping[str, Any]) -> set[str]:
        """The cells that hand in no schedule: the last of their committee."""
        found: set[str] = set()
        for top, number in row.get("unregistered", {}).items():
            found |= {unit.code for unit in standing(top, _CELLS, row["start"])[-number:]}
        return found

    def _day(self, month: date) -> date:
        days = [month + (number - 1) * _DAY for number in range(19, 28)]
        return self.rng.choice([day for day in days if day.weekday() < 5])

    def _regular(self, unit: Unit, month: date, row: Mapping[str, Any]) -> MeetingDraft:
        begins = at(self._day(month), self.rng.choice((8, 14)))
        [form] = self.rng.choices([one for one, _weight in _FORMS], [weight for _one, weight in _FORMS])
        early = (row["registered"] - row["start"]).days - 2
        registered = row["registered"] - self.rng.randrange(early) * _DAY
        sitting = Sitting(begins, begins + timedelta(minutes=90), form)
        return MeetingDraft(unit, MeetingKind.REGULAR, (sitting,), month, registered=registered)

    def _thematic(self, regular: Sequence[MeetingDraft], row: Mapping[str, Any]) -> list[MeetingDraft]:
        """On the day after the regular meeting of a month, in some cells."""
        wanted = self.rng.sample(range(len(regular)), row.get("thematic", 0))
        found = []
        for one in (regular[place] for place in sorted(wanted)):
            begins = at(one.sittings[0].starts_at.date() + _DAY, 14)
            sitting = Sitting(begins, begins + timedelta(minutes=90))
            topic = "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"
            draft = MeetingDraft(
                one.unit, MeetingKind.THEMATIC, (sitting,), one.month, topic=topic, registered=one.registered
            )
            found.append(draft)
        return found

    def _working(self, row: Mapping[str, Any]) -> list[MeetingDraft]:
        units = standing("MAU", _COMMITTEES, row["start"])
        chosen = sorted(self.rng.sample(units, row.get("working", 0)), key=lambda unit: unit.code)
        drafts = []
        for number, unit in enumerate(chosen):
            begins = at(row["registered"] + (4 + 2 * number) * _DAY, 9)
            sitting = Sitting(begins, begins + timedelta(hours=2))
            drafts.append(MeetingDraft(unit, MeetingKind.WORKING, (sitting,), title="Làm việc với cấp ủy cơ sở"))
        return drafts

    def _held(self, meeting: Meeting, draft: MeetingDraft) -> HeldDraft:
        sitting = draft.sittings[0]
        length = timedelta(minutes=self.rng.randrange(85, 125, 5))
        return HeldDraft(meeting, sitting.starts_at, sitting.starts_at + length, sitting.form)

    def _taps(self, meetings: Sequence[Meeting]) -> list[Tap]:
        """Everybody who stood in the cell on the day of its meeting."""
        taps = []
        for meeting in meetings:
            spells = MembershipSpell.objects.filter(on_day(meeting.day), unit=meeting.unit).select_related("member")
            people = [spell.member for spell in spells.order_by("member__sort_key", "member_id")]
            states = self.rng.choices([one for one, _ in _STATES], [weight for _, weight in _STATES], k=len(people))
            taps += [
                Tap(meeting, person, state, spoke=state == Presence.PRESENT and self.rng.random() < 0.3)
                for person, state in zip(people, states, strict=True)
            ]
        return taps

    def _score(self, meetings: Sequence[Meeting], day: date) -> None:
        """Cells score themselves; most sheets are seen by the committee above, which finds an item less good."""
        act = console(self.clerk, day)
        for meeting in meetings:
            if meeting.kind != MeetingKind.REGULAR:
                continue
            rubric, thematic = rubric_of(meeting)
            points = {}
            for code, item in rubric.asked(thematic=thematic).items():
                bands = sorted((band.points for band in item.bands), reverse=True)
                points[code] = bands[0] if self.rng.random() < 0.75 else bands[min(1, len(bands) - 1)]
            score_meeting(act=act, meeting=meeting, points=points)
            if self.rng.random() < _REVIEWED:
                code = self.rng.choice(list(points))
                lower = [band.points for band in rubric.items[code].bands if band.points <= points[code]]
                review_meeting(act=act, meeting=meeting, points=points | {code: sorted(lower)[-2:][0]})
