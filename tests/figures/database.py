"""A random world as rows of the database, written straight into journals and projections."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.figures.life_database import write_life
from tests.figures.oracle import EVE, ancestors
from tests.figures.sittings_database import write_sittings
from tests.figures.world import ROOT, World

from giaoban.apps.accounts.models import User
from giaoban.apps.inspection.models import DisciplineEntry
from giaoban.apps.members.models import Member, MemberEntry, MembershipSpell, OfficeEntry, TraitSpan
from giaoban.apps.members.operations._roll import recount_everything
from giaoban.apps.organizations.models import (
    OPEN_END,
    Ancestry,
    CommitteeEntry,
    Group,
    GroupMembership,
    Placement,
    RegisterUse,
    Unit,
    UnitEntry,
    UnitKindSpan,
)
from giaoban.apps.organizations.operations._replay import Span, ancestry_of
from giaoban.figures.memory import MemoryEntry

_NOW = datetime(2024, 1, 2, tzinfo=UTC)


_OFFICES = ("appointed", "moved", "planned", "confidence")


class Writer:
    """Writes one world; keeps the keys of what it wrote."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.actor, _ = User.objects.get_or_create(username="writer", defaults={"full_name": "Người ghi"})
        entries = (*world.tree_entries, *world.committee_entries, *world.member_entries, *world.discipline_entries)
        codes = {*world.units, *(one.unit for one in entries), *(one.from_unit for one in entries)}
        codes |= {spell.unit for spell in world.spells}
        Unit.objects.bulk_create([Unit(code=code) for code in sorted(code for code in codes if code)])
        self.units = {unit.code: unit for unit in Unit.objects.all()}

    def unit(self, code: str | None) -> Unit | None:
        return None if code is None else self.units[code]

    def write(self) -> None:
        """Write everything."""
        self._tree()
        self._people()
        self._journal(UnitEntry, self.world.tree_entries, self._tree_fields)
        decisions = [one for one in self.world.committee_entries if one.fact not in _OFFICES]
        offices = [one for one in self.world.committee_entries if one.fact in _OFFICES]
        self._journal(CommitteeEntry, decisions, lambda one: {"unit": self.unit(one.unit), "kind": one.fact})
        self._journal(OfficeEntry, offices, self._office_fields)
        self._journal(MemberEntry, self.world.member_entries, self._member_fields)
        self._journal(DisciplineEntry, self.world.discipline_entries, self._discipline_fields)
        write_life(self, _NOW)
        write_sittings(self)

    def _tree(self) -> None:
        rows = [
            Placement(unit=self.unit(one.unit), parent=self.unit(one.parent), **_span(one.valid_from, one.valid_to))
            for one in self.world.placements
        ]
        Placement.objects.bulk_create(rows)
        spans: dict[int, list[Span[int | None]]] = {unit.pk: [] for unit in self.units.values()}
        for row in rows:
            spans[row.unit_id].append(Span(row.parent_id, row.valid_from, row.valid_to))
        Ancestry.objects.bulk_create(
            Ancestry(
                ancestor_id=one.ancestor,
                descendant_id=one.descendant,
                depth=one.depth,
                **_span(one.start, one.end),
            )
            for pk in spans
            for one in ancestry_of(pk, spans)
        )
        UnitKindSpan.objects.bulk_create(
            UnitKindSpan(unit=self.unit(one.unit), kind=one.code, **_span(one.valid_from, one.valid_to))
            for one in self.world.kinds
        )
        for code in sorted({one.code for one in self.world.sectors}):
            group = Group.objects.create(owner=self.units[ROOT], kind="sector", code=code, name=code)
            GroupMembership.objects.bulk_create(
                GroupMembership(group=group, unit=self.unit(one.unit), **_span(one.valid_from, one.valid_to))
                for one in self.world.sectors
                if one.code == code
            )
        RegisterUse.objects.bulk_create(
            RegisterUse(unit=self.unit(unit), register=register, in_use_from=day)
            for (unit, register), day in self.world.use.items()
        )

    def _people(self) -> None:
        fallback = self.units[ROOT]
        self.people = {
            ref: Member(
                full_name=ref,
                folded_name=ref,
                sort_key=ref,
                birth_date=person.born,
                unit=self.unit(person.unit) or fallback,
                state="official",
                created_at=_NOW,
            )
            for ref, person in self.world.people.items()
        }
        Member.objects.bulk_create(self.people.values())
        TraitSpan.objects.bulk_create(
            TraitSpan(member=self.people[ref], trait="sex", value=person.sex, valid_from=date(1900, 1, 1))
            for ref, person in self.world.people.items()
        )
        MembershipSpell.objects.bulk_create(
            MembershipSpell(
                member=self.people[one.subject],
                unit=self.unit(one.unit),
                official=one.codes["status"] == "official",
                origin="opening",
                **_span(one.valid_from, one.valid_to),
            )
            for one in self.world.spells
        )
        recount_everything()

    def _journal(self, model: Any, entries: list[MemoryEntry], fields: Any) -> None:
        written: dict[str, Any] = {}
        for seq, one in enumerate(entries):
            written[one.ref] = model(
                effective_date=one.day,
                seq=seq,
                recorded_at=_NOW,
                actor=self.actor,
                corrects=written[one.corrects] if one.corrects else None,
                void=one.void,
                **fields(one),
            )
            # A correction refers to the key of the row before it.
            written[one.ref].save()

    def _tree_fields(self, one: MemoryEntry) -> dict[str, Any]:
        before, after = ancestors(self.world, one.unit, one.day - EVE), ancestors(self.world, one.unit, one.day)
        kind = one.fact
        if one.fact == "unit_moved":
            kind = "moved" if before and after else "received" if after else "handed_over"
        elif kind == "established" and before:
            kind = "kind_changed"
        return {
            "subject": self.unit(one.unit),
            "kind": kind,
            "from_parent": self.unit(before[1]) if len(before) > 1 else None,
            "to_parent": self.unit(after[1]) if len(after) > 1 else None,
            "counts_as_established": kind == "kind_changed",
            # A split begins a unit where the entry says of what kind it is; a consolidation ends one where it does not.
            "unit_kind": "cell" if kind == "split" else "",
        }

    def _member_fields(self, one: MemoryEntry) -> dict[str, Any]:
        transfer = one.fact in ("transferred", "followed")
        return {
            "member": self.people[one.subject],
            "kind": one.fact,
            "unit": self.unit(one.unit or one.from_unit),
            "from_unit": self.unit(one.from_unit),
            "to_unit": self.unit(one.unit) if transfer else None,
            "temporary": one.codes.get("term") == "temporary",
            "how": one.codes.get("how", ""),
            "abroad": one.codes.get("where") == "abroad",
            "ground": one.codes.get("reason", ""),
            "round": one.codes.get("round", ""),
        }

    def _office_fields(self, one: MemoryEntry) -> dict[str, Any]:
        kind = ("appointed", "approved")[one.day.day % 2] if one.fact == "appointed" else one.fact
        return {
            "member": self.people[one.subject],
            "unit": self.unit(one.unit),
            "office": one.codes["office"],
            "kind": kind,
        }

    def _discipline_fields(self, one: MemoryEntry) -> dict[str, Any]:
        return {"member": self.people[one.subject], "unit": self.unit(one.unit), **one.codes}


def _span(start: date, end: date | None) -> dict[str, date]:
    return {"valid_from": start, "valid_to": end or OPEN_END}


def write(world: World) -> None:
    """Write a world; the caller rolls it back."""
    Writer(world).write()
