"""«Quý I tuyển 128 lao động, quý II tuyển 152 lao động, tăng 18,8%», «năm nay đạt 156 triệu đồng, năm ngoái 142 triệu
đồng, tăng 9,9%», «giảm 5 vụ (46/51 vụ)»: two values that each name their time, in either order, and what lies between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.base.subject import Amount, amount_of, subject_before
from giaoban.reader.claims.changes.change import Change, are_of_one, change_holds, explain_change
from giaoban.reader.model import Claim, ClaimKind

_STEP = re.compile(
    r"(?:, ?|; ?| ?\()(?:tức |như vậy |hay )?(?:đã )?(?P<way>tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)"
    r"(?: thêm| được| đi| là)? \Z"
)
_LONGEST_STEP = 34
_FALLS = ("giảm", "thấp hơn", "ít hơn")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# A time with how late it is: by its number where it has one, else before or now.
_TIME = re.compile(
    r"(?<!\w)(?:quý (?P<quarter>IV|I{1,3}|[1-4])(?!\w)(?:/(?P<of>\d{4}))?|tháng (?P<month>\d{1,2})(?:/(?P<in>\d{4}))?"
    r"|(?:vụ |khóa |niên vụ )?năm (?P<year>(?:19|20)\d{2})|6 tháng (?P<half>đầu|cuối) năm"
    r"|(?P<before>(?:cùng kỳ|(?:năm|quý|tháng|kỳ|tuần|vụ|khóa|đợt|nhiệm kỳ) (?:trước|ngoái)|đầu (?:năm|kỳ|nhiệm kỳ)))"
    r"|(?P<now>(?:năm|quý|tháng|kỳ|tuần|vụ|khóa|đợt|nhiệm kỳ) này|năm nay|hiện nay|hiện|đến nay"
    r"|cuối (?:năm|kỳ|nhiệm kỳ)))(?!\w)",
    re.IGNORECASE,
)
# What ends a clause: a time before it tells nothing of a number behind it.
_BREAK = re.compile(r"[.;:](?=\s)")
_LEAD = re.compile(r"[^.;\d%]{0,60}\Z")
_TIME_BEHIND = re.compile(r" (?:[^\W\d]+ ){0,3}(?:của |trong |ở )(?P<time>[^.;,()%]{5,20})")
_GAP = re.compile(r"[^.;:()%]{0,90}[,;(][^.;()%]{0,60}\Z")
_BEHIND_VALUE = re.compile(r"[^.;:,()\n\d%]{0,50}\Z")
_ENDS = re.compile(
    r"(?P<words>(?: (?!so )[^\W\d]+){0,4})\s?(?:[.;)\n,]|\Z|so với (?P<base>[^.;,()\n%]{3,22}?)(?:[.;,)\n]|\Z))"
)
_OTHER = re.compile(r"kế hoạch|chỉ tiêu|dự toán|trong đó|riêng|gồm|bình quân|lũy kế|luỹ kế", re.IGNORECASE)
_REACH = 170
_NEAR = 5
_PAIR = 2
_NO_VERB = re.compile(
    r"\b(?:là|đạt|có|chỉ|được|đã|xảy ra|toàn [^\W\d]+|cả [^\W\d]+|trên địa bàn)\b|\d[\d.,]*.*", re.IGNORECASE
)
_NOW = ("said", 0, 1)
_TOLD_BASE = re.compile(r"[,;(] ?(?P<time>[^.;:,()%]{5,30}?)(?: (?:là|đạt|có|chỉ|chỉ đạt|thu|xuất))? \Z")
_SHORT = 60
_BEFORE = {"quarter": "quý trước", "month": "tháng trước", "year": "năm trước"}
_BRACKET = re.compile(r" (?P<noun>[^.;,()\n\d%]{1,40}) ?\(\Z|(?P<rate>) ?\(\Z")
_CHANGED = re.compile(r"(?P<way>[tT]ăng|[gG]iảm)(?: thêm| được| đi)? \Z")
_CLOSES = re.compile(r" ?[^.;,()\n\d%]{0,30}\)")

Time = tuple[str, int, int]


def find_periods(passage: Passage) -> Iterator[Claim]:
    """Yield such changes of one flow that no other finder has told of."""
    text = passage.text
    for index, said in enumerate(passage.tokens):
        if said.start in passage.told or not said.is_exact or said.kind is TokenKind.FRACTION:
            continue
        # Words are found many times faster than the patterns.
        lead = text[max(0, said.start - _LONGEST_STEP) : said.start]
        if not ("ăng " in lead or "iảm " in lead or " hơn " in lead):
            continue
        claim = _beside(passage, index) or (_between(passage, index) or _since(passage, index) if index > 1 else None)
        if claim is not None:
            yield claim


def _beside(passage: Passage, index: int) -> Claim | None:
    """Read «giảm 5 vụ (46/51 vụ)», «tăng 12,2% (46/41 vụ)»: now over then in the bracket."""
    said, text = passage.tokens[index], passage.text
    pair = passage.tokens[index + 1] if index + 1 < len(passage.tokens) else None
    if pair is None or pair.kind is not TokenKind.FRACTION or pair.second is None or pair.start - said.end > 60:
        return None
    way = _CHANGED.search(text, max(0, said.start - _LONGEST_STEP), said.start)
    if way is None or not _BRACKET.fullmatch(text, said.end, pair.start) or not _CLOSES.match(text, pair.end):
        return None
    falls = way["way"].lower() == "giảm"
    now, then = pair.number, pair.second
    moved = passage.noun(said)
    if falls != (now.value < then.value) or now.is_doubtful or then.is_doubtful or moved.kind is Kind.SPAN:
        return None
    noun = moved if said.kind is TokenKind.COUNT else passage.noun(pair)
    if noun.is_measure:
        return None
    value = Amount(Token(TokenKind.COUNT, pair.start, pair.end, now), noun)
    base = Amount(Token(TokenKind.COUNT, pair.start, pair.end, then), noun)
    step = Amount(said, noun) if said.kind is TokenKind.COUNT else None
    change = Change(value, base, step, None if step else said, falls, 0, 0)
    holds = change_holds(change)
    if holds is None or (not holds and not _is_near(change)):
        return None
    return passage.claim(
        said.start, pair.end, ClaimKind.GROWTH, change.numbers(), holds, explain_change(change, holds=holds)
    )


def _between(passage: Passage, index: int) -> Claim | None:
    said, text = passage.tokens[index], passage.text
    before = [token for token in passage.tokens[max(0, index - 4) : index] if passage.noun(token).kind is not Kind.SPAN]
    if len(before) < _PAIR:
        return None
    first, second = before[-_PAIR:]
    are_alike = first.kind is second.kind and first.kind in (TokenKind.COUNT, TokenKind.PERCENT)
    if not are_alike or not (first.is_exact and second.is_exact) or said.start - first.end > _REACH:
        return None
    step = _STEP.search(text, max(second.end, said.start - _LONGEST_STEP), said.start)
    if step is None or not _BEHIND_VALUE.match(text, second.end, step.start()):
        return None
    between = text[first.end : second.start]
    if _OTHER.search(between) or "\n" in between or not _GAP.match(between):
        return None
    one, two = _time_of_first(passage, first), _last_time(between)
    behind = _TIME_BEHIND.match(between)
    if behind is not None and (told := _TIME.match(behind["time"])) is not None:
        one = _time(told)
        two = _last_time(between[behind.start("time") + told.end() :])
    if one is None or two is None or not _are_comparable(one, two):
        return None
    earlier, later = amount_of(passage, first), amount_of(passage, second)
    named = {amount.noun.head.partition(" ")[0] for amount in (earlier, later)}
    if len(named) != 1 or earlier.noun.scale != later.noun.scale:
        return None
    ends = _ENDS.match(text, said.end)
    if ends is None or (ends["words"] and said.kind is TokenKind.PERCENT):
        return None
    if ends["base"] and not _names_base(ends["base"], min(one, two, key=_rank)):
        return None
    verbs = sorted((_verb(text[max(0, first.start - _SHORT) : first.start]), _verb(between)), key=len)
    if not verbs[1].endswith(verbs[0]):
        return None
    value, base = (later, earlier) if _rank(one) < _rank(two) else (earlier, later)
    return _judge(passage, said, value, base, falls=step["way"] in _FALLS, start=first.start)


def _since(passage: Passage, index: int) -> Claim | None:
    """Read «1.840 ha, đạt 96% kế hoạch (1.900 ha), năm 2022 là 1.712 ha, tăng 7,5%»: what has no time of its own is of
    now."""
    said, base, text = passage.tokens[index], passage.tokens[index - 1], passage.text
    if base.kind is not TokenKind.COUNT or not base.is_exact or said.start - base.end > _LONGEST_STEP + _SHORT:
        return None
    step = _STEP.search(text, max(base.end, said.start - _LONGEST_STEP), said.start)
    told = _TOLD_BASE.search(text, max(0, base.start - _SHORT), base.start)
    if step is None or told is None or not _BEHIND_VALUE.match(text, base.end, step.start()):
        return None
    time = _TIME.match(told["time"])
    ends = _ENDS.match(text, said.end)
    if time is None or _time(time) == _NOW or ends is None or ends["base"]:
        return None
    if ends["words"] and said.kind is TokenKind.PERCENT:
        return None
    earlier = amount_of(passage, base)
    found = subject_before(passage, told.start(), earlier.noun)
    if found is None or not found[1] or not found[0].is_exact or found[0].token.kind is not TokenKind.COUNT:
        return None
    value = found[0]
    is_alike = value.noun.head.partition(" ")[0] == earlier.noun.head.partition(" ")[0] != ""
    if not is_alike or value.noun.scale != earlier.noun.scale or earlier.noun.kind is Kind.SPAN:
        return None
    lead = text[max(0, value.token.start - _SHORT) : value.token.start]
    lead = _BREAK.split(lead)[-1].rpartition("\n")[2]
    if _last_time(lead) is not None or _OTHER.search(lead):
        return None
    done = _verb(told["time"])
    if done and done not in lead.lower():
        # «Xuất khẩu 45 tấn, năm 2022 nhập khẩu 30 tấn».
        return None
    return _judge(passage, said, value, earlier, falls=step["way"] in _FALLS, start=value.token.start)


def _verb(words: str) -> str:
    """Return what was done at the last time that some words name: «kết nạp» of «năm 2022 kết nạp được»."""
    times = list(_TIME.finditer(words))
    if not times:
        return ""
    return _NO_VERB.sub(" ", words[times[-1].end() :]).strip(" ,:(").lower()


def _judge(passage: Passage, said: Token, value: Amount, base: Amount, *, falls: bool, start: int) -> Claim | None:
    moved = passage.noun(said)
    is_rate = value.token.kind is TokenKind.PERCENT
    if said.kind is TokenKind.COUNT:
        if is_rate or not may_add_up(value.noun, moved):
            return None
        if moved.scale != value.noun.scale:
            return None
        difference, percent = Amount(said, value.noun), None
    elif is_rate:
        return None
    else:
        difference, percent = None, said
    change = Change(value, base, difference, percent, falls, 0, 0)
    holds = change_holds(change)
    if holds is None or (not holds and not (are_of_one(value, base) and _is_near(change))):
        return None
    explain = explain_change(change, holds=holds)
    return passage.claim(start, said.end, ClaimKind.GROWTH, change.numbers(), holds, explain)


def _is_near(change: Change) -> bool:
    """Tell whether a change that does not fit comes near: what is farther off is read wrongly."""
    assert change.base is not None
    value, base = (Fraction(amount.token.number.value) for amount in (change.value, change.base))
    if not base:
        return False
    if change.percent is not None:
        moved, said = abs(value - base) * 100 / base, Fraction(change.percent.number.value)
    else:
        assert change.difference is not None
        moved, said = abs(value - base), Fraction(change.difference.token.number.value)
    goes = (value < base) == change.falls and value != base
    return goes and abs(moved - said) <= max(Fraction(_NEAR), moved * 3 / 5)


def _time_of_first(passage: Passage, token: Token) -> Time | None:
    begin = max(0, token.start - _REACH)
    lead = passage.text[begin : token.start]
    ends = [match.end() for match in _BREAK.finditer(lead)]
    lead = lead[max(ends[-1] if ends else 0, lead.rfind("\n") + 1) :]
    return _last_time(lead)


def _last_time(words: str) -> Time | None:
    found = list(_TIME.finditer(words))[-1:]
    if not found or not _LEAD.match(words, found[0].end()):
        return None
    return _time(found[0])


def _time(match: re.Match[str]) -> Time:
    """Return the scale of a time, its year (0: not said) and its place on the scale."""
    if match["before"] or match["now"]:
        return ("said", 0, 0 if match["before"] else 1)
    if match["half"]:
        return ("half", 0, 0 if match["half"].lower() == "đầu" else 1)
    if match["quarter"]:
        number = _ROMAN.get(match["quarter"].lower()) or int(match["quarter"])
        return ("quarter", int(match["of"] or 0), number)
    if match["month"]:
        return ("month", int(match["in"] or 0), int(match["month"]))
    return ("year", int(match["year"]), 0)


def _rank(time: Time) -> tuple[int, int]:
    return time[1:]


def _are_comparable(one: Time, two: Time) -> bool:
    """Tell whether two times lie on one scale, both with a year or both without, and are not the same."""
    return one[0] == two[0] and bool(one[1]) == bool(two[1]) and one != two


def _names_base(words: str, base: Time) -> bool:
    """Tell whether «so với quý I» names the earlier time; «so với năm trước» behind two years does too, and «so với
    cùng kỳ» behind two quarters does not."""
    told = _TIME.search(words)
    if told is None:
        return False
    return _time(told) == base or words.lower().startswith(_BEFORE.get(base[0], "?"))
