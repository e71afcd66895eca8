"""Columns of the list of members: which there are, what stands in them, who may choose them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.models import Trait
from giaoban.apps.members.queries.clocks import full_years
from giaoban.apps.members.queries.lists import MemberLine
from giaoban.apps.members.trait_values import EDUCATION, SEX, THEORY
from giaoban.core.dates_vi import format_date

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column. ``detail`` is what the query must fetch for it, ``right`` what one must hold to choose it."""

    key: str
    label: str
    cell: Callable[[MemberLine, date], Cell]
    detail: str = ""
    right: str = ""
    number: bool = False


def _trait(trait: Trait, labels: dict[str, str]) -> Callable[[MemberLine, date], Cell]:
    def cell(line: MemberLine, today: date) -> Cell:
        value = line.traits.get(trait, "")
        return labels.get(value, value)

    return cell


def _party_age(line: MemberLine, today: date) -> Cell:
    known = line.admitted_on is not None and line.recognised_on is not None
    return full_years(line.admitted_on, today) if known and line.admitted_on else None


COLUMNS: tuple[ListColumn, ...] = (
    ListColumn("sinh", "Sinh", lambda line, _today: line.birth_year, number=True),
    ListColumn("gioi", "Giới tính", _trait(Trait.SEX, SEX), detail="sex"),
    ListColumn("don-vi", "Tổ chức", lambda line, _today: line.unit.place),
    ListColumn("chuc-vu", "Chức vụ", lambda line, _today: ", ".join(line.offices), detail="offices"),
    ListColumn("ket-nap", "Kết nạp", lambda line, _today: line.admitted_on, number=True),
    ListColumn("chinh-thuc", "Chính thức", lambda line, _today: line.recognised_on, number=True),
    ListColumn("tuoi-dang", "Tuổi đảng", _party_age, number=True),
    ListColumn("hoc-van", "Chuyên môn", _trait(Trait.EDUCATION, EDUCATION), detail="education"),
    ListColumn("ly-luan", "Lý luận chính trị", _trait(Trait.THEORY, THEORY), detail="theory"),
    ListColumn("nghe", "Nghề nghiệp", _trait(Trait.OCCUPATION, {}), detail="occupation"),
    ListColumn("so-ly-lich", "Số lý lịch", lambda line, _today: line.file_number, right="members_file", number=True),
    ListColumn("so-the", "Số thẻ", lambda line, _today: line.card_number, right="members_file", number=True),
    ListColumn("tinh-trang", "Tình trạng", lambda line, _today: line.state_label),
)
USUAL = ("sinh", "don-vi", "ket-nap", "chinh-thuc", "tinh-trang")


def chosen_columns(keys: Iterable[str], may: Callable[[str], bool]) -> tuple[ListColumn, ...]:
    """Return the columns of these keys that the person may see, in the order of the sheet; the usual ones for none."""
    wanted = set(keys) & {column.key for column in COLUMNS} or set(USUAL)
    return tuple(column for column in COLUMNS if column.key in wanted and (not column.right or may(column.right)))


def details_of(columns: Sequence[ListColumn]) -> frozenset[str]:
    """Return what the query has to fetch for the columns."""
    return frozenset(column.detail for column in columns if column.detail)


def words(cell: Cell) -> str:
    """Write a cell for the screen."""
    if cell is None:
        return ""
    return format_date(cell) if isinstance(cell, date) else str(cell)
