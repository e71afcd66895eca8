"""«ban hành 204 văn bản (nghị quyết 12, chỉ thị 4, kế hoạch 36, công văn 152)», «118 bằng khen cho 45 tập thể và 73 cá
nhân»: papers by their kinds, where a number behind the name of a kind is no document's number, and prizes by who got
them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, Noun
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind, read_number
from giaoban.reader.claims.base.parts import Part
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim
from giaoban.reader.places import places_of

_PAPER = (
    r"(?:nghị quyết|chỉ thị|kế hoạch|công văn|quyết định|thông báo|báo cáo|chương trình(?: hành động)?|hướng dẫn"
    r"|kết luận|quy định|quy chế|tờ trình|đề án|thông tri|giấy mời|biên bản|phương án|loại khác|văn bản khác|khác)"
)
_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d{1,5}"
_ITEM = rf"{_PAPER}(?: các loại| khác)?:? (?P<n>{_NUMBER})"
_SHORT = _ITEM.replace("?P<n>", "?:")
_LIST = re.compile(
    rf"\(?(?:(?:trong đó|gồm|bao gồm|cụ thể)(?: có)?[:,]? )?"
    rf"(?P<items>{_SHORT}(?:(?:[,;]| và) (?:và )?{_SHORT}){{2,12}})(?=[).;\n]|\Z)"
)
_ONE = re.compile(_ITEM)
_WHOLE = re.compile(rf"(?<![\d/.,])(?P<n>{_NUMBER})(?: (?:văn bản|tài liệu)(?: [^\W\d]+){{0,6}})?[,:]? ?\Z")
_LONGEST_WHOLE = 60
_FEW_OFF = 4
_PRIZE = (
    r"(?:bằng khen|giấy khen|danh hiệu|kỷ niệm chương|phần thưởng|huân chương|cờ thi đua|suất khen thưởng"
    r"|giấy chứng nhận)"
)
_GIVEN = re.compile(
    rf"(?<![\d/.,])(?P<whole>{_NUMBER}) {_PRIZE}(?P<words>[^.;:()\n\d%]{{0,50}}?) cho "
    rf"(?P<groups>{_NUMBER}) (?:lượt )?(?:tập thể|đơn vị)(?P<more>[^.;:()\n\d%]{{0,30}}?)(?:,| và|, và)? "
    rf"(?P<people>{_NUMBER}) (?:lượt )?cá nhân(?P<end>[^\n]{{0,30}})"
)
_MORE_GIVEN = re.compile(r"\s?(?:,|và) ?\d")
_LEFT_OUT = re.compile(r"mỗi|các loại|trong đó|riêng|còn lại|cùng \d", re.IGNORECASE)
_PEOPLE = Noun("", None, 1, "")


def find_kinds(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow."""
    yield from _papers(passage)
    yield from _prizes(passage)


def _papers(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    done = 0
    colons = [place for place in passage.places(":") if text.startswith(" ", place + 1)]
    made_of = [place - 1 for place in passage.places("ồm") if text[max(0, place - 1) : place + 3] == "gồm "]
    for mark, places in (("(", passage.places("(")), (": ", colons), ("gồm ", made_of)):
        for place in places:
            start = place if mark == "(" else place + len(mark)
            found = _LIST.match(text, start)
            if found is None or place < done or (mark == "(" and not text.startswith(")", found.end())):
                continue
            whole = _WHOLE.search(text, max(0, place - _LONGEST_WHOLE), place)
            if whole is None:
                continue
            claim = _of_list(passage, whole, found)
            if claim is not None:
                done = found.end()
                yield claim


def _of_list(passage: Passage, whole: re.Match[str], found: re.Match[str]) -> Claim | None:
    items = [(match.start("n"), match["n"]) for match in _ONE.finditer(passage.text, found.start("items"), found.end())]
    total = _token(whole.start("n"), whole["n"])
    parts = tuple(_part(start, shown) for start, shown in items)
    return _claim(passage, total, parts, found.end())


def _prizes(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    for place in places_of(text, " cá nhân"):
        begin = max(0, place - 150, text.rfind("\n", 0, place) + 1)
        found = next((match for match in _GIVEN.finditer(text, begin, min(len(text), place + 40))), None)
        if found is None or not found.start("people") < place < found.start("end"):
            continue
        said = found[0]
        if _LEFT_OUT.search(said) or _MORE_GIVEN.match(found["end"]):
            continue
        parts = (_part(found.start("groups"), found["groups"]), _part(found.start("people"), found["people"]))
        claim = _claim(passage, _token(found.start("whole"), found["whole"]), parts, found.start("end"))
        if claim is not None and (claim.holds or not found["end"].lstrip().startswith("(")):
            yield claim


def _token(start: int, shown: str) -> Token:
    return Token(TokenKind.COUNT, start, start + len(shown), _number(shown))


def _number(shown: str) -> Number:
    return read_number(shown)


def _part(start: int, shown: str) -> Part:
    return Part(_token(start, shown), _PEOPLE, "", is_first=True)


def _claim(passage: Passage, total: Token, parts: tuple[Part, ...], end: int) -> Claim | None:
    """Return the sum; where it is far off, the numbers are those of documents, or of something else."""
    together = sum((Fraction(part.token.number.value) for part in parts), Fraction(0))
    value = Fraction(total.number.value)
    is_far = abs(together - value) * _FEW_OFF > value
    if total.start in passage.summed or is_far:
        return None
    whole = Whole(total, Noun("", Kind.PAPER, 1, ""), "")
    return make_sum(passage, total.start, end, whole, parts, together == value)
