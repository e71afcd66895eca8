"""What is left and what is lacking: «Biên chế giao 64, hiện có 58, còn thiếu 6», «dư đầu kỳ 412, thu 1.286, chi 1.315,
dư cuối kỳ 383», «nữ 121; chính thức 194, dự bị 9»: numbers whose words say how they make each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import NO_NOUN, Kind, Noun, may_add_up
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind
from giaoban.reader.claims.base.partition import are_opposites, leaves_out
from giaoban.reader.claims.base.parts import Part, make_up, value_of
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.signed import sign_of
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim, ClaimKind

_LACKS = re.compile(r"(?:còn |hiện )?(?P<way>thiếu|dư|thừa)(?: là)?:? \Z")
_HAS = re.compile(
    r"(?:(?:hiện|thực|đã|đang|hiện nay|nay) (?:có(?: mặt)?|bố trí|tuyển(?: dụng)?(?: được)?|sử dụng)|có mặt|tuyển được)"
    r"(?: là)?:? \Z"
)
_MEANT = re.compile(
    r"(?:giao|được giao|kế hoạch|chỉ tiêu|định biên|định mức|biên chế|nhu cầu|quy định|cần|phải có|yêu cầu)"
    r"(?: là| có| tuyển| bố trí)?:? \Z",
    re.IGNORECASE,
)
_OF_WHOM = r"(?:,? (?:toàn [^\W\d]{1,7}(?: bộ)?|đảng bộ|chi bộ|tỉnh|huyện|xã|phường|trường|hội|đơn vị|cơ quan))?"
_CLOSES = re.compile(
    r"(?:còn lại|kết dư|hiện còn|tồn quỹ)(?: là)?:? \Z"
    r"|(?:(?:dư|tồn|còn)(?: lại)? (?:đến )?)?cuối (?:kỳ|năm|tháng|quý)"
    rf"{_OF_WHOM}(?: là| còn| có)?:? \Z",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:đầu (?:kỳ|năm|tháng|quý)|kỳ trước chuyển sang)"
    rf"{_OF_WHOM}(?: là| có| còn| tồn| dư)?:? \Z",
    re.IGNORECASE,
)
_MOST_STEPS, _MOST_NUMBERS = 8, 32
_NET = re.compile(
    r"[,;.] (?P<all>[^.;,()\d%]{0,48})(?:thực |ròng )?(?P<way>[tT]ăng|[gG]iảm)(?: thêm| thực| ròng| được)?:? \Z"
)
_ALL_OF_THEM = re.compile(r"\b(?:toàn|tổng|như vậy|số|so với|thực)\b", re.IGNORECASE)
# What is done with cases moves nobody; «tăng», «giảm» are changes of their own.
_NO_MOVE = re.compile(r"thụ lý|giải quyết|phát sinh|tăng|giảm|\bthu\b|\bchi\b")
_NETS = tuple(f"{way}{more} " for way in ("ăng", "iảm") for more in ("", " thêm", " thực", " ròng", " được", ":"))
_FEWEST_STEPS = 3
_OF_ALL = re.compile(r"[^.;,:()\n\d%]{0,40} (?:trên|trong) tổng (?:số )?")
_SIGN = re.compile(r"[.,;:()\n\d%]")
_LONGEST_LEAD = 44
_LONGEST_WORDS = 60
_REACH, _FAR_REACH = 240, 420
_FEW_OFF = 10
_TURN = re.compile(r"\b(?:đợt|lần|giai đoạn|vòng|kỳ|học kỳ) ([1-9]) ?: ?\Z", re.IGNORECASE)
_FEWEST_TURNS = 2


def find_balances(passage: Passage) -> Iterator[Claim]:
    """Yield such statements of one flow."""
    text = passage.text
    for index, token in enumerate(passage.tokens):
        if token.kind is not TokenKind.COUNT or not token.is_exact or token.start in passage.summed or not index:
            continue
        lead = text[max(0, token.start - _LONGEST_LEAD) : token.start]
        claim = None
        # Words are found many times faster than the patterns.
        if "cuối " in lead or "còn" in lead or " tồn quỹ" in lead or "kết dư" in lead:
            claim = _closing(passage, index, lead)
        if claim is None and ("thiếu" in lead or " dư " in lead or " thừa " in lead):
            claim = _lacking(passage, index, lead)
        if claim is None and text.endswith(_NETS, 0, token.start):
            claim = _net(passage, index, lead)
        claim = claim or _opposites(passage, index) or _series(passage, index)
        if claim is not None:
            yield claim


def _counts(passage: Passage, tokens: list[Token], reach: int = _REACH, *, may_stop: bool = False) -> list[Noun] | None:
    """Return the nouns of exact counts of one sentence, or of one line, that are of one thing; None where they are
    not."""
    if any(token.kind is not TokenKind.COUNT or not token.is_exact for token in tokens):
        return None
    first, last = tokens[0], tokens[-1]
    if last.start - first.end > reach or "\n" in passage.text[first.end : last.start]:
        return None
    if not may_stop and passage.sentence_end(first.end, last.start) < last.start:
        return None
    nouns = [passage.noun(token) for token in tokens]
    named = [noun for noun in nouns if noun.head or noun.is_measure]
    if any(noun.kind is Kind.SPAN for noun in nouns):
        return None
    if any(not may_add_up(one, other) or one.scale != other.scale for one in named for other in named):
        return None
    measured = [noun for noun in nouns if noun.is_measure]
    return (
        None
        if measured and len(measured) < len(nouns)
        else [noun if noun.head else (named or [NO_NOUN])[0] for noun in nouns]
    )


def _lead(passage: Passage, token: Token, pattern: re.Pattern[str]) -> bool:
    return pattern.search(passage.text, max(0, token.start - _LONGEST_LEAD), token.start) is not None


def _lacking(passage: Passage, index: int, lead: str) -> Claim | None:
    """Read «Biên chế giao 64, hiện có mặt 58, còn thiếu 6»."""
    if index < 2:
        return None
    lacks = _LACKS.search(lead)
    meant, has, rest = passage.tokens[index - 2 : index + 1]
    if lacks is None or not _lead(passage, has, _HAS) or not _lead(passage, meant, _MEANT):
        return None
    nouns = _counts(passage, [meant, has, rest])
    if nouns is None or leaves_out(passage.text[meant.end : rest.end]):
        return None
    sign = 1 if lacks["way"] == "thiếu" else -1
    values = [value_of(token, noun) for token, noun in zip((meant, has, rest), nouns, strict=True)]
    left = values[0] - values[1] if sign > 0 else values[1] - values[0]
    first, second = (meant, has) if sign > 0 else (has, meant)
    return _claim(
        passage, [meant, has, rest], left.meets(values[2]), f"{first.number.text} - {second.number.text}", rest
    )


def _closing(passage: Passage, index: int, lead: str) -> Claim | None:
    """Read «số dư đầu kỳ 412 triệu đồng, thu 1.286 triệu đồng, chi 1.315 triệu đồng, số dư cuối kỳ 383 triệu đồng»,
    «đầu năm 86 hộ nghèo, thoát nghèo 31 hộ, phát sinh 4 hộ, cuối năm còn 59 hộ»."""
    if not _CLOSES.search(lead):
        return None
    steps = _outside_brackets(passage, index)
    for first in range(2, len(steps)):
        tokens = steps[first::-1]
        if not _lead(passage, tokens[0], _OPENS):
            continue
        nouns = _counts(passage, tokens, _FAR_REACH, may_stop=True)
        signs = [sign_of(_part(passage, token).words) for token in tokens[1:-1]]
        if nouns is None or 0 in signs:
            return None
        values = [value_of(token, noun) for token, noun in zip(tokens, nouns, strict=True)]
        left, said = values[0], tokens[0].number.text
        for sign, value, token in zip(signs, values[1:-1], tokens[1:-1], strict=True):
            left = left + value if sign > 0 else left - value
            said += f" {'+' if sign > 0 else '-'} {token.number.text}"
        return _claim(passage, tokens, left.meets(values[-1]), said, tokens[-1])
    return None


def _net(passage: Passage, index: int, lead: str) -> Claim | None:
    """Read «kết nạp 58 đảng viên, chuyển đến 31, chuyển đi 40, từ trần 7; toàn đảng bộ tăng 42 đảng viên»."""
    net = _NET.search(lead)
    steps: list[Token] = []
    signs: list[int] = []
    for token in _outside_brackets(passage, index)[1:] if net else ():
        words = _part(passage, token).words
        sign = 0 if _NO_MOVE.search(words) else sign_of(words)
        if not sign or (steps and steps[-1].start - token.end > _LONGEST_WORDS):
            break
        steps.append(token)
        signs.append(sign)
    if net is None or len(steps) < _FEWEST_STEPS - 1 or set(signs) != {1, -1}:
        return None
    nouns = _counts(passage, [*reversed(steps), passage.tokens[index]], _FAR_REACH, may_stop=True)
    if nouns is None or any(noun.is_measure for noun in nouns):
        return None
    way = 1 if net["way"].lower() == "tăng" else -1
    moved = sum(step.number.decimal * sign for step, sign in zip(steps, signs, strict=True)) * way
    said = passage.tokens[index].number.decimal
    holds = moved == said
    if len(steps) < _FEWEST_STEPS and not (holds and said >= _FEW_OFF):
        # Two steps make a small number by chance, and there may be a third.
        return None
    if not holds and not (_ALL_OF_THEM.search(net["all"]) and 0 < abs(moved - said) * _FEW_OFF <= 3 * said):
        return None
    signed = list(zip(reversed(steps), reversed(signs), strict=True))
    text = " ".join(f"{'+' if sign == way else '-'} {step.number.text}" for step, sign in signed).removeprefix("+ ")
    return _claim(passage, [*reversed(steps), passage.tokens[index]], holds, text, passage.tokens[index])


def _outside_brackets(passage: Passage, index: int) -> list[Token]:
    """Return the numbers of a sentence from one backwards that stand in no bracket closed before it: «tăng 2.906 (kết
    nạp 1.774, chuyển đến 1.132)» is one step."""
    text, last = passage.text, passage.tokens[index]
    found, depth, done = [last], 0, last.start
    for at in range(index - 1, max(-1, index - _MOST_NUMBERS), -1):
        token = passage.tokens[at]
        if last.start - token.end > _FAR_REACH or len(found) == _MOST_STEPS:
            break
        depth += text.count(")", token.end, done) - text.count("(", token.end, done)
        done = token.end
        if depth <= 0:
            found.append(token)
    return found


def _claim(passage: Passage, tokens: list[Token], holds: bool, said: str, result: Token) -> Claim:
    numbers: list[Number] = [token.number for token in tokens]
    written = "đúng như văn bản ghi" if holds else "không bằng"
    explain = f"{said} {written} {result.number.text}"
    return passage.claim(tokens[0].start, tokens[-1].end, ClaimKind.SUM, numbers, holds, explain)


def _opposites(passage: Passage, index: int) -> Claim | None:
    """Read «214 phiếu, hợp lệ 210 phiếu, không hợp lệ 4 phiếu», «203 đảng viên (nữ 121; chính thức 194, dự bị 9)»: two
    kinds beside each other of which everything is one."""
    tokens = passage.tokens
    one, other = tokens[index - 1], tokens[index]
    if one.kind is not TokenKind.COUNT or not one.is_exact or one.start in passage.summed:
        return None
    if other.start - one.end > _LONGEST_WORDS:
        return None
    parts = tuple(_part(passage, token) for token in (one, other))
    if not are_opposites(parts):
        return None
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if behind is not None and _OF_ALL.fullmatch(passage.text, other.end, behind.start) and behind.is_exact:
        noun = passage.noun(behind)
        if behind.kind is TokenKind.COUNT and all(may_add_up(noun, part.noun) for part in parts):
            holds = make_up(parts, behind, noun)
            return make_sum(passage, one.start, behind.end, Whole(behind, noun, ""), parts, holds)
    for at in range(index - 2, max(-1, index - 6), -1):
        whole = tokens[at]
        if whole.kind is TokenKind.PERCENT or not whole.is_exact:
            continue
        noun = passage.noun(whole)
        if one.start - whole.end > _REACH or passage.sentence_end(whole.end, one.start) < one.start:
            return None
        if noun.kind is Kind.SPAN or not noun.head or any(not may_add_up(noun, part.noun) for part in parts):
            continue
        holds = make_up(parts, whole, noun)
        if not holds and not _is_sure(passage, at, index, parts):
            continue
        return make_sum(passage, whole.start, other.end, Whole(whole, noun, ""), parts, holds)
    return None


def _series(passage: Passage, index: int) -> Claim | None:
    """Read «900 suất quà; đợt 1: 350 suất, đợt 2: 320 suất, đợt 3: 240 suất» from its last number on, where it is
    wrong: what is counted in turns from the first on comes to the whole."""
    tokens, text = passage.tokens, passage.text
    count = _turn(passage, tokens[index])
    first = index - count + 1
    if count < _FEWEST_TURNS or first < 1:
        return None
    if _turn(passage, tokens[index + 1] if index + 1 < len(tokens) else None) > 1:
        return None
    series, whole = tokens[first : index + 1], tokens[first - 1]
    if [_turn(passage, token) for token in series] != list(range(1, count + 1)):
        return None
    nouns = _counts(passage, [whole, *series])
    if nouns is None or not nouns[0].head or leaves_out(text[whole.start : series[-1].end]):
        return None
    parts = tuple(Part(token, nouns[0], "", is_first=False) for token in series)
    together = sum(part.token.number.decimal for part in parts)
    off, size = together - whole.number.decimal, whole.number.decimal
    if make_up(parts, whole, nouns[0]) or not -size <= off * _FEW_OFF <= _FEW_OFF * size:
        return None
    return make_sum(passage, whole.start, series[-1].end, Whole(whole, nouns[0], ""), parts, holds=False)


def _turn(passage: Passage, token: Token | None) -> int:
    """Return which turn a number is of: 2 for «đợt 2: 320 suất»; 0 where it is of none."""
    if token is None or ":" not in passage.text[max(0, token.start - 3) : token.start]:
        return 0
    turn = _TURN.search(passage.text, max(0, token.start - _LONGEST_LEAD), token.start)
    return int(turn[1]) if turn else 0


def _part(passage: Passage, token: Token) -> Part:
    words = passage.text[max(0, token.start - _LONGEST_WORDS) : token.start]
    lead = _SIGN.split(words)[-1]
    return Part(token, passage.noun(token), lead.strip().lower(), is_first=not lead.strip())


def _is_sure(passage: Passage, at: int, index: int, parts: tuple[Part, ...]) -> bool:
    """Tell whether a number that two opposites do not make is the one that they are of: it stands right before them and
    they nearly make it."""
    whole, between = passage.tokens[at], passage.text[passage.tokens[at].end : parts[0].token.start]
    are_same = {passage.noun(whole).head} == {part.noun.head for part in parts}
    if at != index - 2 or (";" in between and not are_same) or leaves_out(passage.text[whole.end : parts[1].token.end]):
        return False
    together = sum(part.token.number.decimal for part in parts)
    off = abs(together - whole.number.decimal)
    return parts[0].noun.scale == parts[1].noun.scale and 0 < off * _FEW_OFF <= whole.number.decimal
