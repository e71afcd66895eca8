"""The entries behind a number: as many lines as the value says, names only for those who may see them (D11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from giaoban.apps.members.queries.file import openable_members
from giaoban.apps.organizations.queries.chosen import UnitCard, cards_by_code, group_names
from giaoban.apps.reporting.queries.disclosure import is_small, may_see_names
from giaoban.apps.reporting.queries.figures import catalogue, sources
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period, PeriodKind
from giaoban.figures import (
    VALUE_ONLY,
    Direction,
    Evidence,
    Figure,
    FigureRequest,
    Kind,
    Line,
    Measure,
    Parts,
    Sources,
    compute,
    compute_many,
    explain,
)
from giaoban.web.access import Desk
from giaoban.web.components.pieces import FigureView, Pager
from giaoban.web.numbers import RESTRICTED, guarded, number, tree_on, tree_query, view_of

PAGE = 100
# What a transfer is, seen from the unit whose number was opened.
_WAYS: Mapping[str, str] = {
    Direction.IN: "chuyển đến",
    Direction.OUT: "chuyển đi",
    Direction.WITHIN: "chuyển nội bộ",
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line behind a number."""

    day: str
    subject: str
    url: str
    kind: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class EntryList:
    """The lines of one number; a rate has two lists."""

    title: str
    rows: tuple[EntryRow, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class Split:
    """A breakdown."""

    name: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month of the strip; the geometry is in the units of the drawing."""

    name: str
    value: str
    x: int
    middle: int
    y: int
    height: int
    now: bool


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """The page, or the side sheet, behind a number."""

    figure: FigureView
    unit_name: str
    period_name: str
    lists: tuple[EntryList, ...]
    splits: tuple[Split, ...]
    months: tuple[MonthBar, ...]
    months_name: str
    full_url: str
    back_url: str


def entries_page(desk: Desk, key: str, *, page: int) -> EntriesPage:
    """Open a number.

    Raises:
        InvalidInput: there is no such measure.
    """
    office = sources(today=desk.act.today)
    request = FigureRequest(key, desk.card.code, desk.period)
    measure = office.catalogue[key]
    parts = Parts(previous=True, cumulative=True, targets=True, breakdowns=True)
    figure = compute(office, request, parts=parts, tree_on=tree_on(desk))
    proof = explain(office, request, tree_on=tree_on(desk))
    proofs = [one for one in (proof.numerator, proof.denominator) if one is not None] or [proof]
    return EntriesPage(
        figure=view_of(desk, measure, figure),
        unit_name=desk.card.name,
        period_name=desk.period.name() + (", theo cây tổ chức hiện nay" if tree_on(desk) else ""),
        lists=tuple(_entry_list(desk, office, one, key, page) for one in proofs),
        splits=_splits(desk, measure, figure),
        months=_months(desk, office, measure),
        months_name=f"Năm {desk.period.year}",
        full_url=desk.url("home:entries", key, query=tree_query(desk)),
        back_url=desk.url("home:period", query=tree_query(desk)),
    )


def _entry_list(desk: Desk, office: Sources, proof: Evidence, key: str, page: int) -> EntryList:
    measure = office.catalogue[proof.request.measure]
    total = len(proof.lines)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    lines = proof.lines[(page - 1) * PAGE : page * PAGE]
    rows = EntryWords(desk, lines).rows(measure, lines, total=total)

    def turn(to: int) -> str:
        return desk.url("home:entries", key, query={"trang": str(to)} | tree_query(desk)) if 1 <= to <= pages else ""

    words = f"{format_number(total)} dòng" if total else ""
    if pages > 1:
        first = (page - 1) * PAGE + 1
        words = f"Dòng {format_number(first)} đến {format_number(first + len(rows) - 1)} trong {words}"
    pager = Pager(words, turn(page - 1), turn(page + 1), region="#entries", push="false")
    return EntryList(f"{measure.label}: {number(proof.value)}", rows, pager)


class EntryWords:
    """Words and links of entries of any measures, looked up once for all of them."""

    def __init__(self, desk: Desk, lines: Sequence[Line]) -> None:
        codes = {code for line in lines for code in (line.unit, line.from_unit) if code}
        self._desk = desk
        self._cards = cards_by_code(codes, day=desk.period.window.last_day)
        refs = {line.subject_ref for line in lines}
        self._openable = openable_members(desk.act.user, refs, today=desk.act.today)
        self._moved = catalogue()["members.transferred"].fact

    def rows(self, measure: Measure, lines: Sequence[Line], *, total: float) -> tuple[EntryRow, ...]:
        """Return the rows of one measure; names only for those who may see them (decision D11).

        Args:
            total: the number that the lines stand behind; a small one would name people by unit and day.
        """
        names = may_see_names(self._desk.rights, measure.register)
        small = is_small(measure, total)
        ways = _WAYS if measure.fact == self._moved else {}
        return tuple(
            _row(self._desk, line, self._cards, self._openable, ways, names=names, small=small) for line in lines
        )


def _row(
    desk: Desk,
    line: Line,
    cards: dict[str, UnitCard],
    openable: frozenset[str],
    directions: Mapping[str, str],
    *,
    names: bool,
    small: bool,
) -> EntryRow:
    place = _place(line, cards)
    kind = directions.get(line.direction or "", line.kind)
    if not names:
        # As many lines as the value says; where they are few even unit and day would name the person.
        if small:
            return EntryRow("", RESTRICTED, "", "", "", "")
        return EntryRow(format_date(line.day), RESTRICTED, "", kind, place, "")
    url = desk.url("members:member", line.subject_ref) if line.subject_ref in openable else ""
    counted = ", ".join(entry.subject for entry in line.entries)
    subject = line.subject or (cards[line.unit].name if line.unit in cards else "")
    if not url and not line.subject_ref and line.unit in cards:
        url = desk.url("organizations:unit", line.unit)
    day = line.since or line.day
    return EntryRow(format_date(day), subject, url, kind, place, line.note or counted)


def _place(line: Line, cards: dict[str, UnitCard]) -> str:
    to_place = cards[line.unit].place if line.unit in cards else ""
    from_place = cards[line.from_unit].place if line.from_unit in cards else ""
    return (
        f"{from_place} → {to_place}" if from_place and to_place and from_place != to_place else to_place or from_place
    )


def _splits(desk: Desk, measure: Measure, figure: Figure) -> tuple[Split, ...]:
    found = []
    # Clusters and sectors are data of the office, so their names are not in the declaration.
    names = group_names(desk.unit)
    for dimension in measure.dimensions:
        codes = figure.breakdowns.get(dimension.key, {})
        parts = tuple(
            (names.get((dimension.key, code), dimension.label_of(code)), guarded(measure, value, desk.rights))
            for code, value in codes.items()
        )
        if parts:
            found.append(Split(dimension.label, parts))
    return tuple(found)


def _months(desk: Desk, office: Sources, measure: Measure) -> tuple[MonthBar, ...]:
    """The twelve months of the year as a strip: what a flow did, what a stock was."""
    if measure.kind is Kind.RATE:
        return ()
    months = Period(PeriodKind.YEAR, desk.period.first.replace(month=1, day=1)).months()
    asked = [FigureRequest(measure.key, desk.card.code, month) for month in months]
    figures = compute_many(office, asked, parts=VALUE_ONLY, tree_on=tree_on(desk))
    if measure.sensitive and not may_see_names(desk.rights, measure.register):
        return ()
    known = [figure.value or 0 for figure, month in zip(figures, months, strict=True) if month.start <= desk.act.today]
    top = max(known, default=0)
    if not top:
        return ()
    bars = []
    window = desk.period.window
    for index, (month, figure) in enumerate(zip(months, figures, strict=True)):
        future = month.start > desk.act.today or figure.value is None
        value = 0 if future else figure.value or 0
        height = round(60 * value / top)
        bars.append(
            MonthBar(
                str(month.number),
                "" if future else number(figure.value),
                index * 60 + 12,
                index * 60 + 30,
                84 - height,
                height,
                month.start in window,
            )
        )
    return tuple(bars)
