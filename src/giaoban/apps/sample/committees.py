"""Writes what the committees of the sample keep beside their people: terms, plans, votes of confidence, visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Member, OfficeEvent, OfficeTerm
from giaoban.apps.members.operations import OfficeDraft, VisitDraft, assign_visits, record_office_events
from giaoban.apps.organizations.kinds import (
    COMMITTEE,
    INSPECTION,
    STANDING_COMMITTEE,
    Office,
    UnitKind,
)
from giaoban.apps.organizations.models import OPEN_END, Ancestry, Placement, TermEvent, Unit, on_day
from giaoban.apps.organizations.operations import Decision, TermDraft, record_term_entries
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.apps.organizations.terms import Sizes
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.record import console

_FIRST_NUMBER = 500  # of decisions on plans and votes
_ORDER = list(Office)


@dataclass(frozen=True, slots=True)
class CommitteeWriter:
    """Writes for both committees, each under the name of its clerk, when all people have come to their offices."""

    known: Facts
    units: Mapping[str, Unit]
    clerk: User
    ward_clerk: User

    def write(self) -> None:
        """This function will write terms, what was noted of offices, and who follows which unit."""
        for code, clerk in (("MAU", self.clerk), ("PHUONG", self.ward_clerk)):
            table = self.known.table(code)["terms"]
            self._write_terms(code, clerk, table)
            self._write_visits(code, clerk, table)
        self._write_notes()

    def _write_terms(self, top: str, clerk: User, table: Mapping[str, Any]) -> None:
        units = Unit.objects.filter(above__ancestor__code=top).distinct().in_bulk()
        spans = kind_spans(units)
        rolls = {self.known.table("MAU")["start"], self.known.table("enterprises")["day"]}
        rolls.add(self.known.table("PHUONG")["start"])
        planned: dict[date, list[tuple[Unit, TermEvent, Mapping[str, Any]]]] = defaultdict(list)
        for pk, unit in units.items():
            first = spans[pk][0][1]
            kind = kind_on(spans[pk], first)
            if kind is None or not kind.term:
                continue
            terms = table["cell" if kind.code == UnitKind.CELL else "other"]
            running = [term for term in terms if term["from"] <= first][-1]
            event = TermEvent.OPENING if first in rolls else TermEvent.APPOINTED
            planned[first].append((unit, event, running))
            for term in terms:
                if term["from"] > first and kind_on(spans[pk], term["from"]) is not None:
                    planned[term["from"]].append((unit, TermEvent.CONGRESS, term))
        for day, rows in sorted(planned.items()):
            sizes = _sizes([unit.pk for unit, _event, _term in rows], day)
            drafts = [
                TermDraft(
                    unit,
                    event,
                    day,
                    term["name"],
                    term["until"],
                    _decided(sizes.get(unit.pk), extra=int(unit.code in table["vacant"])),
                )
                for unit, event, term in rows
            ]
            record_term_entries(act=console(clerk, day + timedelta(days=5)), drafts=drafts)

    def _write_visits(self, top: str, clerk: User, table: Mapping[str, Any]) -> None:
        """The members of the committee share the units directly below, in the order of offices and codes."""
        first: date = table["visits_from"]
        days = {first, max(first, self.known.table("enterprises")["day"] + timedelta(days=14))}
        followed: set[int] = set()
        for day in sorted(days):
            people = _holders(self.units[top], day)
            below = Placement.objects.filter(on_day(day), parent=self.units[top]).exclude(
                unit__code__in=table["unfollowed"]
            )
            fresh = [row.unit for row in below.select_related("unit").order_by("unit__code")]
            drafts = [
                VisitDraft(self.units[top], unit, people[place % len(people)], day)
                for place, unit in enumerate(fresh)
                if unit.pk not in followed
            ]
            followed |= {draft.unit.pk for draft in drafts}
            assign_visits(act=console(clerk, day + timedelta(days=1)), drafts=drafts)

    def _write_notes(self) -> None:
        table = self.known.table("MAU")
        for number, row in enumerate(self.known.table("noted"), start=_FIRST_NUMBER):
            day, unit = row["day"], self.units[row["unit"]]
            decision = Decision(f"{number}-QĐ/{table['symbol']}", day, table["issuer"])
            kind = OfficeEvent(row["kind"])
            drafts = [
                OfficeDraft(member, unit, office, kind, day, decision, note=row.get("note", ""))
                for member, office in _chosen(unit, kind, row)
            ]
            record_office_events(act=console(self.clerk, day + timedelta(days=1)), drafts=drafts)


def _sizes(units: list[int], day: date) -> dict[int, dict[str, set[int]]]:
    """Return for each unit who holds which office on a day."""
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    terms = OfficeTerm.objects.filter(on_day(day), unit__in=units)
    for unit, office, member in terms.values_list("unit_id", "office", "member_id"):
        found[unit][office].add(member)
    return found


def _decided(offices: Mapping[str, set[int]] | None, *, extra: int) -> Sizes:
    """As many seats as people; nothing where there is no committee to decide about."""
    if offices is None:
        return Sizes()

    def people(wanted: tuple[Office, ...]) -> int:
        return len({member for office in wanted for member in offices.get(office, ())})

    standing = people(STANDING_COMMITTEE) if offices.get(Office.STANDING_MEMBER) else None
    committee = people(COMMITTEE) + extra if offices.get(Office.COMMITTEE_MEMBER) else None
    return Sizes(committee, standing, people(INSPECTION) or None)


def _holders(unit: Unit, day: date) -> list[Member]:
    terms = OfficeTerm.objects.filter(on_day(day), unit=unit, office__in=COMMITTEE).select_related("member")
    ordered = sorted(terms, key=lambda term: (_ORDER.index(Office(term.office)), term.member_id))
    return [term.member for term in ordered]


def _chosen(unit: Unit, kind: OfficeEvent, row: Mapping[str, Any]) -> Iterator[tuple[Member, Office]]:
    """Give so many people with their offices: those who lead the unit, or members of it who have none there."""
    day = row["day"]
    terms = OfficeTerm.objects.filter(on_day(day), unit=unit).select_related("member")
    held = sorted(terms, key=lambda term: (_ORDER.index(Office(term.office)), term.member_id))
    if kind == OfficeEvent.CONFIDENCE:
        for term in held[: row["number"]]:
            yield term.member, Office(term.office)
        return
    below = Ancestry.objects.filter(on_day(day), ancestor=unit).values("descendant")
    # Whoever stands there to the end is not moved away by the story meanwhile.
    staying = Member.objects.filter(
        spells__valid_from__lte=day, spells__valid_to=OPEN_END, spells__official=True, spells__unit__in=below
    ).exclude(pk__in=[term.member_id for term in held])
    for member in staying.exclude(office_terms__valid_to=OPEN_END).order_by("admitted_on", "pk")[: row["number"]]:
        yield member, Office(row["office"])
