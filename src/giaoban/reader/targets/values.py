"""The values of goals: «từ 3 - 3,5%», «không dưới 65 triệu đồng/người/năm», «850 tỷ đồng trở lên»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from giaoban.core.numbers_vi import parse_number

_SIGNS = {
    "ít nhất": ">=", "tối thiểu": ">=", "không dưới": ">=", "không thấp hơn": ">=", "không ít hơn": ">=", "≥": ">=",
    "bằng hoặc cao hơn": ">=", "bằng hoặc lớn hơn": ">=", "bằng hoặc hơn": ">=", "đạt và vượt": ">=",
    "đạt hoặc vượt": ">=",
    "bằng hoặc thấp hơn": "<=", "bằng hoặc nhỏ hơn": "<=", "bằng hoặc dưới": "<=",
    "vượt mức": ">", "trên mức": ">", "dưới mức": "<", "trên": ">", "hơn": ">", "vượt": ">",
    "lớn hơn": ">", "cao hơn": ">", ">": ">",
    "không quá": "<=", "không vượt quá": "<=", "không để quá": "<=", "không để vượt quá": "<=", "tối đa": "<=",
    "không cao hơn": "<=", "không hơn": "<=", "≤": "<=",
    "dưới": "<", "thấp hơn": "<", "nhỏ hơn": "<", "<": "<",
}  # fmt: skip
# The longest first: «không thấp hơn» before «thấp hơn» before «hơn».
_LONGEST_SIGNS = tuple(sorted(_SIGNS, key=len, reverse=True))
# How «‰» is typed: «giảm 0,30%0».
_PER_MILLE = ("%0", "%o")
_UNIT = (
    r"%[0o](?![\w.,])|%|‰|(?:nghìn\s|ngàn\s|triệu\s|tỷ\s|tỉ\s)+"
    r"(?:đồng|USD|lượt|tấn|lao\sđộng|người|đoàn\sviên|hội\sviên|cây|con|hộ|ha)(?!\w)(?:/[^\s,;.]{1,14}){0,2}"
    r"|(?:(?:tỷ|tỉ|triệu|tr)\s?\.?\s?đ(?:/[^\s,;.]{1,14}){0,2})(?!\w)"
    r"|USD|đồng(?!\schí)(?:/[^\s,;.]{1,14}){0,2}"
    r"|(?:đảng\sviên|tổ\schức(?:\scơ\ssở)?\sđảng|chi\sbộ|đảng\sbộ|doanh\snghiệp|việc\slàm|lao\sđộng|giường(?:\sbệnh)?|bác\ss[ỹĩ]|"
    r"dược\ss[ỹĩ]|điều\sdưỡng|đồng\schí|học\sviên|mô\shình|hợp\stác\sxã|sản\sphẩm|"
    r"hội\sviên|đoàn\sviên|học\ssinh|sinh\sviên|quần\schúng|cán\sbộ|công\strình|dự\sán|lượt\s(?:khách|người)|"
    r"tiêu\schí|thôn|khu\sphố|tổ\sdân\sphố|đơn\svị|cơ\ssở|con|cây|xã|hộ|ha|km|kg|tạ|lớp|cuộc|lượt|người|tấn|"
    r"lần|điểm(?:\sphần\străm|\s%)?|bậc|trường|máy|căn|triệu|tỷ)(?:\s?/\s?[^\s,;.]{1,10}(?:\svạn\sdân)?)?(?!\w)"
)
# «…, 15 đảng viên», «… và 02 mô hình»: so many of something behind so many of something else.
COUNTED_TOO = re.compile(rf"(?:,(?:\svà)?|\svà)\s(?=[0-9]{{1,3}}(?:\.[0-9]{{3}})*\s(?:{_UNIT}))")
# What a number counts or measures where it is known to be a value for another reason.
_RARE_UNIT = re.compile(
    r"\s?(?P<unit>tuổi|năm|tháng|ngày|giờ|phút|m2|m²|m3|m³|km2|km²|mét(?:\s(?:vuông|khối))?|kg|tạ|lít|kWh|MW|cuốn|bản|tủ|"
    r"nhà|phòng|vụ|ca|hội\sviên|giáo\sviên|câu\slạc\sbộ|tổ\shợp\stác|hộ\snghèo|tuyến\sđường|giải\spháp|buổi|kỳ|giải)"
    r"(?:/[^\s,;.]{1,10})?(?![\w0-9])(?!\s20[0-9]{2})"
)
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"
# It begins with the first digit of the number, which the engine looks for fast; the comparison is read backwards.
_VALUE = re.compile(
    rf"(?i:[0-9](?<![0-9/.,-][0-9])(?:[0-9]{{0,2}}(?:\.[0-9]{{3}})+(?:,[0-9]+)?|[0-9]*(?:,[0-9]+)?)(?P<low>)"
    # «11/14 trường».
    rf"(?:/[0-9]{{1,4}}(?=\s(?:{_UNIT})))?"
    # «từ 80 triệu đồng đến 85 triệu đồng».
    r"(?:\s(?P<same>(?:triệu|tỷ|tỉ|nghìn)\sđồng|ha|tấn|người|đảng\sviên)(?=\s(?:đến|-|–)\s[0-9.,]+\s(?P=same)(?!\w)))?"
    rf"(?:\s?%?\s?(?:-|–|−|đến)\s?(?P<high>{_NUMBER}))?(?![0-9/]|-[0-9])(?:\s?(?P<unit>{_UNIT}))?(?:/[^\s,;.]{{1,8}})?"
    rf"(?P<back>\s(?:[^\s,;.0-9%]{{1,12}}\s){{0,3}}?trở\s(?:lên|xuống))?)"
)
_SOFTENERS = ("khoảng ", "từ ")
# The last words of comparisons: without one of them there is none.
_COMPARES = ("khoảng", "từ", "đạt", *{sign.rpartition(" ")[2] for sign in _SIGNS})
_LONGEST_BEFORE = 36
_LONGEST_LEAD = 24
_LONGEST_WORD = 14
# After these a number is a name, a date, or a count of something else.
_NAMED = tuple(
    f"{word} "
    for word in ("năm", "ngày", "tháng", "quý", "số", "khóa", "khoá", "thứ", "điều", "khoản", "cụm", "tổ", "mức độ",
                 "giai đoạn", "nhiệm kỳ", "so với", "tuổi", "đợt", "loại", "cấp", "hạng", "kỳ")
)  # fmt: skip
_VERBS = (
    "phấn đấu|bình quân|đạt|tăng|giảm|xuống|lên|còn|có|chiếm|là|ở mức|phải|được|mức|vào|khoảng|đến|hằng năm|tới|thêm"
    "|bằng|hướng|gấp|mỗi năm|hàng năm|mỗi quý|mỗi tháng"
)
_VERB_ENDS = tuple(sorted(_VERBS.split("|"), key=len, reverse=True))
# What begins a goal that counts: «Giải quyết việc làm cho 3.500 lao động», «…, giám sát 01 đảng viên».
DOING = (
    "giải quyết", "tạo", "đào tạo", "giúp", "bồi dưỡng", "kết nạp", "kiểm tra", "giám sát", "xây dựng", "hỗ trợ",
    "trồng",
    "thành lập", "phát triển", "cấp", "xóa", "sửa chữa", "mở", "tổ chức", "cử", "thu hút", "vận động", "giới thiệu",
    "đón", "khai trương", "triển khai", "thực hiện", "có thêm", "tăng thêm", "phối hợp", "nâng cao",
    "tiếp nhận", "trao", "tặng", "khám", "bảo vệ", "khoanh nuôi", "huy động", "đóng góp", "thả",
)  # fmt: skip
# «b) Hỗ trợ …», «đặt mục tiêu mỗi năm kết nạp …».
_BEFORE_DOING = re.compile(
    r"(?:(?:[-+•*]|[a-zđ]\)|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)-])\s+)?"
    r"(?:trong đó,?\s)?(?:(?:.*\s)?(?:phấn đấu|(?:mục|chỉ) tiêu)\s)?(?:là\s)?"
    r"(?:(?:trong |(?:từ nay )?đến (?:hết |cuối )?)?năm 20[0-9]{2},? )?"
    r"(?:sẽ\s)?(?:bình quân\s)?(?:(?:mỗi|hằng|hàng)\s(?:năm|quý|tháng)\s)?"
)
# A verb of work right before a number, whoever does it: «đến năm 2030 tỉnh đón 3,2 triệu lượt khách».
_DONE_AT_ONCE = ("đón", "trồng mới", "kết nạp", "thu hút", "việc làm cho", "việc làm mới cho")
_LONGEST_DOING = 44
_STRIVES = "phấn đấu "
_MOST_DOING = 7
_GOES_TO = re.compile(
    r"[^.;,0-9]{0,40}\s(?:xuống|lên|còn|thành)(?:\s(?:còn|dưới|trên|khoảng|mức|đến|tới|ít nhất|tối thiểu))*\s[0-9]"
)
_GOES_ON = re.compile(r"\s(?:chiếm|đạt|tăng|giảm|còn|là)\s(?:[^\s,;.]{1,9}\s){0,3}[0-9]")
_AGE = re.compile(r"\s?tuổi\b")
_AT_END = re.compile(r"\s?(?:[,;.:)]|\Z)")
_YEAR_DIGITS = 4
_MEASURED_BY = ("ha", "km", "người", "hộ")
# «Số bác sĩ trên 1 vạn dân», «trên 10.000 dân».
_BY_PEOPLE = re.compile(r"\s?(?:vạn\s|nghìn\s|triệu\s)?(?:người\s)?dân\b(?! (?:số|cư))")
# «Kết nạp mỗi năm 25 đảng viên»: so many each time, no name of a year.
_EACH_TIME = ("mỗi năm ", "hằng năm ", "hàng năm ", "mỗi tháng ", "hằng tháng ", "mỗi quý ", "hằng quý ")
_FEW_WORDS = 3
# «triển khai 3 khâu đột phá» sets nothing to be measured.
_ONLY_NAMED = ("tuổi", "khâu ", "nhiệm vụ", "giải pháp", "nhóm ", "chỉ tiêu", "mục tiêu", "nội dung", "lĩnh vực",
               "trụ cột", "chương trình", "nghị quyết", "vấn đề", "phong trào", "đột phá")  # fmt: skip
# «chi bộ đạt 4 tốt», «gia đình 5 không, 3 sạch».
_TITLES = (" tốt", " không", " sạch", " xin", " luôn")
_MORE_THAN = ("cao hơn", "thấp hơn", "hơn", "lớn hơn", "nhỏ hơn")
# What leads to a time that a goal is measured over.
_OVER = ("bình quân", "trong", "sau", "suốt")
_TIMES = ("năm", "quý", "tháng", "tuần", "ngày")


@dataclass(slots=True)
class Value:
    """A printed value in its place: ``start`` is where its comparison begins, ``at`` where its number does."""

    start: int
    at: int
    end: int
    low: str
    high: str | None
    unit: str | None
    unit_start: int
    sign: str | None
    back: str | None
    is_from: bool

    def compared(self) -> tuple[str, Decimal | tuple[Decimal, Decimal] | None]:
        """Return the operator and the value, None where its form is no Vietnamese number."""
        low, high = parse_number(self.low), parse_number(self.high) if self.high else None
        if low is not None and high is not None:
            return "range", (low, high)
        if self.back:
            return ("<=" if self.back.endswith("xuống") else ">="), low
        if self.sign:
            return _SIGNS[" ".join(self.sign.lower().split())], low
        return (">=" if self.is_from else "="), low


def find_values(
    clause: str, *, of_parts: bool = False, among_goals: bool = False, is_set: bool = False
) -> Iterator[Value]:
    """Yield the values of a clause; years, dates and counts of something else are none.

    Args:
        clause: its words.
        of_parts: whether it divides a goal: «trong đó thu nội địa 40.000 tỷ đồng» needs no verb.
        among_goals: whether it stands among goals: «Sản lượng lương thực 41.500 tấn» needs no verb at its end.
        is_set: whether it stands behind a word that sets goals: «phấn đấu thành lập 30 công đoàn cơ sở».
    """
    done = 0
    for match in _VALUE.finditer(clause):
        at, end = match.span()
        start, sign, is_from = _comparison(clause, max(done, at - _LONGEST_BEFORE), at)
        low, high, unit, back = clause[at : match.start("low")], match["high"], match["unit"], match["back"]
        done = end
        unit = "‰" if unit in _PER_MILLE else unit
        value = Value(start, at, end, low, high, unit, match.start("unit"), sign, back, is_from)
        if is_from and not (sign or back) and _GOES_TO.match(clause, end):
            # «giảm từ 1.450 xuống 1.380», «từ 6,5-7% lên 7,5-8%»: the goal is where it is to arrive.
            continue
        if back and _GOES_ON.match(clause, end):
            # «khách sạn từ 3 sao trở lên chiếm 35%»: which ones.
            continue
        ends = among_goals and _AT_END.match(clause, end) is not None and value.start > 0
        done_so_often = (among_goals or is_set) and unit is None and _is_counted(clause, value, among_goals=among_goals)
        if done_so_often or _is_value(clause, value, of_parts=of_parts or ends):
            yield value


def rare_unit(body: str, value: Value) -> str | None:
    """Return what stands behind a value without one of the usual units: «đạt 75,5 tuổi», «tối thiểu 68 năm»."""
    unit = _RARE_UNIT.match(body, value.end) if value.unit is None and not value.back else None
    return " ".join(unit[0].split()) if unit else None


def _comparison(clause: str, first: int, at: int) -> tuple[int, str | None, bool]:
    """Return where the comparison before a number begins, its words, and whether it is «từ»: «từ trên khoảng 5»."""
    before = clause[first:at].lower()
    if not before.rstrip().endswith(_COMPARES):
        return at, None, False
    rest = next((before.removesuffix(word) for word in _SOFTENERS if before.endswith(word)), before)
    said = rest.removesuffix("đạt ").removesuffix(" ")
    for sign in _LONGEST_SIGNS:
        if said.endswith(sign):
            rest = said.removesuffix(sign)
            start = first + len(rest) - (len("từ ") if (is_from := _ends_in_from(rest)) else 0)
            return start, sign, is_from
    if before.endswith("từ ") and _ends_in_from(before):
        return at - len("từ "), None, True
    if len(rest) < len(before):
        is_from = _ends_in_from(rest)
        return first + len(rest) - (len("từ ") if is_from else 0), None, is_from
    return at, None, False


def _ends_in_from(words: str) -> bool:
    return words.endswith("từ ") and not words[-4:-3].isalnum()


def without_verbs(words: str) -> str:
    """Return the words before a value without those that only lead to it: «thu ngân sách phấn đấu đạt» -> «thu ngân
    sách»."""
    while True:
        kept = words.rstrip()
        small = kept[-_LONGEST_WORD:].lower()
        verb = next((verb for verb in _VERB_ENDS if small.endswith(verb)), None)
        if verb is None:
            return words
        words = kept[: -len(verb)]


def _is_value(clause: str, value: Value, *, of_parts: bool) -> bool:
    """Tell a value from a name: it has a comparison, a verb or a unit of its own."""
    before = clause[max(0, value.start - _LONGEST_WORD) : value.start].lower()
    # «mỗi năm không ít hơn 07 đảng viên»: what stands before a comparison names nothing.
    is_compared = value.sign is not None or value.is_from or value.start < value.at or before.endswith(_EACH_TIME)
    directly = clause[max(0, value.at - _LONGEST_WORD) : value.at].lower()
    # «so với dân số 42%», «rau đậu các loại 2.700 ha»: shares and thousands of something are no names.
    is_amount = value.unit in ("%", "‰") or (value.unit is not None and "." in value.low)
    if is_amount and not directly.endswith("so với "):
        is_compared = True
    is_named = directly.endswith(_NAMED) and not directly.endswith(_EACH_TIME) and not is_amount
    if (before.endswith(_NAMED) and not is_compared) or is_named or directly.endswith("so với "):
        return False
    # «giá trị sản phẩm trên 1 ha đất đạt 120 triệu đồng»: what it is measured by.
    if value.sign == "trên" and value.low in ("1", "01") and value.unit in _MEASURED_BY:
        return False
    if value.sign == "trên" and value.unit is None and _BY_PEOPLE.match(clause, value.end):
        return False
    # «cấp ủy viên dưới 40 tuổi» says who is meant.
    if value.sign and _AGE.match(clause, value.end):
        return False
    if value.sign or value.back:
        # «tăng trưởng cao hơn 2012» compares with a year.
        return not (value.unit is None and value.sign in _MORE_THAN and value.low[:2] == "20" and _is_year(value.low))
    has_verb = before.rstrip().endswith(_VERB_ENDS)
    if value.unit is None and clause.startswith(_TITLES, value.end):
        return False
    if value.unit is None:
        if before.endswith(": ") and of_parts:
            # «Số bác sĩ/10.000 dân: 12».
            return True
        if before.rstrip().endswith(_OVER) and clause[value.end :].lstrip().startswith(_TIMES):
            # «tốc độ tăng trưởng bình quân 5 năm đạt 10%»: how long, not how much.
            return False
        return has_verb and not _is_year(value.low) and not value.low.startswith("0")
    if has_verb or of_parts or value.high or value.unit in ("%", "‰"):
        return True
    # «đón 5,5 triệu lượt khách»: a verb of its own is all that stands before it.
    lead = clause[: value.start] if value.start < _LONGEST_LEAD else ""
    is_led = bool(lead) and len(lead.split()) <= _FEW_WORDS and "," not in lead
    return value.start == 0 or is_led or _is_done(clause, value.start)


def _is_year(low: str) -> bool:
    return len(low) == _YEAR_DIGITS and low.isdigit()


def _is_counted(clause: str, value: Value, *, among_goals: bool) -> bool:
    """Tell whether a verb of work leads to so many of something («Xây dựng 02 tuyến phố»); «5 năm» is a time."""
    # «700.000 chủ hộ nghèo được vay vốn» in a list of goals.
    is_first = "." in value.low and ((among_goals and value.start == 0) or clause[: value.start].endswith("như: "))
    return (
        clause[value.end :].lstrip().partition(" ")[0] not in _TIMES
        and clause[value.end : value.end + 1] == " "
        and clause[value.end + 1 : value.end + 2].isalpha()
        and not _is_year(value.low)
        and not clause.startswith(_ONLY_NAMED, value.end + 1)
        and (is_first or _is_done(clause, value.start))
        and not clause[: value.at].lower().endswith(_NAMED)
    )


def _is_done(clause: str, start: int) -> bool:
    """Tell whether a verb of work and few words lead to a number: «Tạo việc làm cho 3.500 lao động»."""
    lead = clause[max(0, start - _LONGEST_DOING) : start]
    if lead.rstrip().lower().endswith(_DONE_AT_ONCE):
        return True
    strives = lead.lower().rfind(_STRIVES)
    _, comma, last = lead.rpartition(", ") if strives < 0 else ("", "", lead[strives + len(_STRIVES) :])
    if strives < 0 and not comma and len(lead) < start:
        return False
    words = _BEFORE_DOING.sub("", last.strip().lower(), count=1)
    return words.startswith(DOING) and len(words.split()) <= _MOST_DOING
