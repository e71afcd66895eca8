"""Writes what the committees of the sample keep beside the roll: absences, honours, grades, conclusions, opinions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import (
    AbsenceEvent,
    CardReason,
    Grade,
    HonourEvent,
    HonourForm,
    HonourLevel,
    MemberEvent,
    VettingPurpose,
)
from giaoban.apps.members.operations import (
    AbsenceDraft,
    EntryDraft,
    HonourDraft,
    RatingDraft,
    VettingDraft,
    record_absence_entries,
    record_honour_entries,
    record_member_entries,
    record_ratings,
    record_vetting_entries,
)
from giaoban.apps.members.queries.badges import badge_rules
from giaoban.apps.members.queries.clocks import party_times
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.sample.facts import Facts, QuarterFact
from giaoban.apps.sample.life_roll import LifeRoll, Place
from giaoban.apps.sample.record import console
from giaoban.core.period import Window

_SEEDS = {"MAU": 1945, "PHUONG": 1954}
_DAY = timedelta(days=1)
_PLACES = ("Bình Dương", "Đồng Nai", "Bắc Ninh", "Hà Nội", "Thành phố Hồ Chí Minh", "Thái Nguyên")
_ABROAD = ("Nhật Bản", "Hàn Quốc", "Đài Loan", "Cộng hòa Séc")
_FORGOTTEN = 0.03  # badges that nobody recorded


@dataclass(slots=True)
class LifeWriter:
    """Writes for one committee, under the name of its clerk, after its whole story has been recorded."""

    known: Facts
    units: Mapping[str, Unit]
    committee: str
    clerk: User
    numbers: Counter[str] = field(default_factory=Counter)
    away: list[Place] = field(default_factory=list)
    # Until when somebody is exempt; nobody is exempted twice at a time.
    exempt: dict[int, date] = field(default_factory=dict)

    def write(self) -> None:
        """This function will write all registers, quarter by quarter, then badges and grades."""
        table = self.known.table("life")[self.committee]
        roll = LifeRoll(self.committee, _SEEDS[self.committee])
        quarters = self.known.quarters[self.committee]
        self._begin(roll, table, quarters[0].period.start)
        for fact in quarters:
            self._quarter(roll, fact, table["quarters"].get(str(fact.period), {}), table["letters"])
        self._badges(roll, Window(quarters[0].period.start, quarters[-1].period.end))
        for year in table["ratings"]:
            self._rate(roll, table, year)

    def _decision(self, letters: str, day: date) -> Decision:
        """Numbers run through the year, whatever is decided."""
        self.numbers[f"{letters} {day.year}"] += 1
        return Decision(f"{self.numbers[f'{letters} {day.year}']}-{letters}", day)

    def _begin(self, roll: LifeRoll, table: Mapping[str, Any], start: date) -> None:
        """Those who were exempt when the register was opened, some for years."""
        oldest = table["youngest_exempt"]
        people = roll.some(
            [place for place in roll.on(start) if place.official],
            table["start_exempt"],
            lambda place: start.year - place.member.birth_date.year >= oldest,
        )
        drafts = [
            AbsenceDraft(place.member, AbsenceEvent.EXEMPTED, start - timedelta(days=roll.rng.randint(0, 700)))
            for place in people
        ]
        self.exempt |= {place.member.pk: date.max for place in people}
        record_absence_entries(act=console(self.clerk, start), drafts=drafts)

    def _quarter(self, roll: LifeRoll, fact: QuarterFact, plan: Mapping[str, Any], letters: str) -> None:
        window = fact.period.window
        days = [window.start + number * _DAY for number in range((window.end - window.start).days)]
        days = [day for day in days if day.weekday() < 5]
        here = roll.through(window)
        act = console(self.clerk, window.end + 2 * _DAY)
        wanted: Sequence[Place]
        if "vetted_units" in plan:
            wanted = roll.some_in(here, plan["vetted"], plan["vetted_units"])
        else:
            wanted = roll.some(here, plan.get("vetted", 0))
        chosen = sorted(roll.rng.choices(days, k=len(wanted)))
        record_vetting_entries(
            act=act,
            drafts=[
                VettingDraft(
                    roll.rng.choices(list(VettingPurpose), [5, 1])[0],
                    day,
                    place.member,
                    decision=self._decision(f"KL/{letters}", day),
                )
                for place, day in zip(wanted, chosen, strict=True)
            ],
        )
        record_honour_entries(act=act, drafts=self._honours(roll, here, days, plan))
        record_member_entries(act=act, drafts=self._entries(roll, here, days, plan))
        record_absence_entries(act=act, drafts=self._absences(roll, here, days, plan))

    def _honours(
        self, roll: LifeRoll, here: Sequence[Place], days: Sequence[date], plan: Mapping[str, Any]
    ) -> list[HonourDraft]:
        drafts = []
        level, issuer = HonourLevel.UPPER, self.known.table(self.committee)["symbol"]
        for key, kind in (("commended", HonourEvent.COMMENDED), ("proposed", HonourEvent.COMMENDATION_PROPOSED)):
            given = kind == HonourEvent.COMMENDED
            make = partial(
                HonourDraft,
                kind,
                level=level if given else HonourLevel.PROVINCIAL,
                form=HonourForm.LETTER if given else HonourForm.CERTIFICATE,
            )
            for reason, number in plan.get(key, {}).items():
                day = roll.rng.choice(days)
                decision = self._decision(f"QĐ/{issuer}" if given else f"TTr/{issuer}", day)
                drafts += [
                    make(day, place.member, reason=reason, decision=decision) for place in roll.some(here, number)
                ]
            cells = sorted({place.cell for place in here})
            for cell in roll.rng.sample(cells, plan.get(f"units_{key}", 0)):
                day = roll.rng.choice(days)
                drafts.append(make(day, unit=self.units[cell], reason="yearly"))
        cells = sorted({place.cell for place in here})
        for cell in roll.rng.sample(cells, plan.get("four_goods", 0)):
            drafts.append(HonourDraft(HonourEvent.FOUR_GOODS, days[-1], unit=self.units[cell], level=level))
        return drafts

    def _entries(
        self, roll: LifeRoll, here: Sequence[Place], days: Sequence[date], plan: Mapping[str, Any]
    ) -> list[EntryDraft]:
        """Opinions on standing, and cards that were lost or damaged."""
        opinions = [
            EntryDraft(place.member, MemberEvent.STATUS_OPINION, roll.rng.choice(days), self.units[place.cell])
            for place in roll.some(here, plan.get("opinions", 0))
        ]
        cards = roll.some(here, plan.get("cards_again", 0), lambda place: bool(place.member.card_number))
        return opinions + [
            EntryDraft(
                place.member,
                MemberEvent.CARD_REISSUED,
                roll.rng.choice(days),
                self.units[place.cell],
                ground=roll.rng.choice([CardReason.LOST, CardReason.DAMAGED]).value,
                card_number=place.member.card_number,
            )
            for place in cards
        ]

    def _absences(
        self, roll: LifeRoll, here: Sequence[Place], days: Sequence[date], plan: Mapping[str, Any]
    ) -> list[AbsenceDraft]:
        exempted, for_a_time, away = (plan.get(key, 0) for key in ("exempted", "for_a_time", "away"))
        gone = {place.member.pk for place in self.away}
        people = roll.some(here, exempted + for_a_time + away, lambda place: place.member.pk not in gone)
        drafts: list[AbsenceDraft] = []
        for number, place in enumerate(people[: exempted + for_a_time]):
            day = roll.rng.choice(days)
            until = day + timedelta(days=30 * roll.rng.randint(3, 12)) if number >= exempted else None
            if self.exempt.get(place.member.pk, day) > day:
                continue
            self.exempt[place.member.pk] = until or date.max
            drafts.append(AbsenceDraft(place.member, AbsenceEvent.EXEMPTED, day, until))
        still = self.away[plan.get("back", 0) :]
        drafts += [
            AbsenceDraft(place.member, AbsenceEvent.RETURNED, roll.rng.choice(days))
            for place in self.away[: plan.get("back", 0)]
            if place.end > days[-1]
        ]
        drafts += [
            AbsenceDraft(place.member, AbsenceEvent.CONTACTED, roll.rng.choice(days))
            for place in still
            if place.end > days[-1] and roll.rng.random() < 0.7
        ]
        leaving = people[exempted + for_a_time :]
        for place in leaving:
            abroad = roll.rng.random() < 0.25
            where = roll.rng.choice(_ABROAD if abroad else _PLACES)
            drafts.append(
                AbsenceDraft(place.member, AbsenceEvent.AWAY, roll.rng.choice(days), place=where, abroad=abroad)
            )
        self.away = [*still, *leaving]
        return drafts

    def _badges(self, roll: LifeRoll, window: Window) -> None:
        """Everybody who comes to a badge in a round is given it, but for a few that nobody recorded."""
        rules = badge_rules(self.units[self.committee], window.start)
        times = party_times(list({place.member.pk: place.member for place in roll.places}.values()))
        comes = {
            pk: [(years, day) for years in rules.years if (day := time.anniversary(years)) is not None]
            for pk, time in times.items()
        }
        for year in range(window.start.year, window.end.year + 1):
            for this in rules.rounds_of(year):
                if this.day not in window:
                    continue
                decision = self._decision("QĐ/TU", this.day - 3 * _DAY)
                before = rules.round_before(this).day
                drafts = [
                    HonourDraft(
                        HonourEvent.BADGE_AWARDED,
                        this.day,
                        place.member,
                        level=HonourLevel.PROVINCIAL,
                        years=years,
                        round=this.key,
                        decision=decision,
                    )
                    for place in roll.on(this.day)
                    if place.official
                    for years, day in comes[place.member.pk]
                    if before < day <= this.day
                    if roll.rng.random() >= _FORGOTTEN
                ]
                record_honour_entries(act=console(self.clerk, this.day + 5 * _DAY), drafts=drafts)

    def _rate(self, roll: LifeRoll, table: Mapping[str, Any], year: int) -> None:
        """Of each grassroots organisation as many are excellent as the cap allows, but for a few."""
        last = date(year, 12, 31)
        by_top: dict[str, list[Place]] = defaultdict(list)
        for place in roll.on(last):
            if place.official:
                by_top[place.top].append(place)
        drafts: list[RatingDraft] = []
        for top, people in sorted(by_top.items()):
            day = date(year, 12, roll.rng.randint(8, 24))
            decision = self._decision(f"NQ/ĐU {top}", day)
            decision = Decision(decision.number.split(" ")[0], day)
            share = table["over_excellent"] if top in table["over"] else table["excellent"]
            best = set(roll.rng.sample(range(len(people)), len(people) * share // 100))
            for number, place in enumerate(people):
                grade = Grade.EXCELLENT if number in best else Grade.GOOD
                if grade == Grade.GOOD and roll.rng.random() < table["fair"] / 100:
                    grade = Grade.POOR if roll.rng.random() < 0.1 else Grade.FAIR
                drafts.append(RatingDraft(year, grade, day, place.member, decision=decision))
            for code in sorted({top, *(place.cell for place in people)}):
                grade = roll.rng.choices([Grade.EXCELLENT, Grade.GOOD, Grade.FAIR], [18, 78, 4])[0]
                drafts.append(RatingDraft(year, grade, day, unit=self.units[code], decision=decision))
        record_ratings(act=console(self.clerk, last), drafts=drafts)
