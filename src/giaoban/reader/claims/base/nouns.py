"""What is counted: the noun after a number, and which nouns may stand for each other in one sum."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


def words_of(table: str) -> frozenset[str]:
    """Return the words of a table written as one string, parted by «|» or, where it has none, by spaces."""
    return frozenset(table.split("|" if "|" in table else None))


class Kind(StrEnum):
    """Nouns of one kind may be parts of one whole: «82 tổ chức cơ sở đảng (45 đảng bộ, 37 chi bộ)»."""

    PERSON = "person"
    CASE = "case"
    UNIT = "unit"
    PAPER = "paper"
    EVENT = "event"
    MATTER = "matter"
    PRIZE = "prize"
    WORK = "work"
    ITEM = "item"
    MONEY = "money"
    SPAN = "span"
    PERCENT = "percent"


_WORDS: dict[Kind, str] = {
    Kind.PERSON: "đảng viên|đồng chí|người|cán bộ|quần chúng|học viên|đoàn viên|hội viên|cá nhân|thành viên|ủy viên"
    "|uỷ viên"
    "|cấp ủy viên|cấp uỷ viên|bí thư|phó bí thư|học sinh|sinh viên|giáo viên|thí sinh|lao động|công chức|viên chức"
    "|công nhân"
    "|đại biểu|đ/c|nam|nữ|chủ tịch|phó chủ tịch|thanh niên|phụ nữ|cựu chiến binh|nông dân|em|bà|ông|trẻ em|báo cáo viên"
    "|cộng tác viên|tuyên truyền viên|chủ nhiệm|trưởng ban|phó trưởng ban|trưởng phòng|phó trưởng phòng|nhân viên"
    "|chiến sĩ"
    "|công dân|khách|bệnh nhân|bị cáo|bị can|người dân|cử tri|chi hội trưởng|chi hội phó|tổ trưởng|tổ phó|trưởng thôn"
    "|hiệu trưởng|bác sĩ|bác sỹ|tân binh|nhân khẩu|chị|trẻ|cháu|biên chế"
    "|nạn nhân|thuyền viên|phạm nhân|tổ viên|chiến sỹ|sĩ quan|tín đồ|già làng"
    "|người lao động|đvtn|cbcc|cbccvc|cnvc|cnvclđ|hssv|đbqh",
    Kind.CASE: "trường hợp|hồ sơ|lượt|đối tượng|suất|phiếu|gương|gương điển hình|điển hình|tấm gương",
    Kind.UNIT: "tổ chức|tổ chức đảng|tổ chức cơ sở đảng|tổ chức đảng cơ sở|cơ sở đảng|chi bộ|đảng bộ|đảng ủy"
    "|đảng uỷ|chi ủy"
    "|chi uỷ|cấp ủy|cấp uỷ|đơn vị|cơ quan|doanh nghiệp|tập thể|xã|phường|thị trấn|huyện|thôn|bản|khu phố|trường|sở|chi"
    "|chi đoàn|chi hội|công đoàn|cơ sở|ban|phòng|tổ đảng|hợp tác xã|đảng bộ cơ sở|chi bộ cơ sở|cụm|tỉnh|thành phố"
    "|quận|ubkt|cđcs|hđnd|ubnd|thị xã|đặc khu|ấp|khóm|buôn|làng|xóm|tổ dân phố|khối phố|tổ hợp tác|câu lạc bộ|chi cục"
    "|trung tâm|công ty|trạm",
    Kind.PAPER: "văn bản|nghị quyết|quyết định|kế hoạch|chương trình|công văn|thông báo|hướng dẫn|báo cáo|chỉ thị"
    "|kết luận"
    "|quy chế|quy định|tờ trình|đề án|thông tri|giấy mời|biên bản|phương án|giấy khen|bằng khen|thông tư|nghị định"
    "|luật|nq|kh|tb|qđ|cv|bc|ct|kl|hd|ttr|gm",
    Kind.EVENT: "cuộc|hội nghị|lớp|buổi|đoàn|hội thi|cuộc thi|hoạt động|chuyên đề|cuộc họp|hội thảo|tọa đàm|kỳ họp"
    "|đợt|chuyến",
    Kind.MATTER: "đơn|vụ|vụ việc|vụ án|ý kiến|kiến nghị|đơn thư|thủ tục|tthc|câu hỏi|tin báo",
    Kind.PRIZE: "giải|huy chương|huy hiệu|danh hiệu|hcv|hcb|hcđ",
    Kind.WORK: "công trình|dự án|mô hình|nhiệm vụ|chỉ tiêu|tiêu chí|sản phẩm|nội dung|phần việc|giải pháp|đề tài"
    "|sáng kiến|gói thầu|hạng mục|ngày công|giờ công",
    Kind.ITEM: "bài|tin|tin bài|ấn phẩm|cuốn|bản|tài liệu|ảnh|video|hộ|căn|nhà|phần quà|cây|máy|xe",
    Kind.SPAN: "năm|tháng|ngày|giờ|phút|tuần|quý|tuổi|lần|điểm|kỳ|khóa|khoá|sao",
}
_SCALES: dict[str, tuple[str, int]] = {
    "nghìn tỷ đồng": ("đồng", 10**12),
    "tỷ đồng": ("đồng", 10**9),
    "tỉ đồng": ("đồng", 10**9),
    "tỷ": ("đồng", 10**9),
    "triệu đồng": ("đồng", 10**6),
    "nghìn đồng": ("đồng", 10**3),
    "ngàn đồng": ("đồng", 10**3),
    "đồng": ("đồng", 1),
    "tỷ usd": ("usd", 10**9),
    "triệu usd": ("usd", 10**6),
    "usd": ("usd", 1),
    **{
        f"{many} {word}": (word, scale)
        for many, scale in (("nghìn", 10**3), ("ngàn", 10**3), ("triệu", 10**6))
        for word in ("tấn", "ha", "m2", "m3", "kwh")
    },
    "triệu": ("", 10**6),
    "nghìn": ("", 10**3),
    "ngàn": ("", 10**3),
    **{word: (word, 1) for word in ("ha", "km", "m", "m2", "m²", "m3", "kg", "tấn", "tạ", "hecta", "kwh", "mw")},
}
_KINDS: dict[str, Kind] = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}
_KINDS["lượt người"] = Kind.PERSON
# Longer names of what one word counts too.
_ROOTS = {
    "vụ việc": "vụ", "vụ án": "vụ", "đơn thư": "đơn", "tin báo": "tin", "tin bài": "tin", "cuộc họp": "cuộc",
    "tổ chức đảng": "tổ chức", "lượt người": "người",
}  # fmt: skip
# Who may have anything.
_WHOSE = ("tập thể", "cá nhân")
# What offices write short.
_SHORT = {
    "đv": "đảng viên",
    "tccsđ": "tổ chức cơ sở đảng",
    "tcđ": "tổ chức đảng",
    "đ/c": "đồng chí",
    "dn": "doanh nghiệp",
    "htx": "hợp tác xã",
}
# Words that say which of the things already named are counted: «05 khiển trách», «38 chuyển đến». They name no new
# thing.
_STATES = words_of(
    "khiển trách|cảnh cáo|cách chức|khai trừ|giải tán|chuyển|đi|đến|nội bộ|hoàn thành|đúng hạn|quá hạn|"
    "trễ hạn|chậm|chính thức|dự bị|xuất sắc|tốt|khá|trung bình|yếu|đạt|chưa|không|đã|đang|còn|mới|cũ|loại|"
    "xếp loại|nghỉ|bầu|chỉ định|bổ sung|kiện toàn|lên|xuống|thành|so|tăng|giảm|là|do|thuộc|bằng|trực tiếp|"
    "trực tuyến|cấp|giữa|sang|ở|tại|của|theo|trong|ngoài|từ|về|với|được|bị|phải|tự|xin|cho|kiểm tra|giám sát|"
    "định kỳ|đột xuất|thường xuyên|chuyên đề|toàn diện|nhất|nhì|ba|khuyến khích"
)
# A footnote's mark may be glued to the word: «đơn vị6», «đồng chí¹⁷».
_LETTERS = r"[^\W\d_⁰¹²³⁴-⁹]+(?:/[a-zđ](?![^\W\d_]))?"
_FOUR_WORDS = re.compile(rf"{_LETTERS}(?: {_LETTERS}){{0,3}}[\d⁰¹²³⁴-⁹]*")
_MARKS = "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹"
# Phrases are read so far: longer ones say nothing more, and a line of a megabyte costs no more than others.
_LONGEST_PHRASE = 160
_PHRASE = re.compile(r"[^.;,:()\d%\n\[\]“”\"⁰¹²³⁴-⁹]*")
_POWERED = frozenset({"m", "km", "dm", "cm"})
# Kinds that may be parts of one another; «5.531 lượt người», «134 lượt đảng viên»: the measure word stays the head.
_TOGETHER = frozenset(
    pair
    for one, other in (
        (Kind.PERSON, Kind.CASE), (Kind.PERSON, Kind.PRIZE), (Kind.UNIT, Kind.CASE), (Kind.MATTER, Kind.CASE)
    )
    for pair in ((one, other), (other, one))
)  # fmt: skip


@dataclass(slots=True)
class Noun:
    """What a number counts: the head («đảng viên»), its kind if known, the scale of a measure, the whole phrase, a
    measure's unit as printed."""

    head: str
    kind: Kind | None
    scale: int
    phrase: str
    label: str = ""

    @property
    def is_measure(self) -> bool:
        """Whether the number is measured (money, area), so that printed digits may be rounded."""
        return self.kind is Kind.MONEY

    @property
    def root(self) -> str:
        """The head if it is known, else its first word: «212 ca sốt» and «159 ca» count the same."""
        return _ROOTS.get(self.head, self.head) if self.kind else self.head.partition(" ")[0]

    @property
    def width(self) -> int:
        """How much of the text behind its number the head takes, with the blank before it."""
        shown = self.label if self.label and not self.is_measure else self.head
        return len(shown) + 1 if shown else 0


