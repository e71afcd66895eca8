"""Citations with number and symbol, of the Party and of the State, and technical standards."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from giaoban.reader.citations.context import Before, look_before, look_behind
from giaoban.reader.citations.dates import PrintedDate, read_date
from giaoban.reader.citations.found import Found
from giaoban.reader.citations.pieces import abbreviations
from giaoban.reader.citations.symbols import Symbol, read_symbol, scanned_symbol_patterns, symbol_pattern
from giaoban.reader.model import CitationKind
from giaoban.reader.places import matches_at, places_of_any

# A type word is shared by a list only as far as one sentence goes: «các Luật số 45/2019/QH14; số 46/2019/QH14».
_LIST_REACH = 240
_SENTENCE_END = re.compile(r"[.!?]\s|\n\s{0,3}\n")
_LIST_BEFORE = re.compile(r"(?<![\w/.,-])(?:[0-9]{1,4}\s?(?:,|;|và)\s{1,3}){1,6}\Z")
_LIST_SIGNS = (",", ";", "à")
_LISTED = re.compile(r"([0-9]{1,4})\s?(?:,|;|và)\s")
_ABBREVIATION_BEFORE = re.compile(r"(?<![\w/-])([A-ZĐ][A-Za-zĐđi]{1,3})\s{1,3}(?:[sS]ố\s{1,3})?\Z")
_ISSUING_BEFORE = re.compile(
    r"[nN]gày\s{1,3}(?P<date>(?P<day>[0-9]{1,2})(?P<by>[/-])(?P<month>[0-9]{1,2})(?P=by)(?P<year>[0-9]{4})(?P<rest>)"
    r"|(?P<wday>[0-9]{1,2})\s{1,3}tháng\s{1,3}(?P<wmonth>[0-9]{1,2})\s{1,3}năm\s{1,3}(?P<wyear>[0-9]{4})(?P<wrest>))"
    r"[^.;:0-9()]{3,220}\s(?:ban\s{1,3}hành|ký|có|ra)\s{1,3}\Z"
)

# «số 09-CV/VPTU, ngày 21/7/2025 của Văn phòng Tỉnh ủy, Đảng ủy xã ban hành»: such a day is of the symbol before it.
_SYMBOL_BEFORE = re.compile(r"[/-]\s?[A-ZĐ]\w{0,20}\s?[,(]?\s{0,3}\Z")
_LONGEST_TAIL = 28
_ISSUING_WORDS = ("hành", "ký", "có", "ra")
_LONGEST_LEAD = 270
_LONGEST_NUMBER = 5
_LONGEST_SYMBOL = 160
# Plain words are found many times faster than the pattern.
_STANDARD_BODIES = ("QCVN", "QCĐP", "TC", "ISO", "IEC")

# «QCVN 01-1:2018/BYT», «TCVN 6909:2001», «TCVN ISO 9001:2015», «ISO/IEC 17025:2017», «QCVN-02:2009/BYT».
_STANDARD = re.compile(
    r"(?<![A-Za-zĐ])(?P<body>QCVN|TCVN|QCĐP|TCXDVN|TCXD|TCCS|TCN|ISO|IEC)"
    r"(?P<more>(?:[ ]?[/-]?[ ]?(?:ISO|IEC|TS)){0,2})"
    r"[ \n\u2013-]{1,3}(?P<number>[0-9]{1,6}(?:[-–.][0-9]{1,3}){0,3})"
    r"(?P<year>\s?[:\-–]\s?(?:19|20)[0-9]{2})?"
    r"(?P<issuer>\s?/\s?[A-ZĐ]{2,10}(?:-[A-ZĐ]{2,10})?)?(?![0-9])"
)


def find_numbered(
    text: str, candidates: Iterable[tuple[int, int]], marks: Collection[int], reference: date | None
) -> Iterator[Found]:
    """Yield citations with number and symbol in reading order; ``candidates`` are the numbers before a symbol."""
    last: Found | None = None
    for match in _symbol_matches(text, candidates):
        number_start = match.start("number")
        listed = _listed_before(text, number_start)
        before = look_before(text, listed[0].start() if listed else number_start)
        if not _may_begin(text, number_start, before):
            continue
        symbol = read_symbol(match, before.type or _abbreviated(text, number_start))
        if symbol is None:
            continue
        behind = look_behind(text, symbol.end, marks, reference)
        if not _is_plausible(symbol, before, behind.date is not None):
            continue
        word = before.word_for(symbol.code)
        shared = (
            last if last is not None and before.has_sign and not before.words and _in_list(text, last, before) else None
        )
        found = Found(
            before.start,
            symbol.end,
            symbol.kind,
            symbol.number,
            symbol.text,
            symbol.code or before.type or (shared.type if shared else None),
            word or (shared.word if shared else None),
            behind.issuer,
            behind.date or _date_of_issuing(text, before.start, reference),
        )
        if listed and (before.words or before.has_sign):
            yield from _share_symbol(found, listed, number_start)
        else:
            yield found
        last = found


def _listed_before(text: str, start: int) -> list[re.Match[str]]:
    """Return the numbers that share the symbol behind the last one: «số 18, 19 và 20-NQ/TW»."""
    if text[max(0, start - 4) : start].rstrip()[-1:] not in _LIST_SIGNS:
        return []
    base = max(0, start - 48)
    lead = _LIST_BEFORE.search(text, base, start)
    return list(_LISTED.finditer(text, lead.start(), start)) if lead else []


def _share_symbol(found: Found, listed: list[re.Match[str]], number_start: int) -> Iterator[Found]:
    """Yield one citation for each number of a list; the words belong to the first, the date to the last."""
    tail = (found.symbol or "")[len(found.number or "") :]
    start = found.start
    for match in listed:
        number = match[1]
        start = start if match is listed[0] else match.start()
        yield found._replace(
            start=start, end=match.end(1), number=number, symbol=number + tail, printed_date=None, issuer=None
        )
    yield found._replace(start=number_start)


def _symbol_matches(text: str, candidates: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield the matches of both patterns in reading order; where they meet, the one that repairs the number counts."""
    scanned = [match for pattern in scanned_symbol_patterns() for match in pattern.finditer(text)]
    scanned.sort(key=re.Match.start)
    index = 0
    for match in _printed_symbols(text, candidates):
        start, end = match.start("number"), match.end()
        while index < len(scanned) and scanned[index].end() <= start:
            yield scanned[index]
            index += 1
        if index == len(scanned) or scanned[index].start("number") >= end:
            yield match
    yield from scanned[index:]


