"""«tăng 21 đảng viên (kết nạp 18, tiếp nhận 12, chuyển đi 7, từ trần 2)»: a change, and what came and what went."""

from __future__ import annotations

import re

from giaoban.reader.claims.base.intervals import exactly
from giaoban.reader.claims.base.parts import PartList, value_of
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim, ClaimKind

_CHANGE = re.compile(r"(?P<way>tăng|giảm)(?: thêm| ròng| cơ học| được| đi)? \Z", re.IGNORECASE)
_LONGEST_CHANGE = 16
_CAME = re.compile(
    r"kết nạp|phát triển (?:mới|được)|chuyển (?:sinh hoạt )?đến|\bđến\b|tiếp nhận|khôi phục|phục hồi|thành lập|tuyển"
    r"|bổ sung|nhập|tăng|phát sinh|\bthu\b|thụ lý"
)
_WENT = re.compile(
    r"chuyển (?:sinh hoạt (?:đảng )?)?đi|từ trần|qua đời|hy sinh|xóa tên|xoá tên|khai trừ|ra khỏi|xin ra|\bnghỉ\b"
    r"|thôi việc|giải thể|sáp nhập|hợp nhất|kết thúc|chấm dứt|\bchết\b|thoát|xuất|giảm|giải quyết|sử dụng|\bchi\b"
)


def find_signed(passage: Passage, whole: Whole, found: PartList, end: int) -> Claim | None:
    """Return the claim of a change whose parts went both ways; None where it is no such change.

    Args:
        passage: where all of it stands.
        whole: the number before the list.
        found: the list.
        end: where it ends.
    """
    start = whole.token.start
    change = _CHANGE.search(passage.text, max(0, start - _LONGEST_CHANGE), start)
    if change is None or not found.is_regular or whole.token.mark is not None:
        return None
    parts = found.firsts
    signs = [sign_of(part.words) for part in parts]
    is_exact = all(part.token.is_exact for part in parts)
    if set(signs) != {1, -1} or not is_exact:
        return None
    way = 1 if change["way"].lower() == "tăng" else -1
    together = exactly(0)
    for sign, part in zip(signs, parts, strict=True):
        value = value_of(part.token, part.noun)
        together = together + value if sign == way else together - value
    holds = together.meets(whole.value)
    ordered = sorted(zip(signs, parts, strict=True), key=lambda pair: pair[0] != way)
    said = "".join(f" {'+' if sign == way else '-'} {part.token.number.text}" for sign, part in ordered)[3:]
    printed = sum(part.token.number.value * (1 if sign == way else -1) for sign, part in ordered)
    explain = f"{said} = {show(printed)}, {'đúng như ' if holds else ''}văn bản ghi {whole.token.number.text}"
    numbers = (whole.token.number, *(part.token.number for part in parts))
    return passage.claim(start, end, ClaimKind.SUM, numbers, holds, explain)


def sign_of(words: str) -> int:
    """Return 1 for what came, -1 for what went, 0 where the words do not say."""
    went, came = _WENT.search(words), _CAME.search(words)
    if went and came:
        return 0
    return -1 if went else 1 if came else 0
