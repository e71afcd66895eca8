"""Documents known by the meeting that passed them: «Nghị quyết Trung ương 4 (khóa XII)», «Nghị quyết Đại hội XIII».

Taken are decisions of a numbered plenum of the Central Committee and of a congress whose number is printed: these name
one document. «Nghị quyết Đại hội Đảng các cấp» names many, «Luật Đất đai» is a statute by its name: both stay silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.citations.found import Found
from giaoban.reader.citations.pieces import BLANK, GAP, ROMAN, fold, folded_words, spelled, with_any_marks
from giaoban.reader.lexicon import by_word
from giaoban.reader.model import CitationKind
from giaoban.reader.places import matches_at, places_of_any

_KINDS = ("nghị quyết", "kết luận", "chỉ thị", "quy định", "văn kiện", "thông báo")
# Scanning loses marks: «Nghị quyêt Trung ương 2». No other word of these letters stands before a plenum.
_KIND = f"(?:{'|'.join(with_any_marks(spelled(word)) for word in _KINDS)}|NQ|KL)"
_KIND_LIST = rf"(?P<kind>{_KIND})(?:{GAP}(?:,|và|;){GAP}{_KIND}){{0,2}}"
_CENTRAL = r"(?:[tT]rung\s{1,3}ương|TRUNG\s{1,3}ƯƠNG|BCHTW|BCHTƯ|BCH\s?TW|TW|TƯ|T\.Ư)"
_MEETING = rf"(?:{spelled('hội nghị')})"
_ORDINAL_WORD = "(?:nhất|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười(?:\\s(?:một|hai|ba|bốn|lăm))?|[0-9]{1,2})"
_NTH = rf"(?i:lần{BLANK}thứ{BLANK}(?P<nth>{_ORDINAL_WORD}))"
_COMMITTEE = rf"(?:{spelled('ban chấp hành')}|BCH)"
_NUMBERS = (
    rf"(?P<numbers>[0-9]{{1,2}}(?:{GAP}(?:,|và|;){GAP}(?:{_CENTRAL}{BLANK})?[0-9]{{1,2}}(?![0-9/])){{0,5}})(?![0-9/.])"
)
_TERM = r"kh[oó][aá]"
_MORE_TERMS = rf"(?:{GAP}(?:,|và|;){GAP}(?:{_TERM}{BLANK})?{ROMAN}(?![\wÀ-ỹ])){{0,4}}"
_TERMS = rf"{_TERM}{BLANK}(?P<terms>{ROMAN}{_MORE_TERMS})(?![\wÀ-ỹ])"
_TERM_BEHIND = rf"(?:{GAP},?{GAP}(?P<open>\()?{GAP}(?i:{_TERMS})(?(open){GAP}\)))?"
_OF = rf"(?:(?:của|tại){BLANK})?"

# Both begin at a rare word and look back from there; to search for the kind first would cost ten times as much.
_PLENUM = re.compile(rf"{_CENTRAL}(?:{BLANK}(?:[Đđ]ảng|ĐẢNG))?{GAP}(?:{_NUMBERS})?{_TERM_BEHIND}")
_PLENUM_LEAD = re.compile(
    rf"{_KIND_LIST}{BLANK}{_OF}(?:(?P<meeting>{_MEETING}){BLANK}(?:{_NTH}{BLANK})?)?(?:,{GAP})?{_OF}(?:{_COMMITTEE}{BLANK})?\Z"
)
_CONGRESS = re.compile(
    rf"(?:[đĐ]ại\s{{1,3}}hội|ĐẠI\s{{1,3}}HỘI)(?P<body>(?:{BLANK}(?!lần\b|nhiệm\b)[^\W\d_]{{1,12}}){{0,14}}?){BLANK}"
    rf"(?:(?:lần{BLANK}thứ|LẦN{BLANK}THỨ){BLANK})?(?P<nth>{ROMAN})(?![\wÀ-ỹ])"
    rf"(?P<of>(?:{BLANK}của)?{BLANK}(?:Đảng{BLANK}bộ(?:{BLANK}(?:tỉnh|[Kk]hối|thành{BLANK}phố|huyện|xã|phường))?|Đảng)(?![\wÀ-ỹ]))?"
)
_CONGRESS_LEAD = re.compile(rf"{_KIND_LIST}{BLANK}{_OF}(?:[cC]ác{BLANK})?\Z")
_REACH = 140
# Where the patterns may begin.
_CENTRAL_WORDS = ("trung", "Trung", "TRUNG", "BCH", "TW", "TƯ", "T.Ư")
_CONGRESS_WORDS = ("đại", "Đại", "ĐẠI")
_ROMANS = {"xm": "XIII", "xin": "XIII", "xn": "XII", "xi": "XI", "xii": "XII", "xiii": "XIII", "xiv": "XIV"}
_NTHS = {"nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}


def find_unnumbered(text: str) -> Iterator[Found]:
    """Yield documents named by plenum or congress, each kind in reading order."""
    for match in matches_at(_PLENUM, text, places_of_any(text, _CENTRAL_WORDS)):
        if match["numbers"] is None and match["terms"] is None:
            continue
        lead = _PLENUM_LEAD.search(text, max(0, match.start() - _REACH), match.start())
        if lead is None:
            continue
        nth = match["numbers"] or (lead["nth"] if lead["meeting"] else None)
        if nth is None:
            continue
        yield _found(lead, match, "plenum", nth, match["terms"])
    for match in matches_at(_CONGRESS, text, places_of_any(text, _CONGRESS_WORDS)):
        lead = _CONGRESS_LEAD.search(text, max(0, match.start() - _REACH), match.start())
        if lead is not None:
            body = f"{match['body']} {match['of'] or ''}"
            yield _found(lead, match, f"congress {_essential(body)}", match["nth"], None)


def _found(lead: re.Match[str], match: re.Match[str], meeting: str, nth: str, terms: str | None) -> Found:
    word = " ".join(lead["kind"].lower().split())
    word = {"nq": "nghị quyết", "kl": "kết luận"}.get(word) or folded_words().get(fold(word), word)
    kind = by_word().get(word)
    numbers = ",".join(map(_number, re.findall(r"[0-9]+", nth) or [nth]))
    key = f"{word}|{meeting}|{numbers}|{_roman_list(terms)}"
    end = match.end()
    return Found(lead.start("kind"), end, CitationKind.UNNUMBERED, type=kind.code if kind else None, word=word, key=key)


def _number(printed: str) -> str:
    lower = printed.lower()
    return str(_NTHS.get(lower) or _ROMANS.get(lower, printed.upper()))


def _roman_list(terms: str | None) -> str:
    found = [part for part in re.findall(r"[A-Za-z]+", terms or "") if re.fullmatch(ROMAN, part)]
    return ",".join(_number(part) for part in found)


def _essential(body: str) -> str:
    """Return what tells one congress from another: «đại biểu toàn quốc», «của Đảng» mean the Party's own.

    A province and a bloc have one committee each: «Đảng bộ Khối các cơ quan tỉnh» is «Đảng bộ Khối».
    """
    dropped = {"dai", "bieu", "toan", "quoc", "cua", "dang", "cong", "san", "viet", "nam"}
    words = [word for word in fold(body).split() if word not in dropped]
    return " ".join(words[:2] if words[1:2] in (["tinh"], ["khoi"]) else words)
