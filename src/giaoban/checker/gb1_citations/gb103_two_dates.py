"""GB103: one document cited with two dates of issue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.core.dates_vi import format_date
from giaoban.reader.lexicon import canonical_issuer
from giaoban.reader.model import Citation, CitationKind

# Issuers of the State that exist once in the country; «UBND» and «HĐND» exist in every province, district and commune.
_UNIQUE_ISSUERS = ("CP", "TTg", "QH", "UBTVQH", "CTN")
_TERM_YEARS = 5
_SURE_FROM, _SURE_TO = (3, 1), (2, 28)


def find(subject: Subject) -> Iterator[Draft]:
    """Compare the dates of each symbol; the later place is reported and names the line of the first."""
    first: dict[tuple[str, str | None], Citation] = {}
    for citation in subject.document.citations:
        if citation.symbol is None or citation.date is None:
            continue
        key = (citation.symbol, _issuer_key(citation))
        before = first.setdefault(key, citation)
        if before is citation or before.date is None or before.date == citation.date:
            continue
        if not _must_be_one(citation, before.date, citation.date):
            continue
        line, _ = subject.source.position(before.start)
        yield Draft(
            citation.start,
            citation.end,
            f"{citation.symbol} ghi ngày {format_date(citation.date)} ở đây, "
            f"nhưng ngày {format_date(before.date)} ở dòng {line}",
            "Đối chiếu văn bản gốc và thống nhất một ngày ban hành",
        )


def _issuer_key(citation: Citation) -> str | None:
    """Two issuers of the same symbol («HĐND» of two provinces) make two documents."""
    symbol = citation.symbol or ""
    if citation.kind is CitationKind.PARTY or symbol.rpartition("-")[2].rstrip("0123456789") in _UNIQUE_ISSUERS:
        return None
    return (citation.issuer or "?").lower()


def _must_be_one(citation: Citation, one: date, other: date) -> bool:
    """Tell whether the number can have been given only once between the two dates.

    The State numbers anew each year. The Party numbers through a term of five years that begins at a congress somewhere
    between early 2020 and early 2021 (2015 and 2016, ...): only dates well inside one term are sure, and one day of one
    month in neighbouring years, which is a slip in the year.
    """
    if one.year == other.year:
        return citation.kind is CitationKind.PARTY or _issuer_key(citation) != "?"
    if citation.kind is not CitationKind.PARTY or not _is_known_party(citation):
        return False
    if (one.month, one.day) == (other.month, other.day) and abs(one.year - other.year) < _TERM_YEARS:
        return True
    return _term(one) is not None and _term(one) == _term(other)


def _is_known_party(citation: Citation) -> bool:
    return canonical_issuer((citation.symbol or "").rpartition("/")[2]) is not None


def _term(day: date) -> int | None:
    """Return the first year of the term that surely holds a day; None near a congress."""
    start = (day.year - 1) // _TERM_YEARS * _TERM_YEARS
    if (day.year - start == 1 and (day.month, day.day) < _SURE_FROM) or (
        day.year - start == _TERM_YEARS and (day.month, day.day) > _SURE_TO
    ):
        return None
    return start


RULE = Rule("GB103", "one-document-two-dates", Severity.WARNING, find)
