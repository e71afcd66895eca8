"""What every writer prints alike: symbol, place and date, lines of recipients, the mark that ends the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from giaoban.core.dates_vi import format_long_date
from giaoban.core.layouts import Layout
from giaoban.core.numbers_vi import format_count
from giaoban.writer.blocks import Appendix, Block, Inline, ListItem, OfficialDocument, Paragraph, Text

BLANK = "     "


def symbol_line(document: OfficialDocument) -> str:
    """Return «Số 05-BC/ĐUK», without a colon; a draft leaves room for the number."""
    number = BLANK if document.number is None else format_count(document.number)
    return f"Số {number}-{document.symbol}"


def place_and_date(document: OfficialDocument) -> str:
    """Return «Mẫu Sơn, ngày 31 tháng 3 năm 2023»; a draft leaves the day blank, as it comes with the number."""
    dated = format_long_date(document.dated)
    if document.number is None:
        _, _, month = dated.partition(" tháng ")
        dated = f"ngày{BLANK}tháng {month}"
    return f"{document.place}, {dated}"


def written_day(day: date) -> str:
    """Return a date as running text has it: «05/01/2023», «15/3/2023»: a zero before days 1 to 9 and months 1 and 2."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def recipient_lines(document: OfficialDocument, layout: Layout) -> tuple[str, ...]:
    """Return the recipients as printed: «- » before, a comma after each, a full stop after the last.

    The last line says where the file copy is kept; the layout's own is added where the office gives none.
    """
    names = [name.strip().rstrip(",;.") for name in document.recipients]
    if names and not any(name.startswith("Lưu") for name in names):
        names.append(layout.keep_line)
    marks = [","] * (len(names) - 1) + ["."]
    return tuple(f"- {name}{mark}" for name, mark in zip(names, marks, strict=False))


def cited_by_appendix(document: OfficialDocument) -> str:
    """Return the line under an appendix's title: «(Kèm theo Báo cáo số 05-BC/ĐUK, ngày 31/3/2023)».

    On a draft number, symbol and day are left to be filled in by hand: «(Kèm theo Báo cáo số ……)».
    """
    name = document.type_name.capitalize()
    if document.number is None:
        return f"(Kèm theo {name} số ……)"
    return f"(Kèm theo {name} số {format_count(document.number)}-{document.symbol}, ngày {written_day(document.dated)})"


def appendix_heading(appendix: Appendix, layout: Layout) -> str:
    """Return «Phụ lục 1», or «Phụ lục» where there is only one without a number."""
    return f"{layout.appendix_word} {appendix.number}".rstrip()


def ended(body: tuple[Block, ...], layout: Layout) -> tuple[Block, ...]:
    """Return the body with the layout's mark («./.» or «.») after its last words; a table at the end stays as it is."""
    if not body or not isinstance(body[-1], Paragraph | ListItem):
        return body
    last = body[-1]
    *before, final = last.inlines or (Text(""),)
    if isinstance(final, Text):
        final = replace(final, text=final.text.rstrip().removesuffix("./.").rstrip(".;") + layout.ending)
        inlines: tuple[Inline, ...] = (*before, final)
    else:
        inlines = (*last.inlines, Text(layout.ending))
    return (*body[:-1], replace(last, inlines=inlines))
