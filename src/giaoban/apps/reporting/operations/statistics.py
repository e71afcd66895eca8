"""The statistics workbook as a file: an export, so it says who, when and what, and is in the audit (D16)."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

import xlsxwriter
from django.db import transaction
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import rights_at
from giaoban.apps.reporting.queries.disclosure import is_restricted
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.apps.reporting.queries.statistics import Workbook, statistics_workbook
from giaoban.apps.reporting.statistics.sheets import SHEETS, Sheet
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period
from giaoban.figures.model import Number

RESTRICTED = "hạn chế"
_CHECKS = "Kiểm tra chéo"
_HOLDS = {True: "khớp", False: "LỆCH", None: "chưa đủ số liệu"}
# What needs a look comes first.
_ORDER = (False, None, True)
_FIRST = ("TT", "Mã đơn vị", "Đơn vị")
# Sizes of paper as the format numbers them, and how many columns can be read on the smaller one.
_A3, _A4, _MOST_ON_A4 = 8, 9, 20


@transaction.atomic
def write_statistics(*, act: Act, unit: Unit, period: Period) -> bytes:
    """This function will write the statistics workbook of a unit as .xlsx and record that it was taken out.

    Raises:
        InvalidInput: no statistical period, or nothing was kept in it.
        NotAllowed, NotFound: no right ``figures_view`` at the unit.
    """
    require(act, "figures_view", [unit])
    book = statistics_workbook(unit, period)
    content = _Writer(act, book).content()
    detail = {"period": str(period), "format": "statistics", "sha256": hashlib.sha256(content).hexdigest()}
    write_trail(act, [Happening("figures.exported", "unit", str(unit.uid), unit.code, detail)])
    return content


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look: of the committee's own row ``bold``, of a comparison that does not hold ``wrong``."""

    title: Format
    heading: Format
    plain: Format
    bold: Format
    wrong: Format
    decimal: Format
    bold_decimal: Format

    @classmethod
    def of(cls, file: xlsxwriter.Workbook) -> _Looks:
        """Make them; numbers with their thousands apart, as the reader's own program writes them."""
        cell = {"border": 1, "valign": "vcenter", "text_wrap": True, "num_format": "#,##0"}
        decimal = cell | {"num_format": "#,##0.0##"}
        wrong = cell | {"bold": True, "bg_color": "#f8d7d3"}
        looks = (
            {"bold": True, "font_size": 13},
            cell | {"bold": True, "align": "center"},
            cell,
            cell | {"bold": True},
            wrong,
            decimal,
            decimal | {"bold": True},
        )
        return cls(*(file.add_format(look) for look in looks))

    def number(self, value: Number | str | None, *, bold: bool) -> Format:
        """Return the look of a value in a row of units."""
        if isinstance(value, float) and not value.is_integer():
            return self.bold_decimal if bold else self.decimal
        return self.bold if bold else self.plain


class _Writer:
    """Writes the sheets; a number so small that it would name a person is not told to all (decision D11)."""

    def __init__(self, act: Act, book: Workbook) -> None:
        self._book = book
        self._rights = rights_at(act.user, book.unit, today=act.today, window=book.window)
        first, last = format_date(book.window.start), format_date(book.window.last_day)
        self._name = f"{book.cards[book.unit.code].name} ({book.unit.code})"
        self._days = f"{book.period.name()}: số liệu từ {first} đến {last}"
        self._by = (
            f"{act.user.full_name} lập lúc {act.now.astimezone(HANOI):%H:%M %d/%m/%Y}; ô trống là chưa theo dõi, "
            f"«{RESTRICTED}» là số nhỏ chỉ người có quyền được xem"
        )

    def content(self) -> bytes:
        """Return the file."""
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True}) as file:
            looks = _Looks.of(file)
            for sheet in SHEETS:
                self._sheet(file.add_worksheet(sheet.title), sheet, looks)
            self._checks(file.add_worksheet(_CHECKS), looks)
        return target.getvalue()

    def _begin(self, page: Worksheet, title: str, headings: tuple[str, ...], looks: _Looks) -> int:
        """Write the head of a sheet; return the row of the first line."""
        page.set_landscape()
        page.set_paper(_A3 if len(headings) > _MOST_ON_A4 else _A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{title}&RTrang &P/&N")
        for number, text in enumerate((self._name, f"{title}, {self._days}", self._by)):
            page.write_string(number, 0, text, looks.title if number < 2 else None)
        row = 3
        page.set_row(row, 64)
        for column, text in enumerate(headings):
            page.write_string(row, column, text, looks.heading)
        page.repeat_rows(row)
        page.freeze_panes(row + 1, len(_FIRST))
        page.set_column(0, 0, 5)
        page.set_column(1, 1, 12)
        page.set_column(2, 2, 44)
        page.set_column(3, len(headings) - 1, 11)
        return row + 1

    def _sheet(self, page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
        row = self._begin(page, sheet.title, (*_FIRST, *(cell.title for cell in sheet.columns)), looks)
        for order, code in enumerate(self._book.codes):
            look = looks.plain if order else looks.bold
            _write(page, row + order, 0, order or None, look)
            page.write_string(row + order, 1, code, look)
            page.write_string(row + order, 2, self._book.cards[code].name, look)
            values = self._book.values[sheet.key][code]
            for column, (cell, value) in enumerate(zip(sheet.columns, values, strict=True), len(_FIRST)):
                shown = self._shown(cell.measure, value, whole=not order and not cell.dimension)
                _write(page, row + order, column, shown, looks.number(shown, bold=not order))

    def _checks(self, page: Worksheet, looks: _Looks) -> None:
        """Write every comparison: those that do not hold first, then those of which a side is not known."""
        checks = sorted(self._book.checks, key=lambda one: _ORDER.index(one.holds))
        counts = ", ".join(f"{_HOLDS[one]} {sum(check.holds is one for check in checks)}" for one in reversed(_ORDER))
        headings = ("TT", "Mã đơn vị", "Nội dung kiểm tra", "Vế trái", "Vế phải", "Kết quả")
        row = self._begin(page, f"{_CHECKS} {len(checks)} phép: {counts}", headings, looks)
        page.set_column(2, 2, 60)
        page.set_column(5, 5, 18)
        for order, check in enumerate(checks, 1):
            look = looks.wrong if check.holds is False else looks.plain
            page.write_number(row, 0, order, look)
            page.write_string(row, 1, check.unit, look)
            page.write_string(row, 2, check.rule, look)
            whole = check.unit == self._book.unit.code
            for column, value in enumerate((check.left, check.right), len(_FIRST)):
                _write(page, row, column, self._shown(check.measure, value, whole=whole), look)
            page.write_string(row, 5, _HOLDS[check.holds], look)
            row += 1

    def _shown(self, measure: str, value: Number | None, *, whole: bool) -> Number | str | None:
        if not whole and is_restricted(catalogue()[measure], value, self._rights):
            return RESTRICTED
        return value


def _write(page: Worksheet, row: int, column: int, value: Number | str | None, look: Format) -> None:
    # Text is written as text: a name that begins with «=» is never a formula.
    if value is None:
        page.write_blank(row, column, None, look)
    elif isinstance(value, str):
        page.write_string(row, column, value, look)
    else:
        page.write_number(row, column, value, look)
