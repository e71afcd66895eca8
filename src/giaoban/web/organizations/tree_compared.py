"""Two days of the tree against each other: the mark beside each line, what is not there any more, the sum in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from giaoban.apps.organizations.kinds import UnitKind
from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.queries.changes import UnitDeed, deeds_between
from giaoban.apps.organizations.queries.chosen import UnitCard
from giaoban.apps.organizations.queries.outline import OutlineNode
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_count
from giaoban.web.components.pieces import Sign
from giaoban.web.organizations.tree import walk

_Stood = tuple[UnitCard, "int | None"]
# What is said of a unit that stood before and after, of which others were split off or into which others were merged.
_LINKS = {UnitEvent.SPLIT: ("↗", "tách ra"), UnitEvent.MERGED: ("↙", "nhận sáp nhập")}


def _differences(now: _Stood, then: _Stood) -> list[tuple[str, str]]:
    """What differs in a unit that stood on both days: mark and word."""
    found = (
        ("→", "chuyển trực thuộc", now[1] != then[1]),
        ("◐", "chuyển loại hình", now[0].kind != then[0].kind),
        ("≈", "đổi tên", now[0].name != then[0].name),
    )
    return [(mark, word) for mark, word, differs in found if differs]


@dataclass(frozen=True, slots=True)
class Gone:
    """A unit of the other day that is not in the tree shown, with the act that says why, and who went with it."""

    name: str
    url: str
    sentence: str
    act_url: str
    below: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The tree of the day shown against another day; ``signs`` by the unit's key."""

    signs: dict[int, Sign]
    gone: tuple[Gone, ...]
    gone_title: str
    summary: tuple[str, ...]


def compare(
    now: OutlineNode, before: OutlineNode, *, day: date, other: date, unit_url: Callable[[str], str], act_url: ActUrl
) -> Compared:
    """Compare the tree of ``day`` with the tree of ``other``, which may be the earlier or the later one."""
    first, last = sorted((day, other))
    sides = _Sides(now, before, later=other <= day)
    deeds = deeds_between(sides.changed, after=first, until=last)
    heading = "không còn" if sides.later else "chưa có"
    return Compared(
        signs=dict(sides.signs(deeds)),
        gone=tuple(sides.went(deeds, unit_url, act_url)),
        gone_title=f"Có ngày {format_date(other)}, {heading} ngày {format_date(day)}",
        summary=tuple(sides.summary(deeds)),
    )


ActUrl = Callable[[object], str]
_Deeds = dict[int, tuple[UnitDeed, ...]]