def _printed_symbols(text: str, candidates: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    pattern = symbol_pattern()
    done = 0
    for start, end in candidates:
        if start < done:
            continue
        if end - start <= _LONGEST_NUMBER:
            match = pattern.match(text, start)
        else:
            # Only the last digits of so long a number can be the number of a document.
            match = pattern.search(text, start, end + _LONGEST_SYMBOL)
            match = match if match and match.start() < end else None
        if match:
            done = match.end()
            yield match


def _may_begin(text: str, start: int, before: Before) -> bool:
    """Tell whether a number begins here, and not in the middle of another number or a word."""
    if start == 0:
        return True
    char = text[start - 1]
    if char.isalnum():
        return before.start < start and not char.isdigit()
    return char not in ".,/-–_" or before.start < start or not _is_digit(text, start - 2)


def _is_digit(text: str, at: int) -> bool:
    return at >= 0 and text[at].isdigit()


def _abbreviated(text: str, start: int) -> str | None:
    match = _ABBREVIATION_BEFORE.search(text, max(0, start - 16), start)
    return match[1] if match and match[1] in abbreviations() else None


def _is_plausible(symbol: Symbol, before: Before, has_date: bool) -> bool:
    if symbol.certain == 2:
        return True
    if symbol.certain == 1:
        if symbol.has_known_code:
            return bool(before.words) or before.has_sign or has_date
        return bool(before.words) or (before.has_sign and has_date)
    return bool(before.words) and before.has_sign


def _in_list(text: str, last: Found, before: Before) -> bool:
    gap = text[last.end : before.start]
    return len(gap) <= _LIST_REACH and _SENTENCE_END.search(gap) is None


def _date_of_issuing(text: str, start: int, reference: date | None) -> PrintedDate | None:
    """Return the date of «Ngày 12/01/2023, Ban Thường vụ ban hành Kế hoạch số …», which stands before the document."""
    if not text[max(0, start - 8) : start].rstrip().endswith(_ISSUING_WORDS):
        return None
    lead = _ISSUING_BEFORE.search(text, max(0, start - _LONGEST_LEAD), start)
    if lead is None or _SYMBOL_BEFORE.search(text, max(0, lead.start() - _LONGEST_TAIL), lead.start()):
        return None
    return read_date(lead, (), reference)


def find_standards(text: str) -> Iterator[Found]:
    """Yield technical standards and regulations; one without year or issuer counts only after its own body's name."""
    for match in matches_at(_STANDARD, text, places_of_any(text, _STANDARD_BODIES)):
        body = "".join((match["body"] + match["more"]).split())
        number = match["number"].replace("–", "-")
        year = match["year"]
        if not year and (number.endswith((".", "-")) or len(number) < 2):
            continue
        shown_year = "".join(year.split()).replace("–", "-") if year else ""
        issuer = "".join((match["issuer"] or "").split())
        text_of = f"{body}{number}{shown_year}{issuer}"
        yield Found(match.start(), match.end(), CitationKind.STANDARD, number, text_of, match["body"])
