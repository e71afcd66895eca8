"""Tables of a report: figures line by line, parts side by side, and the lists behind numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from giaoban.core.numbers_vi import format_number, round_half_up
from giaoban.writer.blocks import Align, Block, Cell, Column, Number, Paragraph, Quantity, Role, Row, Table, Text
from giaoban.writer.definitions.model import UPPER, MeasureWords, TableSpec
from giaoban.writer.sentences import Context, FigureView, ListEntry
from giaoban.writer.sentences.line import exact

# Key of a column -> heading, role of its numbers, share of the width.
COLUMNS: Mapping[str, tuple[str, Role, float]] = {
    "value": ("Trong kỳ", Role.VALUE, 1.3),
    "previous": ("Cùng kỳ năm trước", Role.PREVIOUS, 1.3),
    "growth": ("Tăng, giảm (%)", Role.GROWTH_PERCENT, 1.2),
    "cumulative": ("Lũy kế từ đầu năm", Role.CUMULATIVE, 1.3),
    "expected": ("Phải thực hiện", Role.EXPECTED, 1.2),
    "target": ("Chỉ tiêu năm", Role.TARGET, 1.2),
    "percent": ("Đạt chỉ tiêu (%)", Role.PERCENT_OF_TARGET, 1.2),
}
_UNKNOWN = "unknown"
# What stands for a part so small that it would name a person (decision D11).
WITHHELD = "hạn chế"


@dataclass(frozen=True, slots=True)
class TableWriter:
    """Writes tables from the figures of one report; what is not known is left out, never printed as 0."""

    context: Context
    words: Mapping[str, MeasureWords]
    lists: Mapping[str, Sequence[ListEntry]]
    level: str = UPPER

    def write(self, spec: TableSpec, title: str) -> list[Block]:
        """Return the table as blocks; none where nothing in it is known."""
        if spec.lists:
            return self._lists(spec)
        made = self._by_code(spec, title) if spec.by else self._by_measure(spec, title)
        return [made] if made else []

    def _by_measure(self, spec: TableSpec, title: str) -> Table | None:
        rows = [
            row
            for group in spec.groups
            if self.level in group.levels
            for row in self._group(group.title, group.measures, group.parts, spec)
        ]
        if not rows:
            return None
        # A column in which nothing is known is not printed.
        used = [
            order for order, key in enumerate(spec.columns) if key == "value" or any(row[order + 3] for row in rows)
        ]
        kept = [spec.columns[order] for order in used]
        columns = (
            Column("TT", Align.CENTER, 0.6),
            Column("Chỉ tiêu", Align.LEFT, 4.4),
            Column("Đơn vị tính", Align.CENTER, 1.4),
            *(Column(self._heading(key), Align.RIGHT, COLUMNS[key][2]) for key in kept),
        )
        return Table(columns, tuple((*row[:3], *(row[order + 3] for order in used)) for row in rows), title=title)

    def _heading(self, key: str) -> str:
        last_year = self.context.last_year
        return last_year[:1].upper() + last_year[1:] if key == "previous" else COLUMNS[key][0]

    def _group(self, title: str, measures: Sequence[str], parts: Sequence[str], spec: TableSpec) -> Iterator[Row]:
        known = [measure for measure in measures if self._has_something(measure, spec)]
        if not known:
            return
        blank: Cell = ()
        if title:
            yield (blank, (Text(title, bold=True),), blank, *(blank for _ in spec.columns))
        for order, measure in enumerate(known, 1):
            figure, words = self.context.figure(measure), self._words(measure)
            cells = (self._cell(measure, figure, key) for key in spec.columns)
            yield (_said(str(order)), _said(words.label), _said(words.unit), *cells)
            if measure in parts:
                yield from self._parts(measure, figure, words, spec)

    def _has_something(self, measure: str, spec: TableSpec) -> bool:
        """Tell whether a number of the row is above 0: a line of nothing but 0 is no news, now or a year ago."""
        figure = self.context.figure(measure)
        return figure.value is not None and any(_read(figure, key) for key in spec.columns)

    def _parts(self, measure: str, figure: FigureView, words: MeasureWords, spec: TableSpec) -> Iterator[Row]:
        labels = next(iter(words.codes.values()), {})
        # In the order of the declaration: figures that were frozen come back in that of the database.
        order = {code: place for place, code in enumerate(labels)}
        for code, value in sorted(figure.breakdown.items(), key=lambda part: order.get(part[0], len(order))):
            if figure.withheld:
                shown_parts = (_said(WITHHELD) if key == "value" else () for key in spec.columns)
                yield ((), _said(f"- {labels.get(code, code)}"), (), *shown_parts)
            elif value:
                shown = (
                    self._number(measure, value, Role.PART, code) if key == "value" else () for key in spec.columns
                )
                yield ((), _said(f"- {labels.get(code, code)}"), (), *shown)

    def _cell(self, measure: str, figure: FigureView, key: str) -> Cell:
        value = _read(figure, key)
        mark = (Text(f"{figure.mark} "),) if key == "value" and figure.mark else ()
        return () if value is None else (*mark, *self._number(measure, value, COLUMNS[key][1]))

    def _number(self, measure: str, value: Quantity, role: Role, part: str = "") -> Cell:
        unit = self._words(measure).unit
        if role in (Role.GROWTH_PERCENT, Role.PERCENT_OF_TARGET):
            unit = "%"
        text = format_number(round_half_up(exact(value))) if unit == "%" else format_number(value)
        period = self.context.previous_period if role is Role.PREVIOUS else self.context.period
        return (Number(text, measure, value, unit, period, role, part),)

    def _by_code(self, spec: TableSpec, title: str) -> Table | None:
        views = {key: self.context.figure(key) for key in spec.measures()}
        known = {key: view for key, view in views.items() if view.value is not None and view.breakdowns.get(spec.by)}
        labels = {code: label for key in known for code, label in self._words(key).codes.get(spec.by, {}).items()}
        present = dict.fromkeys(code for view in known.values() for code in view.breakdowns[spec.by])
        codes = sorted(present, key=lambda code: (code == _UNKNOWN, list(labels).index(code) if code in labels else 99))
        if len(codes) < 2:
            return None
        columns = (
            Column("TT", Align.CENTER, 0.7),
            Column("Khối" if spec.by == "sector" else "Nội dung", Align.LEFT, 3.0),
            *(Column(f"{self._words(key).label} ({self._words(key).unit})", Align.RIGHT, 1.5) for key in known),
        )
        rows = tuple(
            (
                _said(str(order)),
                _said(labels.get(code, "Chưa rõ" if code == _UNKNOWN else code)),
                *(
                    _said(WITHHELD)
                    if view.withheld
                    else self._number(key, view.breakdowns[spec.by].get(code) or 0, Role.PART, code)
                    for key, view in known.items()
                ),
            )
            for order, code in enumerate(codes, 1)
        )
        totals = (self._number(key, view.value or 0, Role.VALUE) for key, view in known.items())
        return Table(columns, rows, ((), _said("Cộng"), *totals), title)

    def _lists(self, spec: TableSpec) -> list[Block]:
        blocks: list[Block] = []
        for measure in spec.lists:
            entries = self.lists.get(measure, ())
            if not entries:
                continue
            words = self._words(measure)
            number = self._number(measure, len(entries), Role.VALUE)
            has_details = any(entry.detail for entry in entries)
            columns = (Column("TT", Align.CENTER, 0.6), Column("Đơn vị", share=4), Column("Nội dung", share=4))
            rows = tuple(
                (_said(str(order)), _said(entry.name), _said(entry.detail))[: 3 if has_details else 2]
                for order, entry in enumerate(entries, 1)
            )
            blocks.append(Paragraph((Text(f"{words.label} ("), *number, Text(f" {words.unit})"))))
            blocks.append(Table(columns[: 3 if has_details else 2], rows))
        return blocks

    def _words(self, measure: str) -> MeasureWords:
        return self.words.get(measure) or MeasureWords(measure, "")


def _read(figure: FigureView, key: str) -> Quantity | None:
    """Return the number of a column."""
    return {
        "value": figure.value,
        "previous": figure.previous,
        "growth": figure.growth_percent,
        "cumulative": figure.cumulative,
        "expected": figure.expected,
        "target": figure.target,
        "percent": figure.percent_of_target,
    }[key]


def _said(text: str) -> Cell:
    return (Text(text),) if text else ()
