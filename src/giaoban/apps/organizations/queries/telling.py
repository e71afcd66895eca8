"""Acts as sentences: «tiếp nhận 20 tổ chức từ Đảng bộ ..., theo Quyết định số ...»."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Ancestry, Unit, UnitEntry, UnitEvent, UnitName
from giaoban.apps.organizations.operations._replay import begins
from giaoban.apps.organizations.queries.chosen import names_taken_back
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_count

_NAMED = 3
_EVE = timedelta(days=1)
_KINDS_OF_PAPER = {"QĐ": "Quyết định", "NQ": "Nghị quyết", "KL": "Kết luận", "TB": "Thông báo"}
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ActStory:
    """One act: when, what in a sentence that begins with a small letter, on which decision, who entered it when."""

    event: uuid.UUID
    day: date
    words: str
    decision: str
    recorded_by: str
    recorded_at: datetime

    @property
    def sentence(self) -> str:
        """The sentence with its decision: «Sáp nhập A vào B, theo Quyết định số 12-QĐ/ĐU»."""
        said = f"{self.words}, theo {self.decision}" if self.decision else self.words
        return said[:1].upper() + said[1:]


def paper_words(number: str, day: date | None, issuer: str) -> str:
    """Write a decision by its own kind: «Quyết định số 12-QĐ/ĐUK ngày 03/02/2023 của Đảng ủy Khối»; «» if unknown."""
    marks = re.search(r"-?(QĐ|NQ|KL|TB)\b", number)
    kind = _KINDS_OF_PAPER[marks.group(1)] if marks else "văn bản"
    parts = [f"số {number}"] if number else []
    parts += [f"ngày {format_date(day)}"] if day else []
    parts += [f"của {issuer}"] if issuer else []
    return " ".join((kind, *parts)) if parts else ""


class NameBook:
    """What units were called on any day; one question for all of them."""

    def __init__(self, unit_ids: Iterable[int]) -> None:
        self._names: dict[int, list[UnitName]] = defaultdict(list)
        wanted = set(unit_ids)
        for row in UnitName.objects.filter(unit__in=wanted).order_by("valid_from"):
            self._names[row.unit_id].append(row)
        self._taken_back = names_taken_back(wanted - self._names.keys())

    def name(self, unit: int | None, day: date) -> str:
        """Return the name in force, else the last before the day, else the first after it."""
        found = self._taken_back.get(unit or 0, ("", ""))[0]
        for row in self._names.get(unit or 0, ()):
            if not found or row.valid_from <= day:
                found = row.name
        return found


def tell_acts(entries: Iterable[UnitEntry]) -> tuple[ActStory, ...]:
    """Return live entries as acts, one sentence for each act and day, newest first; ``actor`` must be loaded."""
    listed = list(entries)
    book = NameBook(
        pk for one in listed for pk in (one.subject_id, one.from_parent_id, one.to_parent_id, one.other_id) if pk
    )
    acts: dict[tuple[date, uuid.UUID], list[UnitEntry]] = defaultdict(list)
    for entry in listed:
        acts[entry.effective_date, entry.event].append(entry)
    found = []
    for (day, event), group in acts.items():
        first = group[0]
        decision = paper_words(first.decision_number, first.decision_date, first.decision_issuer)
        words = "; ".join(_Telling(group, book, day).phrases())
        found.append(ActStory(event, day, words, decision, first.actor.full_name, first.recorded_at))
    return tuple(sorted(found, key=lambda one: (one.day, one.recorded_at), reverse=True))


def acts_between(unit: Unit, *, after: date, until: date) -> tuple[ActStory, ...]:
    """Return the acts at or under a unit after one day and up to another (inclusive), newest first.

    An act counts where its units stood on its day or until it. A constant number of questions.
    """
    near = Ancestry.objects.filter(
        ancestor=unit, valid_from__lte=OuterRef("effective_date"), valid_to__gte=OuterRef("effective_date")
    )
    rows = (
        UnitEntry.objects.live()
        .filter(Exists(near.filter(descendant=OuterRef("subject"))))
        .filter(effective_date__gt=after, effective_date__lte=until)
        .exclude(kind=UnitEvent.OPENING)
        .select_related("actor")
        .in_order()
    )
    return tell_acts(rows)


def act_story(event: uuid.UUID, *, scope: QuerySet[Unit]) -> ActStory | None:
    """Return one act as far as it touches some units; None where it has no live entry about them."""
    return _told(UnitEntry.objects.live().filter(event=event, subject__in=scope))


def story_taken_back(event: uuid.UUID, *, scope: QuerySet[Unit]) -> ActStory | None:
    """Return an act that was taken back as it was recorded, as far as it touches some units."""
    return _told(UnitEntry.objects.filter(event=event, subject__in=scope, void=False, corrects__isnull=True))


def _told(rows: QuerySet[UnitEntry]) -> ActStory | None:
    told = tell_acts(rows.select_related("actor").order_by("effective_date", "seq", "id"))
    return told[0] if told else None


def _grouped(rows: Iterable[UnitEntry], key: Callable[[UnitEntry], _Key]) -> Iterator[tuple[_Key, list[UnitEntry]]]:
    found: dict[_Key, list[UnitEntry]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    yield from found.items()


class _Telling:
    """The phrases of one act, the most telling first."""

    def __init__(self, entries: Sequence[UnitEntry], book: NameBook, day: date) -> None:
        self._entries = entries
        self._book = book
        self._day = day

    def _of(self, kind: UnitEvent, *, beginning: bool | None = None) -> list[UnitEntry]:
        return [
            one for one in self._entries if one.kind == kind and beginning in (None, begins(one.kind, one.unit_kind))
        ]

    def _before(self, unit: int | None) -> str:
        """The name until the act; of a new unit its first."""
        return self._book.name(unit, self._day - _EVE)

    def _after(self, unit: int | None) -> str:
        return self._book.name(unit, self._day)

    def _names(self, rows: Sequence[UnitEntry]) -> str:
        """Name the units, or count them and name the first three."""
        names = [self._before(one.subject_id) for one in rows]
        if len(names) == 1:
            return names[0]
        listed = ", ".join(names[:_NAMED])
        rest = f" và {format_count(len(names) - _NAMED)} tổ chức khác" if len(names) > _NAMED else ""
        return f"{format_count(len(names))} tổ chức ({listed}{rest})"

    def phrases(self) -> Iterator[str]:
        """Give what happened."""
        yield from self._consolidated()
        yield from self._split()
        for other, rows in _grouped(self._of(UnitEvent.MERGED), lambda one: one.other_id):
            yield f"sáp nhập {self._names(rows)}" + (f" vào {self._after(other)}" if other else "")
        yield from self._across(UnitEvent.RECEIVED, "tiếp nhận", "từ")
        yield from self._across(UnitEvent.HANDED_OVER, "chuyển giao", "đến")
        for kind in (UnitEvent.OPENING, UnitEvent.ESTABLISHED):
            verb = "thành lập" if kind == UnitEvent.ESTABLISHED else "ghi vào sổ"
            for parent, rows in _grouped(self._of(kind), lambda one: one.to_parent_id):
                place = f", trực thuộc {self._after(parent)}" if parent else ""
                yield f"{verb} {self._names(rows)}{place}"
        yield from self._across(UnitEvent.DISSOLVED, "giải thể", "")
        yield from self._changed()

    def _consolidated(self) -> Iterator[str]:
        told = set()
        for other, rows in _grouped(self._of(UnitEvent.CONSOLIDATED, beginning=False), lambda one: one.other_id):
            told.add(other)
            yield f"hợp nhất {self._names(rows)} thành {self._after(other)}"
        rest = [one for one in self._of(UnitEvent.CONSOLIDATED, beginning=True) if one.subject_id not in told]
        if rest:
            yield f"thành lập {self._names(rest)} từ việc hợp nhất"

    def _split(self) -> Iterator[str]:
        ended = {one.subject_id for one in self._of(UnitEvent.SPLIT, beginning=False)}
        for other, rows in _grouped(self._of(UnitEvent.SPLIT, beginning=True), lambda one: one.other_id):
            if other in ended:
                yield f"chia tách {self._before(other)} thành {self._names(rows)}"
            else:
                yield f"tách {self._names(rows)}" + (f" từ {self._before(other)}" if other else "")

    def _across(self, kind: UnitEvent, verb: str, way: str) -> Iterator[str]:
        """What comes, goes or ends below a unit that does is a part of it."""
        rows = self._of(kind)
        inside = {one.subject_id for one in rows}
        tops = [one for one in rows if (one.to_parent_id or one.from_parent_id) not in inside]
        for outside, found in _grouped(tops, lambda one: one.outside):
            below = f" cùng {format_count(len(rows) - len(tops))} tổ chức trực thuộc" if len(rows) > len(tops) else ""
            yield f"{verb} {self._names(found)}{below}" + (f" {way} {outside}" if outside else "")

    def _changed(self) -> Iterator[str]:
        for (start, goal), rows in _grouped(
            self._of(UnitEvent.MOVED), lambda one: (one.from_parent_id, one.to_parent_id)
        ):
            origin = f" từ {self._before(start)}" if start else ""
            yield f"chuyển {self._names(rows)}{origin} sang trực thuộc {self._after(goal)}"
        for kind, rows in _grouped(self._of(UnitEvent.KIND_CHANGED), lambda one: one.unit_kind):
            label = kinds()[kind].label if kind in kinds() else kind
            yield f"chuyển loại hình {self._names(rows)} thành {label.lower()}"
        for entry in self._of(UnitEvent.RENAMED):
            yield f"đổi tên {self._before(entry.subject_id)} thành {entry.name}"
