"""The register beside another list of the same people, such as an export of the national database.

Nothing is changed by it: whoever is right, a person mends it where it is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from giaoban.apps.members.identity import blind_index
from giaoban.apps.members.models import STANDING, Member, Trait, TraitSpan
from giaoban.apps.members.sheets.columns import MEMBER_COLUMNS
from giaoban.apps.members.trait_values import EDUCATION, SEX, THEORY
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.core.text_vi import fold

# What another system can be asked to agree on; the unit is told, not compared: its codes are another system's.
_COMPARED = (
    "full_name",
    "birth",
    "sex",
    "file_number",
    "card_number",
    "identity_number",
    "admitted_on",
    "recognised_on",
)
_MORE = ("education", "theory")
COMPARED_COLUMNS: tuple[Column, ...] = tuple(
    replace(column, required=column.key == "full_name")
    for column in MEMBER_COLUMNS
    if column.key in (*_COMPARED, *_MORE, "unit")
)
_HEADINGS = {column.key: column.heading for column in COMPARED_COLUMNS}
_TRAITS = {"sex": (Trait.SEX, SEX), "education": (Trait.EDUCATION, EDUCATION), "theory": (Trait.THEORY, THEORY)}


class Agreement(StrEnum):
    """How a person stands in the two lists."""

    SAME = "Khớp"
    DIFFERS = "Khác"
    NOT_IN_REGISTER = "Sổ không có"
    NOT_IN_FILE = "Tệp không có"
    UNCLEAR = "Chưa rõ là ai"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One person: the row of the file (None: only in the register), and what differs as «cột: tệp | sổ»."""

    agreement: Agreement
    row: int | None
    name: str
    birth: str
    place: str
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    member: Member
    values: dict[str, Any]
    place: str


def compare_roll(unit: Unit, rows: Sequence[SheetRow], *, today: date) -> tuple[ComparedLine, ...]:
    """Return one line for each row of the file and each member at or under the unit who is not in it.

    People are known by file, card or identity number; without one by name and birth, where only one person is so
    called on both sides; where one side holds only the month or year of birth, by that. Who is left over on both sides
    under one name only may be one person born on a day that one side has wrong: that is told, and a person decides. The
    caller has asked for the right to read personal files at the unit.
    """
    known = _standing(unit, today)
    by_number: dict[tuple[str, str], _Known] = {}
    by_name: dict[tuple[str, date], list[_Known]] = {}
    by_year: dict[tuple[str, int], list[_Known]] = {}
    for one in known:
        for key in ("file_number", "card_number", "identity_number"):
            if one.values[key]:
                by_number[key, one.values[key]] = one
        by_name.setdefault((one.member.folded_name, one.member.birth_date), []).append(one)
        by_year.setdefault((one.member.folded_name, one.member.birth_date.year), []).append(one)
    meant = [(row, _meant(row, by_number, by_name, by_year)) for row in rows]
    met = {found.member.pk for _row, found in meant if isinstance(found, _Known)}
    lost = [row for row, found in meant if found is Agreement.NOT_IN_REGISTER]
    perhaps = _namesakes(lost, [one for one in known if one.member.pk not in met])
    met |= {one.member.pk for one in perhaps.values()}
    lines = [_unsure(row, perhaps[row.number]) if row.number in perhaps else _line(row, found) for row, found in meant]
    lines += [
        ComparedLine(Agreement.NOT_IN_FILE, None, one.member.full_name, str(one.values["birth"]), one.place)
        for one in known
        if one.member.pk not in met
    ]
    return tuple(lines)


def _standing(unit: Unit, today: date) -> list[_Known]:
    below = Ancestry.objects.filter(on_day(today), ancestor=unit).values("descendant")
    members = list(
        Member.objects.filter(unit__in=below, state__in=STANDING).select_related("unit").order_by("sort_key", "pk")
    )
    traits: dict[int, dict[str, str]] = {}
    wanted = [trait for trait, _labels in _TRAITS.values()]
    held = TraitSpan.objects.filter(on_day(today), member__unit__in=below, trait__in=wanted)
    for pk, trait, value in held.values_list("member_id", "trait", "value"):
        traits.setdefault(pk, {})[trait] = value
    cards = place_cards({member.unit_id for member in members}, day=today)
    return [
        _Known(member, _values(member, traits.get(member.pk, {})), cards[member.unit_id].place) for member in members
    ]


