"""«mười hai chi bộ, trong đó bảy chi bộ thôn, ba chi bộ trường học và hai chi bộ cơ quan»: sums in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.numbers import Number
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.model import Claim, ClaimKind

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VALUES = {word: value for value, word in enumerate(_DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5, "bẩy": 7}
_TEN = "mười"
_ONE = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
_LAST = f"{_ONE}|mốt|tư|lăm"
NUMBER_WORDS = rf"(?:(?:{_ONE}) mươi(?: (?:{_LAST}))?|{_TEN}(?: (?:{_LAST}))?|{_ONE})"
_NOUN = r"(?P<noun>[^\W\d_]+(?: [^\W\d_]+){0,3})"
_WHOLE = re.compile(
    rf"(?<!\w)(?:(?P<words>{NUMBER_WORDS})|(?P<digits>[0-9]{{1,3}})) {_NOUN}[^.;:()\n\d%]{{0,40}},? ?"
    r"(?P<intro>trong đó(?: có)?|gồm(?: có)?|bao gồm|chia ra):? \Z",
    re.IGNORECASE,
)
_INTRO = re.compile(r"(?:trong đó(?: có)?|gồm(?: có)?|bao gồm|chia ra):? ", re.IGNORECASE)
_PART = re.compile(
    rf"(?:có )?(?:(?P<words>{NUMBER_WORDS})|(?P<digits>[0-9]{{1,3}})) {_NOUN}[^.;:()\n\d%]*", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[,;] (?:và )?| và (?=[^,.;]{1,40})")
_ANCHORS = ("ồm", "ong đó", "hia ra")
_BEHIND_ANCHOR = (" ", ": ")
_LONGEST_INTRO = 12
_REACH = 140
_LONGEST_LIST = 400
_FEWEST = 2


def find_sums_in_words(passage: Passage) -> Iterator[Claim]:
    """Yield the sums of one flow of which some number is written in words."""
    text = passage.text
    anchors = [(at, at + len(anchor)) for anchor in _ANCHORS for at in passage.places(anchor)]
    for place, behind in sorted(anchors):
        if not text.startswith(_BEHIND_ANCHOR, behind):
            continue
        intro = _INTRO.search(text, max(0, place - _LONGEST_INTRO), place + _LONGEST_INTRO)
        if intro is None:
            continue
        end = passage.sentence_end(intro.end(), min(len(text), intro.end() + _LONGEST_LIST))
        parts = _parts(text, intro.end(), _without_stop(text, end))
        if len(parts) < _FEWEST:
            continue
        first = max(0, place - _REACH, text.rfind("\n", 0, place) + 1)
        whole = _last_whole(text, first, intro.end())
        if whole is None or all(item["words"] is None for item in (whole, *parts)):
            continue
        claim = _judge(passage, whole, parts)
        if claim is not None:
            yield claim


def _without_stop(text: str, end: int) -> int:
    while end and text[end - 1] in " .;!":
        end -= 1
    return end


def _last_whole(text: str, first: int, end: int) -> re.Match[str] | None:
    """Return the last number before the words that announce parts, with its noun."""
    found = None
    at = first
    while match := _WHOLE.search(text, at, end):
        found, at = match, match.start("noun")
    return found


def _parts(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the parts of a list; none where an item of it is something else."""
    found: list[re.Match[str]] = []
    at = start
    for stop in [*(separator.span() for separator in _SEPARATOR.finditer(text, start, end)), (end, end)]:
        part = _PART.fullmatch(text, at, stop[0])
        if part is None:
            # «ba chi bộ trường học và bệnh viện» goes on with the part before it.
            if found and not re.search(r"\d", text[at : stop[0]]) and " và " in text[at - 4 : at]:
                at = stop[1]
                continue
            return []
        found.append(part)
        at = stop[1]
    return found


def _judge(passage: Passage, whole: re.Match[str], parts: list[re.Match[str]]) -> Claim | None:
    total, values = _value(whole), [_value(part) for part in parts]
    together = sum(values)
    head = whole["noun"].lower().partition(" ")[0]
    are_alike = all(part["noun"].lower().partition(" ")[0] == head for part in parts)
    is_made_of = "rong đó" not in whole["intro"]
    is_pair = {part["noun"].lower().partition(" ")[0] for part in parts} == {"nam", "nữ"}
    if together != total:
        between = passage.text[whole.end("noun") : parts[-1].end()]
        is_sure = is_pair or (are_alike and (is_made_of or together > total))
        if not is_sure or leaves_out(between):
            return None
    elif not (are_alike or is_pair or is_made_of or len({_first(part) for part in parts}) == 1):
        return None
    holds = together == total
    said = " + ".join(map(str, values))
    explain = f"{said} = {together}, {'đúng như ' if holds else ''}văn bản ghi {_printed(whole)}"
    numbers = [Number(value, 1, str(value)) for value in (total, *values)]
    return passage.claim(whole.start(), parts[-1].end(), ClaimKind.SUM, numbers, holds, explain)


def _first(part: re.Match[str]) -> str:
    return part["noun"].lower().partition(" ")[0]


def _printed(match: re.Match[str]) -> str:
    return match["words"] or match["digits"]


def _value(match: re.Match[str]) -> int:
    """Return the value of «mười hai», «hai mươi lăm», «14»."""
    if match["digits"]:
        return int(match["digits"])
    return value_of_words(match["words"])


def value_of_words(shown: str) -> int:
    """Return the value of a number in words below a hundred."""
    words = shown.lower().split()
    if words[0] == _TEN:
        return 10 + (_VALUES[words[1]] if len(words) > 1 else 0)
    if len(words) == 1:
        return _VALUES[words[0]]
    return 10 * _VALUES[words[0]] + (_VALUES[words[2]] if len(words) > 2 else 0)
