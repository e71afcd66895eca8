"""«446/450 đảng viên, đạt 99,1%»: a fraction and the percentage that is said to be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, may_add_up, noun_after
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.base.subject import Amount, is_share_of
from giaoban.reader.model import Claim, ClaimKind

_HEDGE = (
    r"(?:(?:trên|hơn|gần|khoảng|ước|ước đạt|ước tính|xấp xỉ|dưới|ít nhất|tối thiểu|không quá|tối đa|chưa đến"
    r"|chưa đầy|~|≈) ?)?"
)
_LINK = (
    r"(?:(?:ước |mới |chỉ |đã |cũng )?(?:đạt|chiếm|bằng)(?: (?:tỷ|tỉ) lệ)?|tương đương(?: với)?|tương ứng(?: với)?"
    r"|(?:với |có |đạt )?(?:tỷ|tỉ) lệ(?: đạt| là| bằng)?|=|tức(?: là)?|hay|[-–]) ?:? ?"
)
_ROOM = r"[^.;:()\n\d%]{0,120}"
_IN_BRACKET = re.compile(rf"{_ROOM}\((?:{_LINK})?{_HEDGE}\Z")
_AFTER_COMMA = re.compile(rf"{_ROOM}, ?(?:và |đã )?{_LINK}{_HEDGE}\Z")
_RUN_ON = re.compile(rf"{_ROOM} {_LINK}{_HEDGE}\Z|{_ROOM}: ?{_HEDGE}\Z")
_BEFORE_FRACTION = re.compile(
    r" ?(?P<room>[^.;,:()\n\d%]{0,60})\((?:(?:tương ứng|tương đương|với|gồm|có|đạt|tức|là|bằng|cụ thể"
    r"|được)[ :]{1,2})?\Z"
    r"|,? (?:với|tương ứng(?: với)?|tương đương(?: với)?) \Z"
)
_ANOTHER = re.compile(rf"[^.;()\n\d%]{{0,60}}(?:, ?| và )(?:và )?(?:{_LINK})?{_HEDGE}\Z")
_OTHER_RATE = re.compile(r"(?:tỷ|tỉ) lệ")
_ITS_OWN_RATE = re.compile(r"(?:tỷ|tỉ) lệ(?: đạt| là| bằng)?[ :]*(?:trên|hơn|gần|khoảng|ước|xấp xỉ|dưới)? ?\Z")
_CHANGE = re.compile(r"\b(?:tăng|giảm|vượt|hụt|thiếu)(?: \w+){0,2} ?\Z")
# «ít hơn 03 vụ = 1,6% (180/183 vụ)».
_OF_STEP = re.compile(
    r"(?:tăng|giảm|hơn)(?: thêm| được)? [\d.,]+(?: [^\W\d]+){0,4},? ?(?:=|\(|bằng|tương đương|tương ứng) ?\Z"
)
_LONGEST_STEP = 48
_OTHER_BASE = re.compile(r"\s?(?:so với|so cùng kỳ|cùng kỳ|trở lên|trở xuống|điểm)")
_OF_SEVERAL = re.compile(r" (?:trên |trong |của )?(?:tổng )?số [^.;,:()\n\d%]{2,40}(?:,| và)(?= )")
_PLAN = re.compile(
    r"\s?(?:so với )?(?:kế hoạch|chỉ tiêu|nghị quyết|dự toán|kịch bản|mục tiêu|so với kế hoạch)[^.;,()\n]{0,60}"
)
_ENDS_CLAUSE = re.compile(r"\s?(?:[.,;)\n]|\Z)")
_TOTAL_WORD = "tổng "
_TOTAL = re.compile(
    r"[^.;:()\n\d%]{0,80}?(?:/ ?|trên |trong )tổng (?:[^\W\d]+ ){0,4}\Z"
    r"|[^.,;:()\n\d%]{1,40}(?:, [^\W\d]{1,7})?[^\W\d_]/ ?\Z"
)
# «lúa 115/116 ha. Đạt 99,13% so với kế hoạch».
_THEN_REACHED = re.compile(r" ?[^\W\d]{0,12}(?: [^\W\d]{1,8})?\. (?:Đạt|Bằng|Chiếm)(?: (?:tỷ|tỉ) lệ)? ")
# «giảm 8/640 đơn vị (tỷ lệ giảm là 1,25%)».
_RATE_OF_CHANGE = re.compile(r"[^.;()\n\d%]{0,40}(?:\(|, )(?:(?:tỷ|tỉ) lệ )?(?:tăng|giảm)(?: là| đạt)? ")
_CLOSING = re.compile(r"[^()\n;\d]{0,60}\)")
_COMMON = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4", "1/5"})
_REACH = 170
_LONGEST_GAP = 100
_LONGEST_LEAD = 32


def find_ratios(passage: Passage) -> Iterator[Claim]:
    """Yield the claims of one flow; a fraction without a percentage beside it claims nothing."""
    for index, token in enumerate(passage.tokens):
        if token.kind is TokenKind.FRACTION and token.second is not None and token.second.digits:
            claim = _percentage_before(passage, index, token) or _percentages_after(passage, index, token.start, token)
            if claim is not None:
                yield claim
        elif token.kind is TokenKind.COUNT and (joined := out_of_total(passage, index)) is not None:
            claim = _percentage_before(passage, index, joined) if token.number.value <= _whole(joined) else None
            if claim is not None and claim.holds:
                yield claim
                continue
            claim = _percentages_after(passage, index + 1, token.start, joined)
            if claim is not None and not (claim.holds is False and _is_of_plan(passage, index + 2)):
                yield claim


def _is_of_plan(passage: Passage, index: int) -> bool:
    """Tell whether the next percentage is said to be of a plan: «12 tỷ đồng/tổng thu 40 tỷ đồng, đạt 96% dự toán»."""
    percent = next((token for token in passage.tokens[index : index + 3] if token.kind is TokenKind.PERCENT), None)
    return percent is not None and _PLAN.match(passage.text, percent.end) is not None


def out_of_total(passage: Passage, index: int) -> Token | None:
    """Join «78 trên tổng số 82 đơn vị» to one fraction."""
    if index + 1 >= len(passage.tokens):
        return None
    token, whole = passage.tokens[index], passage.tokens[index + 1]
    if whole.kind is not TokenKind.COUNT or whole.start - token.end > _LONGEST_GAP or not whole.number.digits:
        return None
    text = passage.text
    is_slash = text.rfind("/", whole.start - 2, whole.start) >= token.end
    if not is_slash and text.rfind(_TOTAL_WORD, max(token.end, whole.start - _LONGEST_LEAD), whole.start) < 0:
        return None
    if not _TOTAL.match(text, token.end, whole.start):
        return None
    one, other = passage.noun(whole), passage.noun(token)
    if (is_slash and not may_add_up(one, other)) or (one.scale != other.scale and one.is_measure):
        # «1.206 vụ/2.085 bị cáo», «219.400 em trên tổng số 2,5 triệu học sinh».
        return None
    return Token(TokenKind.FRACTION, token.start, whole.end, token.number, whole.number, token.mark or whole.mark)


def _agrees(fraction: Token, percent: Token, passage: Passage) -> bool:
    """Tell whether the fraction's printed digits allow the percentage's."""
    assert fraction.second is not None
    noun = passage.noun(fraction)
    whole = Amount(Token(TokenKind.COUNT, fraction.start, fraction.end, fraction.second), noun)
    return whole.value.high != 0 and is_share_of(Amount(fraction, noun), whole, percent.interval(is_count=False))


def _whole(fraction: Token) -> Fraction | int:
    return fraction.second.value if fraction.second is not None else 0


def _percentage_before(passage: Passage, index: int, fraction: Token) -> Claim | None:
    """Read «bằng 120% (06/05 đảng viên)», «100% cấp ủy cơ sở (82/82)», «đạt 60%, tương đương 432 vụ/720 vụ»."""
    percent = passage.tokens[index - 1] if index else None
    if percent is None or percent.kind is not TokenKind.PERCENT or fraction.start - percent.end > 90:
        return None
    gap = _BEFORE_FRACTION.match(passage.text, percent.end, fraction.start)
    if gap is None or _OTHER_RATE.search(gap["room"] or ""):
        return None
    agrees = _agrees(fraction, percent, passage)
    steps = ((_CHANGE, 12), (_OF_STEP, _LONGEST_STEP))
    is_change = any(step.search(passage.text, max(0, percent.start - reach), percent.start) for step, reach in steps)
    bare_date = _looks_like_a_date(fraction) and passage.text[fraction.end : fraction.end + 1] in ",;)"
    closing = passage.text.find(")", fraction.end, fraction.end + 120)
    if not agrees and leaves_out(passage.text[fraction.end : max(closing, fraction.end)]):
        return None
    is_range = any(token.kind is not TokenKind.COUNT for token in passage.between(fraction.end, max(closing, 0)))
    if not agrees and (is_change or bare_date or is_range or _CHANGE.search(gap["room"] or "")):
        return None
    shut = _CLOSING.match(passage.text, fraction.end)
    end = shut.end() if shut else fraction.end
    return _claim(passage, percent.start, end, fraction, percent, holds=agrees)


def _percentages_after(passage: Passage, index: int, start: int, fraction: Token) -> Claim | None:
    """Read «446/450 đảng viên, đạt 99,1%», «57/57 lớp (đạt 100% kế hoạch về số lớp, 122,5% kế hoạch về số học
    viên)»."""
    following = index + 1
    while following < len(passage.tokens) and passage.tokens[following].kind is not TokenKind.PERCENT:
        following += 1
        if following > index + 2:
            return None
    if following >= len(passage.tokens):
        return None
    percent = passage.tokens[following]
    gap = passage.text[fraction.end : percent.start]
    if len(gap) > _REACH or "\n" in gap or ";" in gap:
        return None
    if ". " in gap:
        is_told = _THEN_REACHED.fullmatch(gap) and fraction.second is not None and _agrees(fraction, percent, passage)
        return _claim(passage, start, percent.end, fraction, percent, holds=True) if is_told else None
    if _RATE_OF_CHANGE.fullmatch(gap) and fraction.second is not None and _agrees(fraction, percent, passage):
        return _claim(passage, start, percent.end, fraction, percent, holds=True)
    certainty = _certainty(passage, gap, percent, has_number_between=following > index + 1)
    if certainty is None:
        return None
    rivals = [percent, *_more_percentages(passage, following)]
    for rival in rivals:
        if (certainty or rival.mark is None) and _agrees(fraction, rival, passage):
            return _claim(passage, start, rival.end, fraction, rival, holds=True)
    is_bare_date = _looks_like_a_date(fraction) and passage.text[fraction.end : fraction.end + 1] in ",;()"
    if not certainty or _is_loose(fraction) or is_bare_date:
        return None
    if len(rivals) > 1:
        own = [rival for rival in rivals if _names_the_noun(passage, fraction, rival)]
        if len(own) != 1:
            return _claim(passage, start, percent.end, fraction, percent, holds=None)
        percent = own[0]
    return _claim(passage, start, percent.end, fraction, percent, holds=False)


def _certainty(passage: Passage, gap: str, percent: Token, *, has_number_between: bool) -> bool | None:
    """Return None where the percentage says something else, False where it may, True where it must be the
    fraction's."""
    if _CHANGE.search(gap) or passage.text[percent.end : percent.end + 12].lstrip().startswith(
        ("trở lên", "trở xuống")
    ):
        return None
    is_plan = bool(_PLAN.match(passage.text, percent.end))
    if has_number_between or (_OTHER_BASE.match(passage.text, percent.end) and not is_plan):
        return False
    if _of_more(passage, percent):
        return False
    own_rate = _ITS_OWN_RATE.sub("", gap)
    if _OTHER_RATE.search(own_rate):
        return False
    if _IN_BRACKET.match(gap) or _AFTER_COMMA.match(gap):
        return True
    if not _RUN_ON.match(gap):
        return False
    # «15/20 chi bộ đạt 100% chỉ tiêu» says what those fifteen did; «1.250/1.300 hồ sơ đạt 96,2%» says the share.
    is_share = not percent.number.is_whole and bool(_ENDS_CLAUSE.match(passage.text, percent.end))
    return is_share or gap.lstrip().startswith(("=", "- ", "– "))


