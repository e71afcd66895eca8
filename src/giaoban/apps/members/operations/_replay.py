"""The pure part of the member register: from a member's journal to the spells that stocks count (decision D5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.models import LeavingHow, MemberEvent, MemberState, SpellOrigin
from giaoban.apps.organizations.models import OPEN_END
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import lower_first

# Điều lệ Đảng, điều 1: a person is admitted from the age of 18.
ADMISSION_AGE = 18


@dataclass(frozen=True, slots=True)
class MemberFact:
    """One live entry; ``unit`` as in the journal, ``start``/``goal`` the two ends of a transfer (None: outside)."""

    kind: str
    day: date
    unit: int
    start: int | None = None
    goal: int | None = None
    temporary: bool = False
    official: bool = True
    how: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of days in one unit with one status, half-open."""

    unit: int
    official: bool
    origin: SpellOrigin
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class MemberLife:
    """What the journal says: all spells, and where the member stands at its end."""

    spells: tuple[Spell, ...]
    unit: int
    state: MemberState
    admitted_on: date | None
    recognised_on: date | None
    ceremony_on: date | None = None


class MemberWalk:
    """Walks through one journal; every rule that an entry can break is here, with its message."""

    def __init__(self, name: str, born: date) -> None:
        self.name = name
        self.born = born
        self.spells: list[Spell] = []
        self.unit: int | None = None
        self.last_unit: int | None = None
        self.official = False
        self.origin = SpellOrigin.OPENING
        self.since = date.min
        self.ended: MemberFact | None = None
        # Where somebody stays for a time who stands elsewhere: a guest of a cell, a member lent by one.
        self.guest_of: int | None = None
        self.lent = False
        self.admitted_on: date | None = None
        self.recognised_on: date | None = None
        self.ceremony_on: date | None = None

    def refuse(self, fact: MemberFact, message: str, expected: str) -> InvalidInput:
        label = lower_first(MemberEvent(fact.kind).label)
        return InvalidInput(message, where=f"{self.name}, {label} ngày {format_date(fact.day)}", expected=expected)

    def open(self, fact: MemberFact, unit: int, official: bool, origin: SpellOrigin) -> None:
        self.close(fact.day)
        self.unit, self.official, self.origin, self.since = unit, official, origin, fact.day
        self.last_unit = unit
        self.ended = None
        self.guest_of = None

    def close(self, day: date) -> None:
        if self.unit is not None and self.since < day:
            self.spells.append(Spell(self.unit, self.official, self.origin, self.since, day))
        self.unit = None

    def need_absent(self, fact: MemberFact) -> None:
        if self.unit is not None:
            raise self.refuse(
                fact,
                f"{self.name} đang sinh hoạt tại một chi bộ từ {format_date(self.since)}",
                "người chưa có tên trong sổ",
            )
        if self.ended is not None and self.ended.kind == MemberEvent.DIED:
            raise self.refuse(fact, f"{self.name} đã từ trần ngày {format_date(self.ended.day)}", "ngày trước đó")

    def need_standing(self, fact: MemberFact, unit: int) -> None:
        if self.unit is None:
            if self.ended is not None:
                what = lower_first(MemberEvent(self.ended.kind).label)
                raise self.refuse(fact, f"{self.name} đã {what} ngày {format_date(self.ended.day)}", "ngày trước đó")
            if self.guest_of is not None:
                raise self.refuse(fact, f"{self.name} chỉ sinh hoạt tạm thời tại đây", "một đảng viên của đảng bộ")
            raise self.refuse(fact, f"{self.name} chưa có tên trong sổ vào ngày này", "ngày sau khi kết nạp, tiếp nhận")
        if self.unit != unit:
            raise self.refuse(fact, f"{self.name} không sinh hoạt tại đơn vị này vào ngày này", "chi bộ đang sinh hoạt")

    def apply(self, fact: MemberFact) -> None:
        """Take in the next fact.

        Raises:
            InvalidInput: it cannot be; the walk stands where it stood and may go on with the fact after it.
        """
        if fact.kind == MemberEvent.LEFT and fact.how not in LeavingHow.values:
            raise self.refuse(fact, "Thiếu hình thức ra khỏi Đảng", "xin ra khỏi Đảng, xóa tên hoặc khai trừ")
        if fact.day < self.born:
            raise self.refuse(fact, f"Ngày này trước ngày sinh {format_date(self.born)}", "ngày sau ngày sinh")
        match fact.kind:
            case MemberEvent.OPENING | MemberEvent.RESTORED:
                self.need_absent(fact)
                origin = SpellOrigin.OPENING if fact.kind == MemberEvent.OPENING else SpellOrigin.RESTORED
                self.open(fact, fact.unit, fact.official, origin)
            case MemberEvent.ADMITTED:
                self.admit(fact)
            case MemberEvent.RECOGNISED:
                self.need_standing(fact, fact.unit)
                if self.official:
                    raise self.refuse(fact, f"{self.name} đã là đảng viên chính thức", "một đảng viên dự bị")
                self.recognised_on = fact.day
                self.open(fact, fact.unit, True, SpellOrigin.RECOGNISED)
            case MemberEvent.CARD_ISSUED | MemberEvent.CARD_REISSUED:
                self.need_standing(fact, fact.unit)
                if not self.official:
                    raise self.refuse(fact, f"{self.name} còn là đảng viên dự bị", "một đảng viên chính thức")
            case MemberEvent.TRANSFER_SENT:
                assert fact.start is not None
                self.need_standing(fact, fact.start)
            case MemberEvent.TRANSFERRED:
                self.transfer(fact)
            case MemberEvent.TEMPORARY_ENDED:
                self.end_stay(fact)
            case MemberEvent.FOLLOWED:
                assert fact.start is not None
                assert fact.goal is not None
                self.need_standing(fact, fact.start)
                self.open(fact, fact.goal, self.official, SpellOrigin.FOLLOWED)
            case MemberEvent.LEFT | MemberEvent.DIED:
                self.need_standing(fact, fact.unit)
                self.finish(fact)
            case MemberEvent.CEREMONY:
                self.need_standing(fact, fact.unit)
                self.ceremony_on = fact.day
            case _:
                # A class, a review, a new card, an opinion: they happen to a member and move nobody.
                self.need_standing(fact, fact.unit)

    def admit(self, fact: MemberFact) -> None:
        self.need_absent(fact)
        if (fact.day.year - self.born.year, fact.day.month - self.born.month) < (ADMISSION_AGE, 0):
            raise self.refuse(fact, f"{self.name} sinh {format_date(self.born)}, chưa đủ 18 tuổi", "đủ 18 tuổi")
        self.admitted_on, self.recognised_on, self.ceremony_on = fact.day, None, None
        self.open(fact, fact.unit, False, SpellOrigin.ADMITTED)

    def transfer(self, fact: MemberFact) -> None:
        if fact.start is not None:
            self.need_standing(fact, fact.start)
        elif not fact.temporary or self.unit is None:
            self.need_absent(fact)
        if fact.temporary:
            if self.unit is None:
                self.guest_of = self.last_unit = fact.goal
            else:
                self.lent = True
            return
        self.lent = False
        if fact.goal is None:
            self.finish(fact)
        else:
            official = self.official if fact.start is not None else fact.official
            self.open(fact, fact.goal, official, SpellOrigin.TRANSFERRED)

    def end_stay(self, fact: MemberFact) -> None:
        """A temporary transfer ends: a lent member is back, a guest goes home."""
        if self.unit is None and self.guest_of is not None:
            if self.guest_of != fact.unit:
                raise self.refuse(fact, f"{self.name} không sinh hoạt tạm thời tại đơn vị này", "nơi đang sinh hoạt")
            self.ended, self.guest_of = fact, None
            return
        self.need_standing(fact, fact.unit)
        if not self.lent:
            message = f"{self.name} không có lần chuyển sinh hoạt tạm thời nào chưa kết thúc"
            raise self.refuse(fact, message, "một người đang sinh hoạt tạm thời nơi khác")
        self.lent = False

    def finish(self, fact: MemberFact) -> None:
        self.close(fact.day)
        self.ended = fact
        self.lent = False

    def result(self) -> MemberLife:
        standing = self.unit is not None
        if standing:
            state = MemberState.OFFICIAL if self.official else MemberState.PROBATIONARY
        elif self.guest_of is not None:
            state = MemberState.GUEST
        else:
            assert self.ended is not None
            state = _ENDS[MemberEvent(self.ended.kind)]
        self.close(OPEN_END)
        assert self.last_unit is not None
        return MemberLife(
            tuple(self.spells), self.last_unit, state, self.admitted_on, self.recognised_on, self.ceremony_on
        )


_ENDS = {
    MemberEvent.LEFT: MemberState.LEFT,
    MemberEvent.DIED: MemberState.DIED,
    MemberEvent.TRANSFERRED: MemberState.GONE_OUT,
    MemberEvent.TEMPORARY_ENDED: MemberState.GONE_OUT,
}


def replay_member(name: str, born: date, facts: Sequence[MemberFact]) -> MemberLife:
    """Return a member's life; ``facts`` are the live entries in order.

    Raises:
        InvalidInput: no entry that begins a membership, or an entry that cannot be (recognised before admission, moved
            from a cell in which they do not stand, anything after death, before birth, admitted under 18).
    """
    walk = MemberWalk(name, born)
    for fact in facts:
        walk.apply(fact)
    if walk.last_unit is None:
        raise InvalidInput(
            f"{name} không còn lần ghi nào cho biết đang sinh hoạt ở đâu", expected="ít nhất một lần ghi"
        )
    return walk.result()
