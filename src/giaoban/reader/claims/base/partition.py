"""Is a list a division of the whole, or only some of it? «gồm» divides, «trong đó» often picks out a few."""

from __future__ import annotations

import re
from enum import StrEnum

from giaoban.reader.claims.base.parts import Part


class Intro(StrEnum):
    """How a list of parts is announced."""

    MADE_OF = "made_of"
    AMONG_THEM = "among_them"
    BARE = "bare"


# Kinds that exclude each other and leave nothing out: a list that names all of one row must add up to its whole.
_COMPLETE: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(word) for word in row)
    for row in (
        (r"khiển trách", r"cảnh cáo", r"cách chức", r"khai trừ"),
        (r"khiển trách", r"cảnh cáo", r"giải tán"),
        (r"chuyển đến|tiếp nhận|nơi khác đến", r"chuyển đi", r"nội bộ|trong đảng bộ"),
        (r"chính thức", r"dự bị"),
        (r"\bnam\b", r"\bnữ\b"),
        (r"\bnhất\b", r"\bnhì\b", r"\bba\b", r"khuyến khích"),
        (r"đúng (?:và trước )?hạn|trước (?:và đúng )?hạn", r"quá hạn|trễ hạn|chậm|không đúng hạn"),
        (r"đảng bộ|đảng ủy", r"chi bộ|chi ủy"),
        (r"hoàn thành xuất sắc", r"hoàn thành tốt", r"không hoàn thành"),
        (r"tập thể", r"cá nhân"),
        (r"xây (?:dựng )?mới|làm mới", r"sửa chữa|nâng cấp|cải tạo"),
        (r"(?<!sức khỏe )loại (?:i|1|một)\b", r"loại (?:ii|2|hai)\b", r"loại (?:iii|3|ba)\b"),
        (r"\bsống\b", r"\bchết\b"),
        (r"(?:cấp |\A)trung ương", r"cấp tỉnh", r"cấp huyện", r"cấp (?:xã|cơ sở)"),
        (r"cấp tỉnh", r"cấp huyện", r"cấp (?:xã|cơ sở)"),
        (r"\bcũ\b.*chuyển (?:sang|qua)|(?:năm|kỳ) trước chuyển", r"\bmới\b.*phát sinh|thụ lý mới|mới thụ lý"),
    )
)
# Pairs of which everything is one or the other.
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"(?<!không )\bhợp lệ", r"không hợp lệ"),
        (r"chính thức", r"dự bị"),
        (r"\bnam\b", r"\bnữ\b"),
        (r"(?<!không )\bđúng hạn", r"quá hạn|trễ hạn|không đúng hạn|chậm hạn"),
        (r"(?<!không )(?<!chưa )\bđạt yêu cầu", r"(?:không|chưa) đạt yêu cầu"),
        (r"(?<!không )(?<!chưa )\bđủ điều kiện", r"(?:không|chưa) đủ điều kiện"),
        (r"(?<!không )\bthuộc thẩm quyền", r"không thuộc thẩm quyền"),
        (r"tái (?:đắc )?cử", r"lần đầu"),
        (r"trực tiếp", r"trực tuyến"),
    )
)
# One of these is in each second one of those pairs; words are found many times faster than the patterns.
_WORDS_OF_OPPOSITES = (
    "hợp lệ",
    "dự bị",
    "nữ",
    "hạn",
    "đạt yêu cầu",
    "đủ điều kiện",
    "thuộc thẩm quyền",
    "lần đầu",
    "trực tuyến",
)
_REST = re.compile(r"\bcòn lại\b")
# Properties that one person or thing may have together: such parts may overlap, and they need not cover the whole.
_OVERLAPPING = re.compile(
    r"\b(?:nữ|dân tộc|tôn giáo|công giáo|tuổi(?! [đĐ]ảng)|trẻ|đoàn viên|trình độ|đại học"
    r"|thạc sĩ|thạc sỹ|tiến sĩ|tiến sỹ|cao cấp|trung cấp"
    r"|cử nhân|lý luận|trực tuyến|mở rộng|kiêm|trở lên|trở xuống|tiêu biểu|miễn|dự bị|hưu|vắng|nghỉ|mới|người ngoài"
    r"|chuyên môn"
    r"|tái cử|lần đầu|nhất là|đặc biệt|chủ yếu|khó khăn|được|bị|phát sinh"
    r"|là (?:đảng viên|đoàn viên|cán bộ|người))\b|\b(?:dưới|trên|từ|đủ)\Z"
)
# Those that a person has beside others of them.
_PROPERTY = re.compile(r"\b(?:nữ|dân tộc|tôn giáo|công giáo|độ tuổi|trẻ|đoàn viên)\b")
_LEFT_OUT = re.compile(
    r"không tính|không kể|chưa tính|chưa kể|không bao gồm|chưa bao gồm|ngoài ra|(?<!khai )\btrừ\s|tính cả|kể cả"
    r"|không gồm"
)
_OPEN_END = re.compile(
    r"còn lại[^,;.\d]*(?:[,;.)]|\Z)|[,;] (?:và )?[^,;.\d]*\bkhác\s*(?:[.;)]|\Z)|\bmột số\b|\bmột vài\b|\.\.\.|…|v\.v"
    r"|\bmỗi (?:nơi|tỉnh|thành|huyện|xã|địa phương|đơn vị)\b"
    r"|(?:[,;]|\bvà) (?:các|những|nhiều) [^.;()\d]*(?:[.;]|\Z)"
)
# What is done with the same things one after another: «thụ lý 469 vụ, giải quyết 356 vụ» divide nothing.
_BEGINNING = re.compile(r"\b(?:kế hoạch|được giao|thụ lý|tiếp nhận|phát hiện|đăng ký|tổng số)\b")
_FOLLOWING = re.compile(
    r"\b(?:đã|giải quyết|xét xử|xử lý|điều tra|thực hiện|giải ngân|hoàn thành|khởi tố|truy tố|còn lại|đạt"
    r"|h[oò][àa] giải thành|thi hành xong|khám phá|làm rõ)\b"
)
_MOST = 0.85
_NEARLY_ALL = 0.95
_PAIR = 2


