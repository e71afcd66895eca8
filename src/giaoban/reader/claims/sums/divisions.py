"""«Cơ cấu kinh tế: nông nghiệp 32,4%; công nghiệp 38,1%; dịch vụ 29,5%»: shares that together are everything.

Shares that come to a hundred confirm each other. They contradict each other only where words say that they divide one
whole («cơ cấu», «xếp loại», «tín nhiệm cao, tín nhiệm, tín nhiệm thấp») and they come to more:
a list may leave a share out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.model import Claim, ClaimKind

_ALL = 100
_FEWEST, _FEWEST_OF_OPPOSITES, _MOST = 3, 2, 12
_LONGEST_ITEM = 90
_LONGEST_LEAD = 110
# By how much shares that are meant to be everything are ever off: what is farther off is read wrongly.
_FAR = 8
# What an item of such a list ends with.
_NEXT = re.compile(r"\)? ?(?:[,;.]|và\b|còn\b|\n|\Z)")
_LOOSE = re.compile(
    r"[^;.%\d]{0,40}[;,.](?![^.%]*(?:tăng|giảm|so với|kế hoạch|năm))[^;.%\d]{0,80}"
    # «90,3% số hộ là hộ khá; 9,1% là hộ trung bình và 0,6% là hộ nghèo»
    r"|(?! ?[,;])(?!.*(?:tăng|giảm|so với|kế hoạch|năm))[^;,.%\d]{3,88}(?:[;,] ?(?:và )?|\bvà )(?:có |chỉ )?"
)
_IN_BRACKETS = re.compile(r" ?\([^()\n]*\)")
_RANGE = re.compile(r" ?[-–] ?\d{1,3} (?:tuổi|năm)")
# Shares of growth, of several wholes, or of things that one may be more than one of.
_OTHER = re.compile(
    r"tăng|giảm|so với|cùng kỳ|kế hoạch|chỉ tiêu|dự toán|vượt|bình quân|trung bình năm|tỷ lệ (?:hộ|người|trẻ|dân)"
    r"|dân tộc|đoàn viên|tôn giáo|đại học|cao cấp|lý luận|(?<!\w)(?:19|20)\d\d(?!\w)|tháng \d|quý [IV1-4]|cả nước"
    r"|trong đó|riêng|tương ứng|lần lượt|lãi suất|thuế suất|mức",
    re.IGNORECASE,
)
_AMONG = re.compile(r"\Atrong đó[:,]? (?:có )?")
_DIVIDES = re.compile(
    r"(?:cơ cấu|tỷ trọng|tỉ trọng|xếp loại|phân loại|đánh giá|hạnh kiểm|học lực|nguồn vốn|nguồn thu|lấy phiếu"
    r"|chất lượng rừng|độ tuổi|thành phần dân tộc|rèn luyện|kết quả học tập|chia theo|phân theo)[^.;()\n\d%]{0,70}"
    r"(?:năm (?:19|20)\d\d:? [^.;()\n\d%]{0,40})?\Z",
    re.IGNORECASE,
)
# Each row names kinds of which everything is just one.
_ROWS = tuple(
    tuple(re.compile(word) for word in row)
    for row in (
        (r"xuất sắc", r"hoàn thành tốt", r"hoàn thành(?! (?:tốt|xuất sắc))"),
        (r"\btín nhiệm cao", r"tín nhiệm(?! (?:cao|thấp))", r"tín nhiệm thấp"),
        (r"\b(?:giỏi|tốt)\b", r"\bkhá\b", r"\b(?:trung bình|đạt|yếu)\b"),
        (r"nông[ ,]", r"công nghiệp", r"dịch vụ|thương mại"),
        (r"khu vực (?:i|1|một)\b", r"khu vực (?:ii|2|hai)\b", r"khu vực (?:iii|3|ba)\b"),
        (r"\bgiàu\b", r"\btrung bình\b", r"\bnghèo\b"),
        (r"\bkhá\b", r"\btrung bình\b", r"\bnghèo\b"),
    )
)
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"(?<!không )\bhài lòng", r"(?:không|chưa) hài lòng"),
        (r"(?<!không )\bđồng ý", r"không đồng ý"),
        (r"(?<!không )\btán thành", r"không tán thành"),
        (r"\bnam\b", r"\bnữ\b"),
        (r"(?<!không )\bhợp lệ", r"không hợp lệ"),
        (r"(?<!không )\bđúng hạn", r"quá hạn|trễ hạn|không đúng hạn"),
        (r"\bthành thị|\bđô thị", r"\bnông thôn"),
    )
)


def find_divisions(passage: Passage) -> Iterator[Claim]:
    """Yield the sums of shares of one flow; each share stands without the number that it is of."""
    done: set[int] = set()
    for claim in _in_a_row(passage):
        done.add(claim.end)
        yield claim
    yield from (claim for claim in _over_brackets(passage) if claim.end not in done)


def _over_brackets(passage: Passage) -> Iterator[Claim]:
    """Read «xuất sắc chiếm 87,97% (trong đó tiêu biểu 20,59%); tốt chiếm 10,22%; đạt chiếm 1,81%», and sentences that
    each tell one share, where they come to a hundred."""
    text, group = passage.text, list[Token]()
    for index in passage.percents:
        token = passage.tokens[index]
        if group and token.start - group[-1].end > 3 * _LONGEST_ITEM:
            if len(group) >= _FEWEST:
                yield from _hundred(passage, group)
            group = []
        if group:
            between = text[group[-1].end : token.start]
            if between.count("(") > between.count(")") and ")" in text[token.end : token.end + _LONGEST_ITEM]:
                continue
            bare = _IN_BRACKETS.sub("", between)
            if len(bare) > _LONGEST_ITEM or "\n" in bare or not _LOOSE.fullmatch(bare):
                yield from _hundred(passage, group)
                group = []
        group.append(token)
        if (whole := _last_of_all(group)) is not None:
            # The next sentence may divide something else.
            yield from _hundred(passage, whole)
            group = []
    yield from _hundred(passage, group)


def _last_of_all(group: list[Token]) -> list[Token] | None:
    """Return the last shares that come to a hundred: all of them, or those behind a list that leaves something out."""
    together, found = Fraction(0), None
    for count, token in enumerate(reversed(group[-_MOST:]), start=1):
        together += token.number.value
        if together > _ALL + 1:
            break
        last = group[-count:]
        if count >= _FEWEST_OF_OPPOSITES and _come_to_all(last) and (count >= _FEWEST or _are_fine(last)):
            found = last
    return found


def _are_fine(pair: list[Token]) -> bool:
    """Tell whether two shares of two decimals come to just a hundred, as they do not by chance."""
    are_fine = all(token.number.scale >= _ALL for token in pair)
    return are_fine and sum(token.number.decimal for token in pair) == _ALL


def _come_to_all(group: list[Token]) -> bool:
    """Tell whether shares come to a hundred, each off by no more than its rounding."""
    together = sum((Fraction(token.number.value) for token in group), Fraction(0))
    return abs(together - _ALL) * max(token.number.scale for token in group) * 2 <= len(group)


def _hundred(passage: Passage, group: list[Token]) -> Iterator[Claim]:
    fewest = _FEWEST_OF_OPPOSITES if len(group) == _FEWEST_OF_OPPOSITES and _are_fine(group) else _FEWEST
    if not fewest <= len(group) <= _MOST or not all(_is_exact(passage, token) for token in group):
        return
    telling = sum(not token.number.is_whole for token in group)
    # «còn lại 10,3%» tells that all are named.
    is_rest = passage.text.endswith(("còn lại ", "còn lại là "), 0, group[-1].start)
    if telling < (_FEWEST_OF_OPPOSITES if is_rest else fewest):
        return
    if not _come_to_all(group):
        return
    together = sum((Fraction(token.number.value) for token in group), Fraction(0))
    said = " + ".join(f"{token.number.text}%" for token in group)
    numbers = [token.number for token in group]
    explain = f"{said} = {show(together)}%, đúng là tất cả"
    yield passage.claim(group[0].start, group[-1].end, ClaimKind.SUM, numbers, True, explain)


def _in_a_row(passage: Passage) -> Iterator[Claim]:
    group: list[Token] = []
    for token in passage.tokens:
        if token.kind is not TokenKind.PERCENT:
            # «từ 35 đến 45 tuổi 43,8%» counts nothing.
            if token.kind is TokenKind.COUNT and (
                passage.noun(token).kind is Kind.SPAN or _RANGE.match(passage.text, token.end)
            ):
                continue
            yield from _judge(passage, group)
            group = []
            continue
        if group and not _goes_on(passage, group[-1], token):
            yield from _judge(passage, group)
            group = []
        group.append(token)
    yield from _judge(passage, group)


def _goes_on(passage: Passage, before: Token, token: Token) -> bool:
    if token.start - before.end > _LONGEST_ITEM or not _NEXT.match(passage.text, before.end):
        return False
    return passage.sentence_end(before.end, token.start) == token.start


def _judge(passage: Passage, group: list[Token]) -> Iterator[Claim]:
    if not _FEWEST_OF_OPPOSITES <= len(group) <= _MOST:
        return
    if any(not _is_exact(passage, token) for token in group):
        return
    names = _names(passage, group)
    lead, items = names[0], [name.lower() for name in names]
    # «Cơ cấu kinh tế năm 2020: …» tells the time of all.
    # «48,6 tỷ kWh (trong đó thủy điện chiếm 35,1%, …)» divides it.
    items[0] = _AMONG.sub("", _word_of(items[0]))
    is_pair = len(group) < _FEWEST
    if any(_OTHER.search(item) for item in items) or (is_pair and not _are_opposites(items[-2:])):
        return
    if not all(_word_of(item) for item in items[1:]) or not _NEXT.match(passage.text, group[-1].end):
        return
    together = sum((Fraction(token.number.value) for token in group), Fraction(0))
    scale = max(token.number.scale for token in group)
    off = (together - _ALL) * scale
    # Each share is rounded, half a unit at most in a list that is; half of them come off by no more than that.
    is_whole = abs(off) * 2 <= len(group)
    if not is_whole:
        is_sure = _DIVIDES.search(lead) or _name_a_row(items) or (len(group) > 2 and _are_opposites(items[-3:-1]))
        if not is_sure or off < 0 or together - _ALL > _FAR or abs(off) <= len(group):
            return
    start = group[0].start - len(_word_of(names[0]))
    said = " + ".join(f"{token.number.text}%" for token in group)
    explain = f"{said} = {show(together)}%" + (
        ", đúng là tất cả" if is_whole else ", nhiều hơn 100%: các tỷ lệ này chia cùng một tổng"
    )
    numbers = [token.number for token in group]
    yield passage.claim(start, group[-1].end, ClaimKind.SUM, numbers, is_whole, explain)


def _is_exact(passage: Passage, token: Token) -> bool:
    if token.number.is_doubtful or token.start in passage.told:
        return False
    # Of pupils and of woods «trung bình» is a kind.
    return token.mark is None or passage.text.endswith("trung bình ", 0, token.start)


def _names(passage: Passage, group: list[Token]) -> list[str]:
    """Return what stands before each share: of the first, back to the start of its sentence; of others, to the last."""
    text, first = passage.text, group[0].start
    begin = max(0, first - _LONGEST_LEAD, text.rfind("\n", 0, first) + 1)
    for stop in passage.stops(begin, first):
        begin = stop + 1
    begin = max(begin, text.rfind(";", begin, first) + 1)
    ends = [begin, *(token.end for token in group[:-1])]
    return [text[end : token.start] for end, token in zip(ends, group, strict=True)]


def _word_of(name: str) -> str:
    """Return the last item of what stands before a share: «Cơ cấu kinh tế: nông nghiệp» ends with «nông nghiệp»."""
    return re.split(r"[:;,(]\s?(?=[^:;,(]*[^\W\d])", name)[-1].lstrip()


def _name_a_row(items: list[str]) -> bool:
    for row in _ROWS:
        hits = [sum(pattern.search(_word_of(item)) is not None for item in items) for pattern in row]
        if all(hits) and len(items) >= len(row):
            return True
    return False


def _are_opposites(items: list[str]) -> bool:
    first, second = (_word_of(item) for item in items)
    return any(
        one.search(first) and other.search(second) and not other.search(first) and not one.search(second)
        for one, other in _OPPOSITES
    )
