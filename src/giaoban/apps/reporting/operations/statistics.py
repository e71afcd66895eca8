"""The statistics workbook as a file: an export, so it says who, when and what, and is in the audit (D16)."""

from __future__ import annotations

import hashlib
import io

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
_FIRST = ("TT", "Mã đơn vị", "Đơn vị")


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


class _Writer:
    """Writes the sheets; a number so small that it would name a person is not told to all (decision D11)."""

    def __init__(self, act: Act, book: Workbook) -> None:
        self._book = book
        self._rights = rights_at(act.user, book.unit, today=act.today, window=book.window)
        first, last = format_date(book.window.start), format_date(book.window.last_day)
        self._head = (
            f"{book.cards[book.unit.code].name} ({book.unit.code})",
            f"{book.period.name()}: số liệu từ {first} đến {last}",
            f"{act.user.full_name} lập lúc {act.now.astimezone(HANOI):%H:%M %d/%m/%Y}; ô trống là chưa theo dõi",
        )

    def content(self) -> bytes:
        """Return the file."""
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True}) as file:
            wrapped = {"text_wrap": True, "valign": "vcenter", "align": "center", "border": 1, "bold": True}
            heading, ruled, bold = (
                file.add_format(look) for look in (wrapped, {"border": 1}, {"border": 1, "bold": True})
            )
            for sheet in SHEETS:
                self._sheet(file.add_worksheet(sheet.title), sheet, heading, ruled, bold)
            self._checks(file.add_worksheet(_CHECKS), heading, ruled, bold)
        return target.getvalue()

    def _begin(self, page: Worksheet, headings: tuple[str, ...], look: Format) -> int:
        """Write the head of a sheet; return the row of the first line."""
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for number, text in enumerate(self._head):
            page.write_string(number, 0, text)
        row = len(self._head)
        page.set_row(row, 64)
        for column, text in enumerate(headings):
            page.write_string(row, column, text, look)
        page.repeat_rows(row)
        page.freeze_panes(row + 1, len(_FIRST))
        page.set_column(0, 0, 5)
        page.set_column(1, 1, 12)
        page.set_column(2, 2, 44)
        page.set_column(3, len(headings), 11)
        return row + 1

    def _sheet(self, page: Worksheet, sheet: Sheet, heading: Format, ruled: Format, bold: Format) -> None:
        row = self._begin(page, (*_FIRST, *(cell.title for cell in sheet.columns)), heading)
        for order, code in enumerate(self._book.codes):
            look = ruled if order else bold
            page.write_string(row + order, 0, str(order) if order else "", look)
            page.write_string(row + order, 1, code, look)
            page.write_string(row + order, 2, self._book.cards[code].name, look)
            values = self._book.values[sheet.key][code]
            for column, (cell, value) in enumerate(zip(sheet.columns, values, strict=True), len(_FIRST)):
                whole = not order and not cell.dimension
                _write(page, row + order, column, self._shown(cell.measure, value, whole=whole), look)

    def _checks(self, page: Worksheet, heading: Format, ruled: Format, bold: Format) -> None:
        row = self._begin(page, ("TT", "Mã đơn vị", "Nội dung kiểm tra", "Vế trái", "Vế phải", "Kết quả"), heading)
        page.set_column(2, 2, 60)
        for order, check in enumerate(self._book.checks, 1):
            look = bold if check.holds is False else ruled
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
