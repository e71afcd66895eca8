"""Numbers and symbols as they are printed, and the one spelling that they stand for."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from giaoban.reader.citations.pieces import DASH, GAP, ISSUER_PART
from giaoban.reader.lexicon import Family, Issuer, canonical_code, canonical_issuer
from giaoban.reader.model import CitationKind

_SPACES = re.compile(r"\s+")
_DASHES = re.compile(DASH)
_TRAILING_DIGITS = re.compile(r"(?<![0-9])[0-9]+\Z")
# Issuers whose number belongs to the symbol: the National Assembly's term, a steering committee's name.
_NUMBERED = re.compile(r"(?:QH|UBTVQH|BCĐ|BCD)[0-9]+\Z")
# A State symbol that lost its hyphen on the way out of a .pdf: «61/2018/NĐCP», «2468/QĐUBND».
_GLUED = r"(?<=NĐ|QĐ|NQ|TT|CT|KH|BC|TB|Tr)(?=(?:CP|TTg|UBND|HĐND|VPCP|B[A-ZĐ]{2,7})(?![A-Za-zĐđ]))"
# How the codes of joint papers end: «NQLT», «TTLN», «QCPH».
_JOINT = ("LT", "LN", "PH")
# «Quyết định 327/CT»: of the Chairman of the Council of Ministers.
_OLD_ISSUERS = ("CP", "CT", "TTg", "HĐBT", "SL")
# What scanning makes of digits, where only digits can stand.
_DIGITS = str.maketrans("lIi|OoSsBZz", "1111005582" + "2")


class Symbol(NamedTuple):
    """A number and symbol that was read. ``certain`` counts its known parts: code, issuer (0 to 2)."""

    start: int
    end: int
    number: str
    text: str
    code: str | None
    kind: CitationKind
    certain: int
    has_known_code: bool = True


@cache
def symbol_pattern() -> re.Pattern[str]:
    """Take «12-NQ/TU», «128/NQ-\\nHĐND», «140/2017/NĐ-CP», «68/2022/QH15», «1234/UBND-KT», «16- CT/TU», «12 NQ/TU»."""
    return re.compile(_body(r"[0-9]{1,5}(?:[a-e](?=\s?[-/]))?"))


@cache
def scanned_symbol_patterns() -> tuple[re.Pattern[str], ...]:
    """Take a number that scanning has turned into letters, after «số» only: «số ll-QĐi/TW», «số O5-NQ/TU».

    There is one for each first letter: the engine looks for one letter eight times as fast as for a set of them.
    """
    body = _body(r"(?=[0-9]{0,4}[lIOo|SBZ])[0-9lIOo|SBZ]{1,5}")
    return tuple(re.compile(rf"{letter}[ốôổ]\s{{1,3}}{body}") for letter in "sS")


def _body(number: str) -> str:
    # «C.II», «UBND.NN»: the division of a department; «T W», «T\V»: what scanning has made of «TW».
    part = rf"{ISSUER_PART}(?:{DASH}[ ]?{ISSUER_PART}(?![a-zà-ỹ])){{0,3}}"
    chain = rf"(?:T(?:[ ][WU]|\\V)(?![A-Za-zĐđÀ-ỹ])|{part}(?:\.(?:[IVX]{{1,4}}|[A-ZĐ]{{2,6}})(?![A-Za-zĐđÀ-ỹ]))?)"
    return rf"""(?x:
        (?P<number>{number})
        (?P<first>{GAP}[-–—−/._]{GAP}|\s{{1,6}}|)
        (?:(?P<year>(?:19|20|2[Oo])[0-9lOo]{{2}}){GAP}(?P<after_year>[/-]){GAP})?
        (?:
            (?P<assembly>(?:QH|UBTVQH)\s?[0-9]{{1,2}})(?![0-9A-Za-z])
          | (?P<code>[A-ZĐ][A-Za-zĐđ&0]{{0,9}})
            (?P<second>{GAP}[-–—−/._]{GAP}|(?<=[A-ZĐ])[ ](?=[A-ZĐ]{{2}})|{_GLUED})
            (?P<issuer>{chain})
          | (?P<single>CP|CT|TTg|HĐBT|SL|UBND|VPCP|[SB][A-ZĐ]{{2,7}})(?![0-9A-Za-zĐđ]|\s?[-–/])
        ))"""


def read_symbol(match: re.Match[str], word_type: str | None) -> Symbol | None:
    """Return the symbol behind a match of one of the patterns; None where it is something else that looks like one.

    Args:
        word_type: the code of the word before it («Nghị quyết» -> NQ), which lends certainty; None without a word.
    """
    printed = match["number"]
    number = printed if printed.isdecimal() else printed.translate(_DIGITS)
    start, end = match.span("number")[0], match.end()
    if match["assembly"]:
        if match["first"].strip() != "/" or not match["year"]:
            return None
        text = f"{number}/{_year(match)}/{_squeeze(match['assembly'])}"
        return Symbol(start, end, number, text, None, CitationKind.STATE, 2)
    if match["single"]:
        if word_type is None or match["year"] or match["first"].strip() not in ("/", "-", "–"):
            return None
        if match["single"] == "CT" and word_type not in ("QĐ", "CT"):
            return None
        if match["single"] not in _OLD_ISSUERS and (word_type != "CV" or canonical_issuer(match["single"]) is None):
            # «Công văn số 197/STTTT» names the department and no more.
            return None
        separator = _DASHES.sub("-", match["first"].strip())
        return Symbol(start, end, number, f"{number}{separator}{match['single']}", None, CitationKind.STATE, 1)
    return _with_code(match, number)


def _with_code(match: re.Match[str], number: str) -> Symbol | None:
    known = _behind_number(*match.group("first", "year", "code", "second", "issuer"))
    if known is None:
        return None
    rest, code, kind, certain, has_known_code = known
    span = match.start("number"), match.end("issuer")
    return Symbol(*span, number, number + rest, code, kind, certain, has_known_code)


@lru_cache(maxsize=1 << 12)
def _behind_number(
    before_code: str, year: str | None, printed_code: str, before_issuer: str, printed_issuer: str
) -> tuple[str, str, CitationKind, int, bool] | None:
    """Return what stands behind the number as it should be written, the code, whose it is, how many of its parts are
    known, and whether the code is; an office's texts print few different ones."""
    first, second = before_code.strip(), before_issuer.strip()
    if not (first or second):
        return None
    parts = [_known_part(part) for part in _DASHES.split(_SPACES.sub("", printed_issuer).replace("\\V", "W"))]
    shown_issuer = "-".join(shown for shown, _ in parts)
    code = canonical_code(printed_code)
    if code is None and before_code.endswith((". ", ".\n")):
        # «Quy định số 69. IV. YÊU CẦU»: a full stop, and the next heading.
        return None
    if code is None and first == "/" and _DASHES.fullmatch(second):
        # A State letter has no code: «1234/UBND-KT» names the issuer and the department that wrote it.
        writer = canonical_issuer(printed_code)
        if writer is not None:
            return f"/{writer.symbol}-{shown_issuer}", "CV", CitationKind.STATE, 1, True
    issuer = next((known for _, known in parts if known is not None), None)
    certain = (code is not None) + (issuer is not None)
    if second == "." and issuer is None and before_issuer != second:
        # «phụ lục số 02/PL. Đợt 1»: a full stop, and the next sentence.
        return None
    if certain < 2 and not (first and second):
        return None
    kind = _kind(year is not None, issuer, first)
    # Papers of several bodies print a second stroke: «19/2008/NQLT/CP-UBTWMTTQ», «01/QCPH/UBND-UBMTTQ».
    is_joint = first == second == "/" and printed_code.endswith(_JOINT)
    first, second = (first, second) if is_joint else _separators(first, second, kind)
    head = f"/{year.translate(_DIGITS)}/" if year else first
    shown_code = code or printed_code
    if year and not is_joint:
        second = "-"
    return f"{head}{shown_code}{second}{shown_issuer}", shown_code, kind, certain, code is not None