def _of_more(passage: Passage, percent: Token) -> bool:
    """Tell whether a percentage is said to be of several things: «9/12 xã, bằng 69,2% số xã, thị trấn»."""
    said = _OF_SEVERAL.match(passage.text, percent.end)
    return said is not None and noun_after(passage.text, said.end()).kind not in (None, Kind.SPAN)


def _more_percentages(passage: Passage, index: int) -> Iterator[Token]:
    tokens = passage.tokens
    while index + 1 < len(tokens) and tokens[index + 1].kind is TokenKind.PERCENT:
        gap = passage.text[tokens[index].end : tokens[index + 1].start]
        if len(gap) > 90 or _CHANGE.search(gap) or not _ANOTHER.match(gap):
            return
        yield tokens[index + 1]
        index += 1


def _names_the_noun(passage: Passage, fraction: Token, percent: Token) -> bool:
    head = passage.noun(fraction).head
    plan = _PLAN.match(passage.text, percent.end)
    return bool(head and plan and head in plan[0].lower())


def _looks_like_a_date(fraction: Token) -> bool:
    assert fraction.second is not None
    upper, lower = fraction.number, fraction.second
    return (
        upper.is_whole
        and lower.is_whole
        and 1 <= upper.digits <= 31
        and 1 <= lower.digits <= 12
        and len(lower.text) <= 2
    )