def _values(member: Member, traits: dict[str, str]) -> dict[str, Any]:
    return {
        "full_name": member.full_name,
        "birth": PartialDate(member.birth_date, Precision(member.birth_precision)),
        "file_number": member.file_number,
        "card_number": member.card_number,
        "identity_number": member.identity_index,
        "admitted_on": member.admitted_on,
        "recognised_on": member.recognised_on,
        **{key: traits.get(trait, "") for key, (trait, _labels) in _TRAITS.items()},
    }


def _number(row: SheetRow, key: str) -> str:
    value = row[key] or ""
    return blind_index(value) if value and key == "identity_number" else str(value)


def _meant(
    row: SheetRow,
    by_number: dict[tuple[str, str], _Known],
    by_name: dict[tuple[str, date], list[_Known]],
    by_year: dict[tuple[str, int], list[_Known]],
) -> _Known | Agreement:
    found = {
        one.member.pk: one
        for key in ("file_number", "card_number", "identity_number")
        if (one := by_number.get((key, _number(row, key)))) is not None
    }
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        return Agreement.UNCLEAR
    birth = row["birth"]
    name = fold(row["full_name"])
    alike = by_name.get((name, birth.day), []) if birth else []
    if birth and not alike:
        alike = [one for one in by_year.get((name, birth.day.year), ()) if _agree(one.values["birth"], birth)]
    if len(alike) == 1:
        return alike[0]
    return Agreement.UNCLEAR if alike else Agreement.NOT_IN_REGISTER


def _namesakes(rows: Sequence[SheetRow], known: Sequence[_Known]) -> dict[int, _Known]:
    """Return by row who alone is left in the register under the name that this row alone is left with in the file."""
    called = Counter(fold(row["full_name"]) for row in rows)
    held = Counter(one.member.folded_name for one in known)
    alone = {one.member.folded_name: one for one in known if held[one.member.folded_name] == 1}
    found = ((row.number, fold(row["full_name"])) for row in rows)
    return {number: alone[name] for number, name in found if called[name] == 1 and name in alone}


def _agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two days of birth of one year can be the same, one of them not being known to the day."""
    known = {one.precision, other.precision}
    return Precision.YEAR in known or (Precision.MONTH in known and one.day.month == other.day.month)


def _line(row: SheetRow, found: _Known | Agreement) -> ComparedLine:
    birth = str(row["birth"]) if row["birth"] else ""
    if isinstance(found, Agreement):
        return ComparedLine(found, row.number, row["full_name"], birth, row["unit"])
    different = tuple(_differences(row, found.values))
    agreement = Agreement.DIFFERS if different else Agreement.SAME
    return ComparedLine(agreement, row.number, row["full_name"], birth, found.place, different)


def _unsure(row: SheetRow, found: _Known) -> ComparedLine:
    return replace(_line(row, found), agreement=Agreement.UNCLEAR)


def _differences(row: SheetRow, values: dict[str, Any]) -> Iterator[str]:
    for key in (*_COMPARED, *_MORE):
        here = _number(row, key) if key.endswith("_number") else row[key]
        there = values[key]
        if here in ("", None) or here == there:
            continue
        if key == "identity_number":
            yield f"{_HEADINGS[key]}: tệp và sổ ghi hai số khác nhau" if there else f"{_HEADINGS[key]}: sổ chưa có"
        else:
            yield f"{_HEADINGS[key]}: {_shown(key, here)} | {_shown(key, there)}"


def _shown(key: str, value: Any) -> str:
    if value in ("", None):
        return "sổ chưa có"
    if isinstance(value, date):
        return format_date(value)
    if key in _TRAITS:
        return _TRAITS[key][1].get(value, str(value))
    return str(value)