@lru_cache(maxsize=1 << 12)
def _known_part(printed: str) -> tuple[str, Issuer | None]:
    """Return the spelling of an issuer's part and what is known of it; a footnote's mark at its end goes."""
    bare = _TRAILING_DIGITS.sub("", printed)
    issuer = canonical_issuer(bare)
    kept = printed[len(bare) :] if _NUMBERED.match(printed) else ""
    return (issuer.symbol if issuer else bare) + kept, issuer


def _kind(has_year: bool, issuer: Issuer | None, first: str) -> CitationKind:
    if has_year:
        return CitationKind.STATE
    if issuer is not None and issuer.families == {Family.PARTY}:
        return CitationKind.PARTY
    if issuer is not None and issuer.families == {Family.STATE}:
        return CitationKind.STATE
    return CitationKind.STATE if first == "/" else CitationKind.PARTY


def _year(match: re.Match[str]) -> str:
    return match["year"].translate(_DIGITS)


def _separators(first: str, second: str, kind: CitationKind) -> tuple[str, str]:
    """Return the separators as printed; a missing or impossible one becomes what the family of the issuer writes."""
    usual = ("-", "/") if kind is CitationKind.PARTY else ("/", "-")
    shown = tuple("-" if _DASHES.fullmatch(printed) else printed for printed in (first, second))
    if shown in (("-", "/"), ("/", "-")):
        return shown[0], shown[1]
    return usual


def _squeeze(text: str) -> str:
    return _SPACES.sub("", text)