def _is_loose(fraction: Token) -> bool:
    """Tell whether the fraction may be a figure of speech or misprinted: «2/3 số hội viên», «trên 400/450»,
    «5,531/6.000»."""
    assert fraction.second is not None
    doubtful = fraction.number.is_doubtful or fraction.second.is_doubtful
    return doubtful or f"{fraction.number.text}/{fraction.second.text}" in _COMMON


def _claim(
    passage: Passage, start: int, end: int, fraction: Token, percent: Token, *, holds: bool | None
) -> Claim | None:
    assert fraction.second is not None
    upper, lower = fraction.number, fraction.second
    if holds is False and (_is_loose(fraction) or percent.number.is_doubtful):
        holds = None
    places = len(percent.number.text.replace(".", ",").partition(",")[2]) + 1
    share = Fraction(upper.value * 100, lower.value)
    said = f"{upper.text}/{lower.text} = {show(share, places)}%"
    if holds:
        explain = f"{said}, đúng như văn bản ghi {percent.number.text}%"
    elif holds is False:
        explain = f"{said}, văn bản ghi {percent.number.text}%"
    else:
        explain = f"{said}; không rõ tỷ lệ {percent.number.text}% tính trên số nào"
    return passage.claim(start, end, ClaimKind.RATIO, (upper, lower, percent.number), holds, explain)
