"""Where one goal ends and the next one begins: at signs, at «trong đó», at a comma before another value."""

from __future__ import annotations

import re

from giaoban.reader.targets.values import Value

# The first begins with one set of signs, which the engine looks for fast; few paragraphs need the other one.
_COMPARES = r"(?:trên|dưới|từ|đạt|tối thiểu|ít nhất|không dưới|không quá|tối đa)\s"
_SIGN_END = re.compile(
    rf"[;.:(…](?:(?<=;)|(?<=…)(?=\s[A-ZĐ])|(?<=\.)(?=\s|\Z)|(?<=\s\()(?:[0-9]{{1,2}}|[a-z])\)\s|(?<=:)\s(?!(?:{_COMPARES})?[0-9]))"
)
_DIVIDES = r"(?:\(?(?:trong đó|trọng tâm là|trọng điểm là)[,:]?|\(riêng)\s"
_AND_MORE = (
    # «trên 15% chi bộ … nhưng không vượt quá 20%».
    r"nhưng\s(?=(?:không (?:vượt )?quá|không dưới|ít nhất|tối thiểu|tối đa)\s[0-9])"
    r"|và\s(?=(?:ít nhất|tối thiểu|trên|dưới|không dưới|không quá|đạt)\s[0-9]"
    # «thành lập 30 tổ chức và phát triển 2.135 đoàn viên», «90% doanh nghiệp và 50% hợp tác xã».
    r"|đến (?:cuối |hết )?(?:nhiệm kỳ|năm 20[0-9]{2})\s(?:[^\s,;.0-9]+\s){0,4}[0-9]"
    r"|(?:kết nạp|phát triển|thành lập|giới thiệu|xây dựng|tạo|đào tạo|giải quyết|trồng|hỗ trợ|kiểm tra|giám sát|xóa)"
    r"\s(?:[^\s,;.0-9]+\s){0,3}[0-9]|(?:tăng|giảm|nâng)\s(?:[^\s,;.0-9]+\s){2,14}[0-9]|[0-9]{1,3}(?:,[0-9])?%\s(?!ở|đối|tại|của|trở|so|trong|kế)[^\W\d_])"
)
_WORD = re.compile(rf" (?:{_DIVIDES}|{_AND_MORE})")
_CLAUSE_END = re.compile(rf"{_SIGN_END.pattern}|,?\s{_DIVIDES}|\s(?:{_AND_MORE})")
_OF_OTHERS = re.compile(r" (?:ở|đối với|tại|của) ")
_OF_WHOM = re.compile(r" (?!trở|so|mỗi|đến|và |trong|kế hoạch)[^\W\d_]")
# «đạt 1.184 tỷ đồng, tăng gấp 2 lần so với năm 2015» tells of the same goal how it changes.
_CHANGES = ("tăng", "giảm", "tăng gấp", "gấp", "bằng", "tăng thêm")
_COMPARED = re.compile(r"[^.;:,0-9(]{0,24}(?:\([^)]{1,16}\)\s)?so với (?:năm|giai đoạn|nhiệm kỳ|thời kỳ|đầu)")
_AT_LEAST = ("ít nhất", "tối thiểu", "không dưới")


def ends_of_clauses(text: str) -> list[tuple[int, int]]:
    """Return where the clauses of a paragraph end, and where the next ones begin."""
    ends = _CLAUSE_END if _WORD.search(text) else _SIGN_END
    return [*(match.span() for match in ends.finditer(text)), (len(text), len(text))]


def begins_another(clause: str, comma: int, value: Value, following: Value) -> bool:
    """Tell whether a comma between two values of a clause parts two goals."""
    # «đạt trên 95% ở đô thị, 85% ở nông thôn»: the same of others.
    if value.unit == following.unit == "%" and _OF_OTHERS.match(clause, following.end):
        return True
    # «95% hộ đăng ký, trên 90% số hộ thực hiện đúng»: the second says itself what it is about.
    says_whose = clause[following.end :].lstrip()[:1].islower()
    # «100% tổ chức hội, 80% hội viên được học tập», «690 triệu cây phân tán, 310 triệu cây trồng tập trung».
    if value.unit is not None and value.unit == following.unit and comma + 2 == following.at:
        return _OF_WHOM.match(clause, value.end) is not None and _OF_WHOM.match(clause, following.end) is not None
    if says_whose and (
        following.sign in _AT_LEAST
        or (following.unit == "%" and (following.sign or following.high or following.back) is not None)
    ):
        return True
    between = clause[comma + 2 : following.start].strip()
    return bool(between) and not (between in _CHANGES and _COMPARED.match(clause, following.end))