NO_NOUN = Noun("", None, 1, "")


def is_counted(after: str) -> bool:
    """Tell whether a known noun follows a number."""
    noun = noun_after(after, 0)
    return noun.kind not in (None, Kind.SPAN)


def noun_after(text: str, place: int) -> Noun:
    """Read the noun phrase that follows a number ending at ``place``; the phrase stops at punctuation and at digits."""
    noun = _noun_at(text, place)
    if noun.head == "lượt":
        counted = _noun_at(text, text.find("t", place) + 1)
        return counted if counted.kind in (Kind.PERSON, Kind.MATTER) else noun
    return noun


def _noun_at(text: str, place: int) -> Noun:
    if text.startswith(" ", place):
        place += 1
    words = _FOUR_WORDS.match(text, place, place + _LONGEST_PHRASE)
    # «dân quân 112 và nhân dân 85» counts nothing behind the number.
    if words is None or words[0].startswith("và "):
        return NO_NOUN
    head, kind, scale, label = _head(words[0])
    found = _PHRASE.match(text, place, place + _LONGEST_PHRASE)
    return Noun(head, kind, scale, found[0].strip().lower() if found else "", label)


@lru_cache(maxsize=8192)
def _head(shown: str) -> tuple[str, Kind | None, int, str]:
    """Return head, kind, scale and printed unit of the noun that up to four words begin with."""
    *words, last = shown.split(" ")
    bare = last.rstrip(_MARKS)
    words = [word.lower() for word in (*words, last if bare in _POWERED else bare)]
    for length in range(len(words), 0, -1):
        head = " ".join(words[:length])
        if head in _SCALES:
            unit, scale = _SCALES[head]
            if not unit and (counted := " ".join(words[length : length + 2])):
                # «61,3 ngàn hồ sơ»: rounded like what is measured.
                unit = next((one for one in (counted, words[length]) if one in _KINDS), "")
                return unit, Kind.MONEY, scale, f"{head} {unit}".strip()
            return unit, Kind.MONEY, scale, head
        if head in _SHORT:
            return _SHORT[head], _KINDS[_SHORT[head]], 1, head
        if head in _KINDS:
            return head, _KINDS[head], 1, ""
    if words[0] in _STATES or " ".join(words[:2]) in _STATES:
        return "", None, 1, ""
    return " ".join(words[:2]), None, 1, ""


