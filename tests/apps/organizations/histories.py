"""Random histories of the small world, by the operations themselves: acts on the tree, and people who come and go."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from tests.world import World

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.members.models import (
    HonourEntry,
    HonourEvent,
    Member,
    MemberEntry,
    MemberEvent,
    MembershipSpell,
)
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    HonourDraft,
    MemberDraft,
    enrol_member,
    letter_handed_in_outside,
    receive_member,
    record_honour,
    record_member_entries,
    send_member,
    void_entry,
    void_honour_entry,
    withdraw_letter,
)
from giaoban.apps.organizations.models import Ancestry, Unit, UnitKindSpan, on_day
from giaoban.apps.organizations.operations import ActDone, ActDraft, ActKind, NewUnit, record_unit_act
from giaoban.apps.organizations.operations.acts import END
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import GiaobanError, InvalidInput

_MEMBERS = ("cell", "grassroots_cell")
_BELOW = {"upper": ("grassroots_committee", "grassroots_cell"), "grassroots_committee": ("cell",)}


class History:
    """Plays steps in the order of time; what cannot be is refused by the operations and left out."""

    def __init__(self, world: World, seed: int) -> None:
        self.draw = random.Random(seed)
        self.world = world
        self.act = Act(world.users["clerk"], datetime(2025, 12, 31, 12, tzinfo=HANOI), at_console=True)
        self.day = date(2023, 4, 6)
        self.acts: list[ActDone] = []
        self.refused: list[str] = []
        self.people = 0

    def play(self, steps: int, *, papers: bool = False) -> None:
        """Play so many steps; half of them on the day of the step before. With ``papers`` also letters and badges."""
        plays: list[Callable[[], None]] = [self.admit, self.transfer, self.leave, *[self.on_tree] * 4]
        if papers:
            plays += [self.send, self.send, self.answer, self.badge, self.badge, self.take_back_paper]
        for _ in range(steps):
            self.step(self.draw.choice(plays))

    def step(self, play: Callable[[], None]) -> None:
        """Play one step, or note why it was refused."""
        self.day += timedelta(days=max(0, self.draw.randrange(-25, 26)))
        try:
            play()
        except GiaobanError as error:
            self.refused.append(str(error))

    def units(self, *kinds: str) -> list[str]:
        """The units under DUK that stand now, of some kinds (all kinds without DUK itself)."""
        found = UnitKindSpan.objects.filter(on_day(self.day)).order_by("unit__code")
        below = Ancestry.objects.filter(on_day(self.day), ancestor__code="DUK").values("descendant")
        rows = found.filter(unit__in=below).exclude(unit__code="DUK").values_list("unit__code", "kind")
        return [code for code, kind in rows if not kinds or kind in kinds]

    def one(self, options: list[str]) -> str:
        return self.draw.choice(options) if options else ""

    def _cell(self) -> Unit:
        found = Unit.objects.filter(code=self.one(self.units(*_MEMBERS))).first()
        if found is None:
            raise InvalidInput("no cell is left")
        return found

    def _someone(self) -> Member:
        spells = MembershipSpell.objects.filter(on_day(self.day), unit__code__in=self.units(*_MEMBERS))
        found = list(spells.order_by("member__pk").select_related("member__unit"))
        if not found:
            raise InvalidInput("nobody is left")
        return self.draw.choice(found).member

    def admit(self) -> None:
        """Somebody new is admitted."""
        self.people += 1
        birth = PartialDate(date(1990, 1, 1) + timedelta(days=self.people), Precision.DAY)
        first = FirstEntry(MemberEvent.ADMITTED, self.day, self._cell())
        enrol_member(act=self.act, draft=MemberDraft(f"Nguyễn Thứ {self.people}", birth, first))

    def transfer(self) -> None:
        """Somebody goes to another cell, or outside."""
        member, goal = self._someone(), self._cell() if self.draw.random() < 0.7 else None
        draft = EntryDraft(member, MemberEvent.TRANSFERRED, self.day, goal or member.unit, from_unit=member.unit,
                           to_unit=goal, outside="" if goal else "Đảng bộ khác")  # fmt: skip
        record_member_entries(act=self.act, drafts=[draft])

    def leave(self) -> None:
        """Somebody dies."""
        member = self._someone()
        record_member_entries(act=self.act, drafts=[EntryDraft(member, MemberEvent.DIED, self.day, member.unit)])

    def send(self) -> None:
        """Somebody gets a letter to another cell."""
        send_member(act=self.act, member=self._someone(), day=self.day, to_unit=self._cell())

    def answer(self) -> None:
        """A letter is handed in where it goes, or elsewhere, or withdrawn."""
        letter = self.draw.choice([*MemberEntry.objects.filter(kind=MemberEvent.TRANSFER_SENT).order_by("pk"), None])
        if letter is None:
            raise InvalidInput("no letter")
        way = self.draw.randrange(3)
        if way == 0:
            receive_member(act=self.act, sent=letter, day=self.day)
        elif way == 1:
            letter_handed_in_outside(act=self.act, sent=letter, day=self.day, outside="Đảng bộ khác")
        else:
            withdraw_letter(act=self.act, sent=letter, day=self.day)

    def badge(self) -> None:
        """Somebody is awarded a badge, or only proposed for it."""
        kind = self.draw.choice([HonourEvent.BADGE_AWARDED, HonourEvent.BADGE_PROPOSED])
        years = self.draw.choice([30, 40, 45])
        draft = HonourDraft(kind, self.day, self._someone(), level="provincial", years=years, round="7/11/2025")
        record_honour(act=self.act, draft=draft)

    def take_back_paper(self) -> None:
        """A letter, its answer or a badge was a mistake."""
        papers = [MemberEvent.TRANSFER_SENT, MemberEvent.TRANSFERRED, MemberEvent.LETTER_WITHDRAWN]
        entries = list(MemberEntry.objects.live().filter(kind__in=papers).order_by("pk"))
        honours = list(HonourEntry.objects.live().order_by("pk"))
        if not entries or not honours:
            raise InvalidInput("nothing to take back")
        if self.draw.random() < 0.5:
            void_entry(act=self.act, entry=self.draw.choice(entries))
        else:
            void_honour_entry(act=self.act, entry=self.draw.choice(honours))

    def on_tree(self) -> None:
        """Something is done to units."""
        kind = self.draw.choice(list(ActKind))
        draft = ActDraft(kind, self.day, **getattr(self, f"_{kind.name.lower()}")())
        self.acts.append(record_unit_act(act=self.act, draft=draft))

    def _new(self, number: int, parent: str, kind: str = "") -> NewUnit:
        above = UnitKindSpan.objects.filter(on_day(self.day), unit__code=parent).values_list("kind", flat=True)
        kinds = _BELOW.get(above[0] if above else "", ("cell",))
        return NewUnit(f"+{number}", f"Đơn vị {self.draw.randrange(999)}", kind or self.draw.choice(kinds), parent)

    def _establish(self) -> dict[str, Any]:
        return {"new": (self._new(1, self.one(["DUK", *self.units("grassroots_committee")])),)}

    def _rename(self) -> dict[str, Any]:
        return {"units": (self.one(self.units()),), "name": f"Tên {self.draw.randrange(999)}"}

    def _change_kind(self) -> dict[str, Any]:
        if self.draw.random() < 0.5:
            return {"units": (self.one(self.units("grassroots_committee")),), "unit_kind": "grassroots_cell"}
        unit = self.one(self.units("grassroots_cell"))
        new = (NewUnit("+1", "Chi bộ Một", "cell"), NewUnit("+2", "Chi bộ Hai", "cell"))
        counts = self.draw.random() < 0.5
        return {"units": (unit,), "unit_kind": "grassroots_committee", "new": new, "members_to": {unit: "+1"},
                "members": self._some_of(unit, "+2"), "counts_as_established": counts}  # fmt: skip

    def _move(self) -> dict[str, Any]:
        goal = self.one(["DUK", *self.units("grassroots_committee"), "XA" if self.draw.random() < 0.3 else "DUK"])
        return {"units": (self.one(self.units()),), "parent": goal}

    def _split(self) -> dict[str, Any]:
        unit, goes_on = self.one(self.units(*_MEMBERS)), self.draw.random() < 0.5
        new = tuple(NewUnit(f"+{number}", f"Phần {number}", "cell") for number in (1, 2))
        members_to = {} if goes_on else {unit: "+1"}
        return {"units": (unit,), "new": new, "goes_on": goes_on, "members_to": members_to,
                "members": self._some_of(unit, "+2"), "counts_as_established": self.draw.random() < 0.5}  # fmt: skip

    def _some_of(self, unit: str, goal: str) -> dict[Any, str]:
        spells = MembershipSpell.objects.filter(on_day(self.day), unit__code=unit).order_by("member__pk")
        uids = list(spells.values_list("member__uid", flat=True))
        return dict.fromkeys(self.draw.sample(uids, len(uids) // 2), goal)

    def _merge(self) -> dict[str, Any]:
        units = self.units()
        unit, goal = self.one(units), self.one(units)
        to = {code: self.one(self.units(*_MEMBERS)) for code in (unit,)}
        return {"units": (unit,), "goal": goal, "members_to": to if self.draw.random() < 0.5 else {}}

    def _consolidate(self) -> dict[str, Any]:
        units = self.units(*(_MEMBERS if self.draw.random() < 0.7 else ("grassroots_committee",)))
        chosen = tuple(self.draw.sample(units, min(len(units), 2)))
        kind = "grassroots_committee" if chosen and chosen[0] in self.units("grassroots_committee") else "cell"
        return {"units": chosen, "new": (NewUnit("+1", "Đơn vị hợp nhất", kind),)}

    def _hand_over(self) -> dict[str, Any]:
        return {"units": (self.one(self.units()),), "outside": "Đảng bộ khác"}

    def _receive(self) -> dict[str, Any]:
        top = self._new(1, "DUK")
        cells = (self._new(2, "+1", "cell"),) if top.unit_kind == "grassroots_committee" else ()
        return {"outside": "Đảng bộ khác", "new": (top, *cells)}

    def _dissolve(self) -> dict[str, Any]:
        unit = self.one(self.units())
        below = Ancestry.objects.filter(on_day(self.day), ancestor__code=unit).order_by("descendant__code")
        inside = list(below.values_list("descendant__code", flat=True))
        goal = self.one(self.units(*_MEMBERS))
        children = {code: END if self.draw.random() < 0.5 else "DUK" for code in inside if code != unit}
        return {"units": (unit,), "children": children, "members_to": dict.fromkeys(inside, goal)}
