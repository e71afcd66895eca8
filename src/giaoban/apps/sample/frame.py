"""Writes what the years happen in: trees, registers in use, sectors and clusters, decisions on committees, targets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from giaoban.apps.accounts.models import User
from giaoban.apps.directives.operations import set_annual_target
from giaoban.apps.members.measures.life import RATINGS
from giaoban.apps.organizations.models import CommitteeEvent, Group, GroupKind, Unit
from giaoban.apps.organizations.operations import (
    REGISTERS,
    CommitteeDraft,
    Decision,
    TreeDraft,
    define_group,
    place_in_group,
    record_committee_events,
    record_tree_events,
    take_into_use,
)
from giaoban.apps.reporting.operations import LetterheadDraft, set_letterhead
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.record import console
from giaoban.apps.sample.tree import (
    cluster_codes,
    opening_drafts,
    received_drafts,
    sector_codes,
    story_drafts,
    ward_drafts,
)


class Units(dict[str, Unit]):
    """Units by code, read when one is asked for that is not here yet."""

    def __missing__(self, code: str) -> Unit:
        self.update({unit.code: unit for unit in Unit.objects.all()})
        return super().__getitem__(code)


@dataclass(frozen=True, slots=True)
class FrameWriter:
    """Writes the frame of both committees, each under the name of its clerk."""

    known: Facts
    units: Units
    clerk: User
    ward_clerk: User

    def write_mau(self) -> None:
        """This function will write MAU's tree from its opening to its last event, its registers and its groups."""
        table, enterprises = self.known.table("MAU"), self.known.table("enterprises")
        start, came = table["start"], enterprises["day"]
        events: dict[date, list[TreeDraft]] = {start: opening_drafts(self.known), came: received_drafts(self.known)}
        events |= story_drafts(self.known)
        for day in sorted(events):
            record_tree_events(act=console(self.clerk, day + timedelta(days=2)), drafts=events[day])
        received = [top.code for top in self.known.enterprises]
        for register in REGISTERS:
            for code in ("MAU", *received):
                day = self._kept_from("MAU", register, start if code == "MAU" else came)
                take_into_use(act=console(self.clerk, day), unit=self.units[code], register=register, start=day)
        sectors, clusters = sector_codes(self.known), cluster_codes(self.known)
        for place, (code, name) in enumerate(table["sectors"], start=1):
            self._group(GroupKind.SECTOR, code, name, place, sectors.get(code, []))
        for number in range(1, table["clusters"] + 1):
            self._group(GroupKind.CLUSTER, str(number), f"Cụm số {number}", number, clusters.get(number, []))
        for row in self.known.table("regroup"):
            group = Group.objects.get(owner=self.units["MAU"], kind=GroupKind.CLUSTER, code=str(row["cluster"]))
            self._place(group, [row["unit"]], row["day"])

    def write_ward(self) -> None:
        """This function will write the ward committee's tree and registers."""
        start: date = self.known.table("PHUONG")["start"]
        record_tree_events(act=console(self.ward_clerk, start), drafts=ward_drafts(self.known))
        for register in REGISTERS:
            day = self._kept_from("PHUONG", register, start)
            take_into_use(act=console(self.ward_clerk, day), unit=self.units["PHUONG"], register=register, start=day)

    def _kept_from(self, committee: str, register: str, day: date) -> date:
        """Grades came into the books later than people."""
        later: date = self.known.table("life")[committee]["ratings_from"]
        return max(day, later) if register == RATINGS else day

    def decide_on_committees(self) -> None:
        """This function will record the decisions about committees, each on the day after it was made."""
        table = self.known.table("MAU")
        for number, fact in enumerate(self.known.committees, start=1):
            decision = Decision(f"{300 + number}-QĐ/{table['symbol']}", fact.day, table["issuer"])
            draft = CommitteeDraft(self.units[fact.unit], CommitteeEvent(fact.kind), fact.day, fact.note, decision)
            record_committee_events(act=console(self.clerk, fact.day + timedelta(days=1)), drafts=[draft])

    def set_targets(self) -> None:
        """This function will set the annual targets, each early in its year."""
        for row in self.known.table("target"):
            clerk = self.clerk if row["unit"] == "MAU" else self.ward_clerk
            set_annual_target(
                act=console(clerk, date(row["year"], 1, 12)),
                unit=self.units[row["unit"]],
                measure=row["measure"],
                year=row["year"],
                value=Decimal(row["value"]),
                source=row["source"],
                is_main=row.get("main", True),
            )

    def set_letterheads(self) -> None:
        """This function will set what the two committees put on their papers."""
        for row in self.known.table("letterhead"):
            words = {key: value.strip() for key, value in row.items() if key not in ("unit", "start")}
            clerk = self.clerk if row["unit"] == "MAU" else self.ward_clerk
            set_letterhead(
                act=console(clerk, row["start"]),
                unit=self.units[row["unit"]],
                start=row["start"],
                draft=LetterheadDraft(**words),
            )

    def _group(self, kind: GroupKind, code: str, name: str, position: int, members: Sequence[str]) -> None:
        """A group begins with the first of its units; those that came with the enterprises join on that day."""
        start, came = self.known.table("MAU")["start"], self.known.table("enterprises")["day"]
        received = {top.code for top in self.known.enterprises}
        early = [member for member in members if member not in received]
        day = start if early else came
        group = define_group(
            act=console(self.clerk, day), owner=self.units["MAU"], kind=kind, code=code, name=name, position=position
        )
        self._place(group, early, start)
        self._place(group, [member for member in members if member in received], came)

    def _place(self, group: Group, codes: Collection[str], day: date) -> None:
        if codes:
            place_in_group(
                act=console(self.clerk, day), group=group, units=[self.units[code] for code in codes], start=day
            )
