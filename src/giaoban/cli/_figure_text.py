"""Figures and their entries as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from giaoban.apps.reporting.queries.figure_table import FigureTable
    from giaoban.figures import Catalogue, Evidence, Line, Measure

_WIDE = 160  # where nobody looks at a terminal a table is as wide as it needs
_MISSING = "—"
_DIRECTIONS = {"in": "chuyển đến", "out": "chuyển đi", "within": "nội bộ"}


def wide_console() -> Console:
    """Return the console for tables; in a pipe or a file it does not fold at 80 columns."""
    console = Console()
    return console if console.is_terminal else Console(width=_WIDE)


def print_figures(table: FigureTable) -> None:
    """Print the figures of a unit and period."""
    first, last = format_date(table.window.start), format_date(table.window.last_day)
    shown = Table(
        title=f"{table.unit_name}: {table.period.name()} (số liệu từ {first} đến {last})", title_justify="left"
    )
    shown.add_column("Chỉ tiêu")
    for heading in ("Trong kỳ", "Cùng kỳ", "+/− %", "Lũy kế", "Chỉ tiêu năm", "Đạt %"):
        shown.add_column(heading, justify="right")
    shown.add_column("Trong đó")
    for row in table.rows:
        one = row.figure
        default = row.measure.default_dimension
        closed = default is not None and default.codes
        codes = one.breakdown.items() if closed else ()
        parts = "; ".join(f"{default.label_of(code)} {format_number(count)}" for code, count in codes if default)
        shown.add_row(
            Text(row.measure.label),
            *(_number(value) for value in (one.value, one.previous, one.growth_percent, one.cumulative)),
            *(_number(value) for value in (one.target, one.percent_of_target)),
            Text(parts),
        )
        for part in row.parts:
            shown.add_row(Text(f"  {part.name}"), _number(part.value))
    console = wide_console()
    console.print(shown)
    console.print(f"{_MISSING}: chưa theo dõi trong kỳ này, hoặc không có gì để so")


def print_evidence(evidence: Evidence, catalogue: Catalogue, measure: Measure, names: Mapping[str, str]) -> None:
    """Print the entries behind a figure; a rate has two lists. ``names`` are those of counted units."""
    console = wide_console()
    where = f"{evidence.request.unit}, {evidence.request.period.name()}"
    console.print(Text(f"{measure.label} ({where}): {_number(evidence.value)} {measure.unit}"))
    for part, words in _lists(evidence, measure):
        if words:
            console.print(Text(f"\n{words}: {_number(part.value)} {catalogue[part.request.measure].unit}"))
        if part.lines:
            console.print(_lines(part.lines, names))


def _lists(evidence: Evidence, measure: Measure) -> Sequence[tuple[Evidence, str]]:
    if measure.rate is None or evidence.numerator is None or evidence.denominator is None:
        return [(evidence, "")]
    return [
        (evidence.numerator, f"Tử số, {measure.rate.numerator_words}"),
        (evidence.denominator, f"Mẫu số, {measure.rate.denominator_words}"),
    ]


def _lines(lines: Sequence[Line], names: Mapping[str, str]) -> Table:
    shown = Table()
    shown.add_column("Ngày", no_wrap=True)
    for heading in ("Nội dung", "Về", "Đơn vị"):
        shown.add_column(heading)
    shown.add_column("Số", justify="right")
    shown.add_column("Căn cứ, ghi chú")
    for line in lines:
        day = format_date(line.since or line.day)
        kind = line.kind if line.direction is None else f"{line.kind} ({_DIRECTIONS[line.direction]})"
        note = "; ".join((line.note, *(entry.subject for entry in line.entries))).removeprefix("; ")
        place = f"{line.from_unit} → {line.unit or 'ngoài hệ thống'}" if line.from_unit else line.unit or ""
        shown.add_row(
            day,
            Text(kind),
            Text(line.subject or names.get(line.unit or "", "")),
            Text(place),
            _number(line.number),
            Text(note),
        )
    return shown


def _number(value: int | float | None) -> str:
    return _MISSING if value is None else format_number(value)
