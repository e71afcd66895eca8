"""Rubrics of quality of meetings as data (domain.md 3.5): which items, bands and grades; pure.

Only items that the register proves (time, attendance, papers, minutes) are filled from it; every other item is a band
that a person taps and stays blank until then (decision D27).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted

# Codes of grades as they are kept in score entries, the best first.
GRADES = {"good": "Tốt", "fair": "Khá", "average": "Trung bình", "poor": "Kém"}
# What a register can say of a meeting; None: it does not know.
Facts = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Band:
    """So many points for what the words say.

    ``needs`` says what the facts must be («attendance_percent_least»: 90, «short_minutes_most»: 15); with
    ``otherwise`` it holds where no band before it does. A band with neither is never filled from the register.
    """

    points: Decimal
    words: str
    needs: tuple[tuple[str, Decimal], ...] = ()
    otherwise: bool = False

    def holds(self, facts: Facts) -> bool | None:
        """Tell whether the facts meet the needs; None where one of them is not known."""
        found = []
        for need, limit in self.needs:
            name, _, side = need.rpartition("_")
            value = facts.get(name)
            if value is None:
                return None
            found.append(value >= limit if side == "least" else value <= limit)
        return all(found)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the sheet; ``thematic`` items count only in a month with a thematic meeting."""

    code: str
    title: str
    most: Decimal
    bands: tuple[Band, ...]
    thematic: bool = False
    hint: str = ""

    @property
    def provable(self) -> bool:
        """Whether the register can fill it."""
        return any(band.needs for band in self.bands)

    def proven(self, facts: Facts) -> Band | None:
        """Return the band that the register proves; None where it proves none."""
        for band in self.bands:
            if band.needs:
                held = band.holds(facts)
                if held is None:
                    return None
                if held:
                    return band
            elif band.otherwise:
                return band
        return None

    def check(self, points: Decimal) -> None:
        """Return quietly if so many points can be given.

        Raises:
            InvalidInput: no band has them.
        """
        allowed = [band.points for band in self.bands]
        if points not in allowed:
            raise InvalidInput(
                f"{format_number(points)} điểm không có ở mục {self.code}",
                where=f"{self.code}. {self.title}",
                expected="một trong: " + ", ".join(format_number(one) for one in allowed),
            )


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the sheet."""

    code: str
    title: str
    items: tuple[Item, ...]

    @property
    def most(self) -> Decimal:
        """The most points of the section."""
        return sum((item.most for item in self.items), Decimal(0))


@dataclass(frozen=True, slots=True)
class Rubric:
    """A whole sheet. ``limits`` are the least totals of the grades, the best first; ``minutes`` how long a meeting
    lasts at least, ``minutes_large`` where the cell has ``large_from`` members or more.

    ``without_thematic`` says how thematic items count in other months: «award» in full, or «rescale» the rest to 100.
    """

    code: str
    title: str
    source: str
    confirmed: bool
    minutes: int
    minutes_large: int
    large_from: int
    without_thematic: str
    limits: tuple[tuple[str, Decimal], ...]
    sections: tuple[Section, ...]

    @property
    def items(self) -> dict[str, Item]:
        """All items by code, in the order of the sheet."""
        return {item.code: item for section in self.sections for item in section.items}

    def asked(self, *, thematic: bool) -> dict[str, Item]:
        """Return the items to be answered for a meeting, in a month with a thematic meeting or without."""
        return {code: item for code, item in self.items.items() if thematic or not item.thematic}

    def least_minutes(self, members: int) -> int:
        """Return how long a meeting of a cell with so many members lasts at least."""
        return self.minutes_large if members >= self.large_from else self.minutes

    def check(self, points: Mapping[str, Decimal], *, thematic: bool) -> None:
        """Return quietly if every item is one of the sheet and its points are those of a band.

        Raises:
            InvalidInput: they are not.
        """
        asked = self.asked(thematic=thematic)
        for code, value in points.items():
            if code not in asked:
                raise InvalidInput(
                    f"Mẫu chấm điểm không có mục {quoted(code)}",
                    where=self.title,
                    expected="một trong: " + ", ".join(asked),
                )
            asked[code].check(value)

    def total(self, points: Mapping[str, Decimal], *, thematic: bool) -> Decimal:
        """Return the total of the points given so far, what does not apply treated as ``without_thematic`` says."""
        given = sum(points.values(), Decimal(0))
        left_out = sum((item.most for item in self.items.values() if item.thematic and not thematic), Decimal(0))
        if not left_out or len(points) < len(self.asked(thematic=thematic)):
            return given
        if self.without_thematic == "rescale":
            return (given * 100 / (100 - left_out)).quantize(Decimal("0.01"))
        return given + left_out

    def grade(self, points: Mapping[str, Decimal], *, thematic: bool) -> str:
        """Return the code of the grade; empty while an item is not answered."""
        if self.asked(thematic=thematic).keys() - points.keys():
            return ""
        total = self.total(points, thematic=thematic)
        return next(code for code, least in self.limits if total >= least)
