"""A read document as a page: its text in pieces, each finding and citation at its place, and the lists beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from giaoban.checker import Finding, Severity
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.reader import Document
from giaoban.web.components.pieces import Link

SEVERITY_WORDS = {Severity.ERROR: "lỗi", Severity.WARNING: "cần sửa", Severity.INFO: "nên xem"}
_BLANKS = re.compile(r"\n(?:[^\S\n]*\n)+")
_STATUS = {Severity.ERROR: "bad", Severity.WARNING: "late", Severity.INFO: "off"}
_FAMILIES = {
    "GB1": "viện dẫn",
    "GB2": "số liệu",
    "GB3": "thể thức",
    "GB4": "chính tả",
    "GB5": "ngày, kỳ",
    "GB6": "đánh số",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``anchor`` is set where a finding or citation begins, ``look`` says how it is drawn."""

    text: str
    look: str = ""
    anchor: str = ""
    goes_to: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in the margin."""

    anchor: str
    goes_to: str
    place: str
    code: str
    status: str
    severity: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class CitationRow:
    """One cited document with every place where it is named, and what in the registers rests on it."""

    symbol: str
    dates: str
    places: tuple[tuple[str, str], ...]
    known: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One heading."""

    number: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One target or one task in the document's own words."""

    text: str
    about: str


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """All that the screen shows."""

    name: str
    summary: str
    about: str
    pieces: tuple[Piece, ...]
    findings: tuple[FindingRow, ...]
    outline: tuple[OutlineRow, ...]
    citations: tuple[CitationRow, ...]
    targets: tuple[GoalRow, ...]
    tasks: tuple[GoalRow, ...]
    repairs: tuple[GoalRow, ...]
    notes: tuple[str, ...]
    text: str

    @property
    def known(self) -> int:
        """How many of the cited documents the registers know."""
        return sum(bool(one.known) for one in self.citations)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    anchor: str
    goes_to: str
    look: str
    title: str


def checked_page(
    document: Document, findings: Sequence[Finding], *, name: str, known: Mapping[str, tuple[Link, ...]]
) -> CheckedPage:
    """Lay out a document and what was found in it; ``known`` leads from a cited symbol into the registers."""
    marks = [
        _Mark(one.start, one.end, f"cho-{order}", f"y-{order}", f"finding {_STATUS[one.severity]}", one.message)
        for order, one in enumerate(findings, 1)
    ]
    cited = [
        _Mark(one.start, one.end, f"dan-{order}", "", "cited", one.symbol or "")
        for order, one in enumerate(document.citations, 1)
    ]
    return CheckedPage(
        name=name,
        summary=_summary(findings),
        about=_about(document),
        pieces=tuple(_pieces(document.text, marks, cited)),
        findings=tuple(_finding_row(order, one) for order, one in enumerate(findings, 1)),
        outline=tuple(OutlineRow(one.number, one.title, one.level) for one in document.sections),
        citations=_citation_rows(document, known),
        targets=tuple(GoalRow(one.text, one.deadline or "") for one in document.targets),
        tasks=tuple(GoalRow(one.text, _who_and_when(one.assignees, one.deadline)) for one in document.tasks),
        repairs=tuple(GoalRow(one.printed, one.suggested) for one in document.repairs),
        notes=document.notes,
        text=document.text,
    )


def _summary(findings: Sequence[Finding]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for one in findings:
        counts[_FAMILIES.get(one.code[:3], "khác")] += 1
    return " · ".join(f"{number} {family}" for family, number in counts.items())


def _about(document: Document) -> str:
    header = document.header
    parts = [
        header.symbol and f"số {header.symbol}",
        header.date and f"ngày {format_date(header.date)}",
        f"{format_number(len(document.sections))} đề mục",
        f"{format_number(len(document.citations))} lần viện dẫn",
        f"{format_number(len(document.claims))} phép tính đã thử",
    ]
    return " · ".join(part for part in parts if part)


def _finding_row(order: int, one: Finding) -> FindingRow:
    return FindingRow(
        anchor=f"y-{order}",
        goes_to=f"cho-{order}",
        place=f"dòng {format_number(one.line)}",
        code=one.code,
        status=_STATUS[one.severity],
        severity=SEVERITY_WORDS[one.severity],
        message=one.message,
        suggestion=one.suggestion or "",
    )


def _citation_rows(document: Document, known: Mapping[str, tuple[Link, ...]]) -> tuple[CitationRow, ...]:
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    dates: dict[str, set[date]] = defaultdict(set)
    for order, one in enumerate(document.citations, 1):
        first = document.citations[one.refers_to] if one.refers_to is not None else one
        key = first.symbol or first.text
        places[key].append((f"dan-{order}", one.text))
        if one.date is not None:
            dates[key].add(one.date)
    return tuple(
        CitationRow(key, ", ".join(format_date(day) for day in sorted(dates[key])), tuple(found), known.get(key, ()))
        for key, found in places.items()
    )


def _who_and_when(assignees: Iterable[str], deadline: str | None) -> str:
    return " · ".join([*assignees, *([deadline] if deadline else [])])


def _pieces(text: str, marks: Sequence[_Mark], cited: Sequence[_Mark]) -> Iterable[Piece]:
    """Cut the text at every border; where a finding and a citation overlap, the finding is drawn."""
    blank = _blank_lines(text)
    borders = sorted({0, len(text), *(border for mark in (*marks, *cited) for border in (mark.start, mark.end))})
    begun: set[str] = set()
    for start, end in pairwise(borders):
        mark = _at(marks, start) or _at(cited, start)
        if mark is None:
            yield Piece(_BLANKS.sub(blank, text[start:end]))
            continue
        anchor = "" if mark.anchor in begun else mark.anchor
        begun.add(mark.anchor)
        yield Piece(_BLANKS.sub(blank, text[start:end]), mark.look, anchor, mark.goes_to, mark.title)


def _blank_lines(text: str) -> str:
    """What a run of blank lines becomes on the page: nothing where the file has one after every line."""
    lines = text.splitlines()
    blank = sum(1 for line in lines if not line.strip())
    return "\n" if blank * 5 > len(lines) * 2 else "\n\n"


def _at(marks: Sequence[_Mark], place: int) -> _Mark | None:
    return next((mark for mark in marks if mark.start <= place < mark.end), None)