class _Sides:
    """What stands on one day only, and what differs on both."""

    def __init__(self, now: OutlineNode, before: OutlineNode, *, later: bool) -> None:
        self.later = later
        self._now = {node.card.pk: (node.card, parent) for node, parent in walk(now)}
        self._then = {node.card.pk: (node.card, parent) for node, parent in walk(before)}
        both = self._now.keys() & self._then.keys()
        self._differs = {pk: _differences(self._now[pk], self._then[pk]) for pk in both}

    @property
    def changed(self) -> set[int]:
        """The units of which something is to be told."""
        return (self._now.keys() ^ self._then.keys()) | {pk for pk, words in self._differs.items() if words}

    def _why(self, pk: int, deeds: _Deeds, *, came: bool) -> UnitDeed | None:
        """The act by which a unit came or went; who came below another came by the act of that one."""
        side = self._now if came == self.later else self._then
        at: int | None = pk
        while at is not None and at in side:
            found = [one for one in deeds.get(at, ()) if (one.begins if came else one.ends)]
            found = found or [one for one in deeds.get(at, ()) if not one.begins and not one.ends]
            if found:
                return found[0] if came else found[-1]
            at = side[at][1]
        return None

    def signs(self, deeds: _Deeds) -> Iterator[tuple[int, Sign]]:
        """Give the marks of the tree shown."""
        before = "" if self.later else "về sau "
        for pk in self._now.keys() - self._then.keys():
            deed = self._why(pk, deeds, came=self.later)
            words = f"{deed.word} {format_date(deed.day)}" if deed else ("mới có" if self.later else "không còn")
            yield pk, Sign("good", "+", words) if self.later else Sign("off", "−", before + words)
        linked = self._linked(deeds)
        for pk, differs in self._differs.items():
            told = {one.word: format_date(one.day) for one in deeds.get(pk, ())}
            rest = next(iter(told.values()), "")  # a change of kind may bring a new name
            found = [(mark, f"{word} {told.get(word, rest)}".strip()) for mark, word in differs]
            for kind, days in linked.get(pk, {}).items():
                mark, word = _LINKS[kind]
                found += [(mark, f"{word} {self._named(those)} {format_date(day)}") for day, those in days.items()]
            if found:
                yield pk, Sign("late", found[0][0], before + ", ".join(words for _mark, words in found))

    def _linked(self, deeds: _Deeds) -> dict[int, dict[UnitEvent, dict[date, list[int]]]]:
        """By each unit of both days: those split off it and those merged into it, by day."""
        found: dict[int, dict[UnitEvent, dict[date, list[int]]]] = {}
        for pk, told in deeds.items():
            for one in told:
                if one.kind in _LINKS and one.other in self._differs:
                    days = found.setdefault(one.other, {}).setdefault(one.kind, {})
                    days.setdefault(one.day, []).append(pk)
        return found

    def _named(self, those: list[int]) -> str:
        """One by its name, more by their number."""
        if len(those) > 1:
            return f"{format_count(len(those))} tổ chức"
        pk = those[0]
        return (self._now.get(pk) or self._then[pk])[0].name

    def went(self, deeds: _Deeds, unit_url: Callable[[str], str], act_url: ActUrl) -> Iterator[Gone]:
        """Give what stands on the other day only; who went below another by the same act is counted there."""
        lost = {pk: self._why(pk, deeds, came=not self.later) for pk in self._then if pk not in self._now}
        top: dict[int, int] = {}
        for pk, deed in lost.items():  # those above come first
            above = self._then[pk][1]
            same = above in lost and (deed is None or (lost[above] or deed).event == deed.event)
            top[pk] = top[above] if same and above is not None else pk
        sizes = Counter(top.values())
        for pk, deed in lost.items():
            if top[pk] == pk:
                card, below = self._then[pk][0], sizes[pk] - 1
                yield Gone(
                    self._place(card, self._then[pk][1]),
                    unit_url(card.code),
                    _sentence(deed, card.name) if deed else "",
                    act_url(deed.event) if deed else "",
                    f"cùng {format_count(below)} tổ chức trực thuộc" if below else "",
                )

    def _place(self, card: UnitCard, above: int | None) -> str:
        """The name of a unit; of a cell with its committee, since many cells bear one name."""
        if card.kind != UnitKind.CELL or above not in self._then:
            return card.name
        parent = self._then[above][0]
        return f"{card.name}, {parent.short_name or parent.name}"

    def summary(self, deeds: _Deeds) -> Iterator[str]:
        """Give sentences that count units: «Mới có 104 tổ chức: tiếp nhận 99, thành lập 05»."""
        here, there = self._now.keys() - self._then.keys(), self._then.keys() - self._now.keys()
        came, went = (here, there) if self.later else (there, here)
        for words, keys, coming in (("Mới có", came, True), ("Không còn", went, False)):
            if keys:
                found = [self._why(pk, deeds, came=coming) for pk in keys]
                parts = Counter(one.word if one else "chưa rõ" for one in found).most_common()
                listed = ", ".join(f"{word} {format_count(number)}" for word, number in parts)
                yield f"{words} {format_count(len(keys))} tổ chức: {listed}"
        differing = Counter(word for words in self._differs.values() for _mark, word in words)
        differing.update(_LINKS[kind][1] for kinds in self._linked(deeds).values() for kind in kinds)
        if differing:
            listed = ", ".join(f"{word} {format_count(number)}" for word, number in differing.most_common())
            yield f"Có cả hai ngày mà đã khác: {listed}"


def _sentence(deed: UnitDeed, name: str) -> str:
    """The act without the name of the unit, beside which it stands."""
    said = f"{deed.sentence.replace(f' «{name}»', '')} ngày {format_date(deed.day)}"
    return f"{said}, theo {deed.decision}" if deed.decision else said