def are_opposites(parts: tuple[Part, ...]) -> bool:
    """Tell whether two parts name kinds of which everything is one or the other."""
    first, second = (part.words for part in parts)
    if not any(word in first or word in second for word in _WORDS_OF_OPPOSITES):
        return False
    return any(
        (one.search(first) and other.search(second) and not other.search(first))
        or (other.search(first) and one.search(second) and not other.search(second))
        for one, other in _OPPOSITES
    )


def goes_on(words: str) -> bool:
    """Tell whether a list names parts without their numbers: «…, còn lại là công văn», «… và một số loại khác»."""
    return _OPEN_END.search(words) is not None


def leaves_out(words: str) -> bool:
    """Tell whether the text itself says that something is not counted in."""
    return bool(_LEFT_OUT.search(words.lower()))


def is_complete(parts: tuple[Part, ...], whole_words: str) -> bool:
    """Tell whether the kinds that the parts name are all there are.

    ``whole_words`` is what stands between the whole and the list: «cuộc kiểm tra, giám sát» announces its two kinds
    itself.
    """
    names = [part.words for part in parts]
    if any(_REST.search(name) for name in names):
        return True
    for row in _COMPLETE:
        hits = [sum(bool(pattern.search(name)) for name in names) for pattern in row]
        if len(parts) >= len(row) and all(hits) and all(any(p.search(name) for p in row) for name in names):
            return True
    return _announced(parts, whole_words.lower())


def _announced(parts: tuple[Part, ...], whole_words: str) -> bool:
    if not re.search(r",|\bvà\b|/", whole_words):
        return False
    wanted: list[str] = []
    for part in parts:
        own = part.noun.phrase or part.lead
        rest = own.removeprefix(part.noun.head).strip() or own
        wanted.append(rest)
    return len(set(wanted)) == len(parts) > 1 and all(len(word) > 1 and word in whole_words for word in wanted)


def may_overlap(parts: tuple[Part, ...]) -> bool:
    """Tell whether one thing may be counted in two of the parts, or whether the parts only pick out some; money that
    is spent on one thing is not spent on another."""
    return not all(part.noun.is_measure for part in parts) and any(_OVERLAPPING.search(part.words) for part in parts)


def are_stages(parts: tuple[Part, ...]) -> bool:
    """Tell whether the parts say what has become of one and the same: one begins («thụ lý», «kế hoạch»), others tell
    what was done."""
    begun = [_BEGINNING.search(part.lead) is not None for part in parts]
    return any(begun) and any(
        _FOLLOWING.search(part.lead) for part, first in zip(parts, begun, strict=True) if not first
    )


def must_add_up(intro: Intro, parts: tuple[Part, ...], whole_words: str, *, exceeds: bool, share: float) -> bool:
    """Decide whether parts that do not make the whole prove a mistake; when unsure: no.

    Args:
        intro: how the list is announced.
        parts: its numbers.
        whole_words: the text between the whole and the list.
        exceeds: whether the parts come to more than the whole.
        share: what the parts come to, in units of the whole.
    """
    if is_complete(parts, whole_words):
        return True
    match intro:
        case Intro.MADE_OF:
            # «gồm 21 nữ, 35 người trong độ tuổi Đoàn, 27 người dân tộc thiểu số» says «trong đó».
            return not (exceeds and sum(_PROPERTY.search(part.words) is not None for part in parts) > 1)
        case Intro.AMONG_THEM:
            return exceeds and not may_overlap(parts)
        case Intro.BARE:
            return not may_overlap(parts) and (exceeds or share >= (_MOST if len(parts) > _PAIR else _NEARLY_ALL))
