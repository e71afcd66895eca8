"""What is done and what is not, of one number: «64 doanh nghiệp được thanh tra, 51 doanh nghiệp chấp hành tốt, 13 doanh
nghiệp còn vi phạm», «41/48 chi bộ đã báo cáo, 7 chi bộ chưa báo cáo», «đạt 78%; 22% số hộ còn lại».

The two together are the whole where one is told as what the other is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, Noun, may_add_up
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind
from giaoban.reader.claims.base.partition import leaves_out
from giaoban.reader.claims.base.parts import Part, make_up
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.shares.ratio import out_of_total
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim, ClaimKind

# What the rest is called, before its number or behind it.
_REST_BEFORE = re.compile(
    r"(?:[,;.] |\()(?:hiện |nay |vẫn |số )*"
    r"(?:[^.;,()\d%]{0,24}(?:còn(?: lại| tồn| phải [^\W\d]+(?: [^\W\d]+)?| dư| thiếu)?|chưa [^.;,()\d%]{2,24}"
    r"|không [^.;,()\d%]{2,24}|vắng(?: mặt)?|khuyết|thiếu|(?:để|giữ) lại[^.;,()\d%]{0,20}|đang [^.;,()\d%]{2,20}))"
    r"(?:(?: là| có)?:? |[^.;,()\d%]{0,40}\()\Z"
)
_REST_BEHIND = re.compile(
    r" (?:[^.;,()\d%]{1,36} )?(?:còn lại|chưa|không|trễ hạn|quá hạn|còn vi phạm|vắng|đang)\b", re.IGNORECASE
)
_NEGATED = re.compile(r"(?<!\w)(?:chưa|không|còn|đang)(?: được)? ([^\W\d]+)")
_DONE = re.compile(r"(?<!\w)(?:đã|được|có|hiện có|hoàn thành|thực hiện|giải quyết|dự|có mặt|giải ngân|xuất|nộp)(?!\w)")
_STEP = re.compile(r"(?:tăng|giảm|vượt|hụt|hơn|cùng kỳ|năm trước|so với)[^\d.;]{0,24}\Z")
_OTHER = re.compile(
    r"tăng|giảm|so với|cùng kỳ|năm trước|vượt|bình quân|nữ|dân tộc|đoàn viên|ngoài ra|trong đó|gồm|riêng"
)
_BEHIND_WHOLE = re.compile(r"(?P<rest>chưa|không)[^.;,()\d%]{0,30} (?:trong|trên) tổng (?:số )?\Z")
_SO = re.compile(r"[^.;()\d%]{0,30}[,;] (?:như vậy|tức là|còn lại|do đó)[^.;,()\d%]{0,20} \Z")
_OF_SHARE = re.compile(r"[;,] (?:còn lại )?\Z")
_SHARE_LEFT = re.compile(r" (?:số )?[^.;,()\d%]{0,24}(?:còn lại|chưa|không)")
# What is left of a whole, whatever has become of it; «còn 02 vụ» may name two of several.
_ALL_LEFT = re.compile(r"[,;(.] ?(?:hiện |nay |vẫn |số )*(?:còn (?:lại|thiếu)|vắng(?: mặt)?|khuyết|thiếu)(?: là)?:? \Z")
_LEFT = re.compile(r"[,;(.] ?(?:hiện |nay |vẫn )*còn:? \Z")
_LACKING = re.compile(r"[,;(] ?(?:hiện |nay |vẫn |còn |đang )*(?:khuyết|thiếu|hụt)(?: là)?:? \Z")
_THAN_SET = re.compile(
    r"(?: [^.;,()\d%]{1,24})? so với (?:tổng )?(?:số|biên chế|định biên|định mức|quy định|nhu cầu|yêu cầu|chỉ tiêu"
    r"|kế hoạch)(?: [^.;,()\d%]{1,40})?:? \Z"
)
_TRIGGERS = ("còn", "chưa", "không", "vắng", "hạn", "đang", "như vậy", "tức là", "khuyết", "thiếu", "lại")
_LEAD = 44
_REACH = 260
_GAP = 130
_FEW_OFF = 8
_ALL = 100
_FAR, _MOST_FAR, _FEWEST_FAR = 600, 24, 10
_OUT_OF = re.compile(r" (?:trên|trong) tổng ")
_NEXT = re.compile(r" [^.;:()\n\d%]{1,36}, ?(?:và |có )?")
_OWN_SHARE = re.compile(r"[^.;,()\d%]{0,40}\([^()%]{0,20}%")


def find_complements(passage: Passage) -> Iterator[Claim]:
    """Yield such statements of one flow that no other finder has told of."""
    text = passage.text
    for index in range(1, len(passage.tokens)):
        rest = passage.tokens[index]
        is_part = rest.start in passage.summed and rest.start not in passage.divided
        if not rest.is_exact or is_part:
            continue
        # Words are found many times faster than the patterns.
        near = text[max(0, rest.start - _LEAD) : rest.end + _LEAD]
        if not any(word in near for word in _TRIGGERS):
            continue
        if rest.kind is TokenKind.PERCENT:
            claim = _of_share(passage, index)
        elif rest.kind is TokenKind.COUNT:
            claim = (
                _of_fraction(passage, index)
                or _of_number(passage, index)
                or _of_two(passage, index)
                or _of_set_number(passage, index)
                or _of_far(passage, index)
            )
        else:
            claim = None
        if claim is not None:
            yield claim


def _tells_rest(passage: Passage, rest: Token, first: int) -> str:
    """Return the words that call a number what is left or not done; nothing where they do not."""
    text = passage.text
    before = _REST_BEFORE.search(text, max(first, rest.start - _LEAD), rest.start)
    if before is not None:
        return before[0]
    behind = _REST_BEHIND.match(text, rest.end, rest.end + _LEAD)
    return text[rest.end : _clause_end(text, rest.end)] if behind is not None else ""


def _clause_end(text: str, start: int) -> int:
    stop = re.compile(r"[.;,()\n\d]").search(text, start)
    return stop.start() if stop else len(text)


def _one_name(nouns: list[Noun]) -> bool:
    """Tell whether all nouns are the shortest one, or go on from it: «tin báo», «tin»."""
    heads = sorted({noun.head for noun in nouns}, key=len)
    return all(head == heads[0] or head.startswith(f"{heads[0]} ") for head in heads)


def _are_alike(nouns: list[Noun]) -> bool:
    """Tell whether all that name something name the same, in the same unit; the first does."""
    named = [noun for noun in nouns if noun.head]
    is_one = len({noun.scale for noun in named}) == 1 and (
        len({noun.root for noun in named}) == 1 or _one_name(named) or all(noun.kind is Kind.PERSON for noun in named)
    )
    return is_one and bool(nouns[0].head or len(named) > 1) and all(noun.kind is not Kind.SPAN for noun in nouns)


def _negates(words: str, part: str) -> bool:
    """Tell whether one clause denies what the other says: «chưa báo cáo», «đã báo cáo»."""
    said = _NEGATED.search(words)
    return said is not None and re.search(rf"(?<!\w){re.escape(said[1])}(?!\w)", part) is not None


def _of_number(passage: Passage, index: int) -> Claim | None:
    """Read «kế hoạch giao 1.200 chỗ, đã hoàn thành 845 chỗ, còn lại 355 chỗ»; shares may stand between."""
    tokens, text, rest = passage.tokens, passage.text, passage.tokens[index]
    before = [at for at in range(index - 1, max(-1, index - 5), -1) if tokens[at].kind is not TokenKind.PERCENT][:2]
    if len(before) < 2 or any(tokens[at].kind is not TokenKind.COUNT for at in before):
        return None
    part, whole = (tokens[at] for at in before)
    if _OUT_OF.search(text, whole.end, part.start):
        # «giải ngân 812 tỷ đồng trên tổng vốn giao 1.246 tỷ đồng, …; còn lại 434 tỷ đồng».
        part, whole = whole, part
    if not part.is_exact or not whole.is_exact or part.start in passage.summed or whole.start in passage.summed:
        return None
    first, last = (whole, part) if whole.start < part.start else (part, whole)
    if rest.start - first.end > _REACH or passage.sentence_end(first.end, rest.start) < rest.start:
        return None
    words, between = _tells_rest(passage, rest, last.end), text[first.end : rest.start]
    nouns = [passage.noun(token) for token in (whole, part, rest)]
    if (
        not words
        or not _are_alike(nouns)
        or leaves_out(between)
        or _STEP.search(text[max(0, whole.start - 40) : whole.start])
    ):
        return None
    parts = (Part(part, nouns[0], "", is_first=True), Part(rest, nouns[0], "", is_first=True))
    found = Whole(whole, nouns[0], between)
    if not may_add_up(nouns[0], nouns[1]) or part.number.value > whole.number.value:
        return None
    holds = make_up(parts, whole, nouns[0])
    # «khá 236 em (41,8%), đạt 225 em (39,9%), chưa đạt 19 em (3,4%)»: three parts of another number.
    has_share = _OWN_SHARE.match(text, whole.end) is not None
    if not holds and (
        has_share or not _is_sure(passage, index, words, text[first.end : last.end + _LEAD], between, whole)
    ):
        return None
    is_under_way = "đang " in words and part.number.value + rest.number.value < whole.number.value
    if not holds and (is_under_way or not _is_near(whole, part, rest)):
        # What is neither done nor under way has not begun.
        return None
    return make_sum(passage, first.start, rest.end + nouns[2].width, found, parts, holds)


def _is_near(whole: Token, part: Token, rest: Token) -> bool:
    off = abs(part.number.decimal + rest.number.decimal - whole.number.decimal)
    return off * _FEW_OFF <= whole.number.decimal


def _is_listed(passage: Passage, whole: Token) -> bool:
    """Tell whether a number is one of a list itself: «24 vụ đúng, 52 vụ sai, 15 vụ có đúng có sai, 39 vụ không có cơ
    sở»."""
    index, text = passage.first_after(whole.start) - 1, passage.text
    before = passage.tokens[index] if index >= 0 else None
    if before is None or before.kind is not TokenKind.COUNT or whole.start - before.end > _LEAD:
        return False
    are_alike = passage.noun(before).root == passage.noun(whole).root != ""
    return are_alike and _NEXT.fullmatch(text, before.end, whole.start) is not None


def _is_sure(passage: Passage, index: int, words: str, part: str, between: str, whole: Token) -> bool:
    """Tell whether a rest that does not fit must: nothing else is counted in its sentence, and the words say that it is
    all that is left."""
    tokens, rest = passage.tokens, passage.tokens[index]
    if index + 1 < len(tokens) and tokens[index + 1].kind is TokenKind.COUNT:
        following = tokens[index + 1].start
        if following - rest.end < _REACH and passage.sentence_end(rest.end, following) == following:
            return False
    is_out_of = _OUT_OF.search(between) is not None and "còn lại" in words
    if is_out_of and not _OTHER.search(between):
        return True
    if _OTHER.search(between) or (";" in between and not _negates(words, part)) or _is_listed(passage, whole):
        return False
    is_left = re.search(r"còn(?: lại| phải| tồn)?(?: [^\W\d]+){0,3}(?: là)?:? \Z", words) is not None
    is_rest = re.search(
        r"còn lại|chưa (?:sử dụng|thực hiện|giải ngân|hoàn thành|bố trí|giải quyết)|còn vi phạm|vắng|(?:để|giữ) lại",
        words,
    )
    return _negates(words, part) or bool((is_left or is_rest) and _DONE.search(part))


def _of_fraction(passage: Passage, index: int) -> Claim | None:
    """Read «41/48 chi bộ đã báo cáo, 8 chi bộ chưa báo cáo» where it is wrong; where it is right nobody takes what is
    left for a statement of its own."""
    tokens, rest, text = passage.tokens, passage.tokens[index], passage.text
    before = [at for at in range(index - 1, max(-1, index - 4), -1) if tokens[at].kind is not TokenKind.PERCENT][:1]
    fraction = tokens[before[0]] if before else None
    if fraction is not None and fraction.kind is TokenKind.COUNT and before[0]:
        # «2.346 đại biểu/2.376 đại biểu, thiếu 20 đại biểu».
        fraction = out_of_total(passage, before[0] - 1)
    of_two = _of_same_noun(passage, index)
    fraction = of_two or fraction
    if fraction is None or fraction.kind is not TokenKind.FRACTION or not fraction.is_exact:
        return None
    assert fraction.second is not None
    own = passage.noun(rest)
    noun = passage.noun(fraction) if passage.noun(fraction).head else own
    is_far = rest.start - fraction.end > _GAP or passage.sentence_end(fraction.end, rest.start) < rest.start
    if is_far or noun.kind in (None, Kind.SPAN) or noun.is_measure or fraction.second.is_doubtful:
        return None
    left = fraction.second.value - fraction.number.value
    words = _tells_rest(passage, rest, fraction.end)
    is_kind = own.root == noun.root or (own.kind is noun.kind is Kind.PERSON) or not own.head
    if left <= 0 or rest.number.value == left or not words or not is_kind:
        return None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if (
        following is not None
        and following.start - rest.end < _LEAD
        and (of_two is None or passage.noun(following).root == own.root)
        and _tells_rest(passage, following, rest.end)
    ):
        # «không đồng ý 0, không có ý kiến 1»: the two are left together.
        return None
    between = text[fraction.end : rest.start].replace("đạt và vượt", "đạt").replace("hoàn thành và vượt", "hoàn thành")
    behind = text[rest.end : _clause_end(text, rest.end)]
    is_told = _negates(behind + words, between + " đạt") or _ALL_LEFT.search(words) is not None
    is_told = is_told or (rest.number.value > left and _LEFT.search(words) is not None)
    if _OTHER.search(between) or leaves_out(between) or not is_told:
        return None
    if abs(Fraction(rest.number.value) - left) * _FEW_OFF > fraction.second.value:
        return None
    explain = f"{fraction.second.text} - {fraction.number.text} = {show(left)}, văn bản ghi {rest.number.text}"
    numbers: tuple[Number, ...] = (fraction.second, fraction.number, rest.number)
    return passage.claim(fraction.start, rest.end + own.width, ClaimKind.SUM, numbers, False, explain)


def _of_same_noun(passage: Passage, index: int) -> Token | None:
    """Return that of two fractions whose noun a number behind both has: «25/30 chi bộ và 12/15 đảng bộ đã báo cáo; còn
    5 chi bộ, 3 đảng bộ chưa báo cáo»."""
    tokens, own = passage.tokens, passage.noun(passage.tokens[index]).root
    near = [token for token in tokens[max(0, index - 5) : index] if token.kind is not TokenKind.PERCENT][-3:]
    line = passage.text.rfind("\n", 0, tokens[index].start)
    fractions = [token for token in near if token.kind is TokenKind.FRACTION and token.start > line]
    nouns = [passage.noun(token).root for token in fractions]
    if not own or len(fractions) != 2 or nouns[0] == nouns[1] or own not in nouns:
        return None
    return fractions[nouns.index(own)]


def _of_two(passage: Passage, index: int) -> Claim | None:
    """Read «còn 4 xã chưa đạt trong tổng số 18 xã, như vậy 14 xã đã đạt»."""
    if index < 2:
        return None
    text = passage.text
    part, whole, rest = passage.tokens[index - 2 : index + 1]
    tokens = (part, whole, rest)
    if any(token.kind is not TokenKind.COUNT or not token.is_exact for token in tokens):
        return None
    if rest.start - part.end > _REACH or not _BEHIND_WHOLE.search(text[part.end : whole.start]):
        return None
    nouns = [passage.noun(token) for token in (whole, part, rest)]
    if not _SO.fullmatch(text, whole.end, rest.start) or not _are_alike(nouns):
        return None
    parts = (Part(part, nouns[0], "", is_first=True), Part(rest, nouns[0], "", is_first=True))
    found = Whole(whole, nouns[0], "")
    holds = make_up(parts, whole, nouns[0])
    if not holds and not _is_near(whole, part, rest):
        return None
    return make_sum(passage, part.start, rest.end + nouns[2].width, found, parts, holds)


def _of_set_number(passage: Passage, index: int) -> Claim | None:
    """Read «có 33 đồng chí, khuyết 02 đồng chí so với số lượng được chỉ định là 35»."""
    if index + 1 >= len(passage.tokens):
        return None
    text = passage.text
    part, rest, whole = tokens = passage.tokens[index - 1 : index + 2]
    if any(token.kind is not TokenKind.COUNT or not token.is_exact for token in tokens):
        return None
    is_near = rest.start - part.end <= _GAP and passage.sentence_end(part.end, rest.start) >= rest.start
    if (
        not is_near
        or not _LACKING.search(text, part.end, rest.start)
        or not _THAN_SET.match(text, rest.end, whole.start)
    ):
        return None
    nouns = [passage.noun(token) for token in (part, rest, whole)]
    if not _are_alike(nouns) or leaves_out(text[part.end : rest.start]):
        return None
    parts = (Part(part, nouns[0], "", is_first=True), Part(rest, nouns[0], "", is_first=True))
    holds = make_up(parts, whole, nouns[0])
    if not holds and not _is_near(whole, part, rest):
        return None
    return make_sum(passage, part.start, whole.end + nouns[2].width, Whole(whole, nouns[0], ""), parts, holds)


def _of_far(passage: Passage, index: int) -> Claim | None:
    """Read «8.416 hồ sơ, trong đó …. Đã giải quyết 8.287 hồ sơ, trong đó …; đang giải quyết 129 hồ sơ» where it is
    right: what is left and one of the numbers before it make another one of the same noun."""
    rest = passage.tokens[index]
    noun = passage.noun(rest)
    head = noun.root
    if not head or noun.kind is Kind.SPAN or not _tells_rest(passage, rest, max(0, rest.start - _LEAD)):
        return None
    before: list[Token] = []
    for at in range(index - 1, max(-1, index - _MOST_FAR), -1):
        token = passage.tokens[at]
        if rest.start - token.end > _FAR:
            break
        own = passage.noun(token)
        is_count = token.kind is TokenKind.COUNT and token.is_exact and token.number.value > rest.number.value
        if is_count and own.scale == noun.scale and own.root == head:
            before.append(token)
    together = rest.number.value
    for at, part in enumerate(before):
        if at > 1 and part.number.value == together >= _FEWEST_FAR and _tells_rest(passage, rest, before[0].end):
            # «142 cơ sở, trong đó 18 cơ sở …, 96 cơ sở …, còn lại 28 cơ sở».
            parts = tuple(Part(one, noun, "", is_first=True) for one in (*reversed(before[:at]), rest))
            return make_sum(passage, part.start, rest.end + noun.width, Whole(part, noun, ""), parts, True)
        together += part.number.value
        for whole in before[at + 1 :]:
            is_enough = whole.number.value >= (
                2 * _FEWEST_FAR if "\n" in passage.text[whole.end : rest.start] else _FEWEST_FAR
            )
            if is_enough and whole.number.value == part.number.value + rest.number.value:
                if not _tells_rest(passage, rest, part.end):
                    return None
                parts = (Part(part, noun, "", is_first=True), Part(rest, noun, "", is_first=True))
                return make_sum(passage, whole.start, rest.end + noun.width, Whole(whole, noun, ""), parts, True)
    return None


def _of_share(passage: Passage, index: int) -> Claim | None:
    """Read «đạt 78%; 22% số hộ còn lại dùng nước giếng»."""
    part, rest, text = passage.tokens[index - 1], passage.tokens[index], passage.text
    if part.kind is not TokenKind.PERCENT or not part.is_exact or {part.start, rest.start} & passage.told:
        return None
    if not _OF_SHARE.fullmatch(text, part.end, rest.start) or not _SHARE_LEFT.match(text, rest.end):
        return None
    together = part.number.decimal + rest.number.decimal
    scale = max(part.number.scale, rest.number.scale)
    holds = abs(together - _ALL) * scale <= 1
    if not holds and abs(together - _ALL) > _FEW_OFF:
        return None
    said = f"{part.number.text}% + {rest.number.text}% = {show(Fraction(together))}%"
    explain = said + (", đúng là tất cả" if holds else ", không bằng 100%")
    return passage.claim(part.start, rest.end, ClaimKind.SUM, [part.number, rest.number], holds, explain)