def might_add_up(whole: Noun, part: Noun) -> bool:
    """Tell whether these can be a whole and its part as far as the nouns are known; a rare noun may be of any kind."""
    if not whole.is_measure and not part.is_measure and None in (whole.kind, part.kind):
        return Kind.SPAN not in (whole.kind, part.kind)
    return may_add_up(whole, part) or _may_name(whole, part)


def _may_name(whole: Noun, part: Noun) -> bool:
    """Tell whether parts may say whose their whole is, or what it was done with: «153 trường hợp vi phạm (63 xe khách,
    …)», «55 mô hình (29 tập thể, 26 cá nhân)»."""
    if part.kind is Kind.ITEM:
        return whole.kind is Kind.MATTER or whole.head == "trường hợp"
    return part.head in _WHOSE and not whole.is_measure and whole.kind is not Kind.SPAN


def may_add_up(whole: Noun, part: Noun) -> bool:
    """Tell whether numbers of these two nouns can be a whole and its part."""
    if whole.is_measure or part.is_measure:
        return whole.head == part.head and whole.kind is part.kind
    if Kind.SPAN in (whole.kind, part.kind):
        return whole.head == part.head
    if not part.head or not whole.head or whole.head == part.head:
        return True
    if part.head in whole.phrase:
        return True
    if whole.kind is None or part.kind is None:
        return whole.head.split()[0] == part.head.split()[0]
    return whole.kind is part.kind or (whole.kind, part.kind) in _TOGETHER
