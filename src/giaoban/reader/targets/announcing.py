"""Words that announce goals, and how far they reach: «phấn đấu», «Các chỉ tiêu chủ yếu:», «thông qua 12 chỉ tiêu»."""

from __future__ import annotations

import re

KEEP = re.compile(r"(?:(?:Tiếp tục|Quyết tâm)\s)?(?:giữ vững|duy trì|giữ ổn định)\s", re.IGNORECASE)
# Of text in small letters.
_BY_YEAR = r"đến (?:hết |cuối )?năm 20[23][0-9]"
_PAPER = r"(?:nghị quyết|kế hoạch|đề án|chương trình|chiến lược)"
_GOAL_WORD = re.compile(
    r"phấn đấu|đặt mục tiêu|mục tiêu (?:đến|tăng|của [^.;:,%0-9]{3,60} đến|(?:[^\s.;:,%]{1,12}\s){0,14}là\b)"
    r"|(?:chỉ|mục) tiêu (?:chủ yếu |năm 20[0-9]{2} )?về\s"
    # «Nghị quyết đề ra chỉ tiêu mỗi năm kết nạp 90 đảng viên»; «đạt chỉ tiêu đề ra» tells what was.
    r"|\b(?:đề ra|đặt ra|xác định|đưa ra|giao|điều chỉnh|nâng) (?:một số |các |những )?(?:chỉ|mục) tiêu(?=\s[^\W\d_])"
    # «Với mục tiêu mỗi năm giảm 1,5% hộ nghèo, huyện …».
    r"|với mục tiêu(?= (?:mỗi|hằng|hàng|giảm|tăng|đạt|nâng|đưa|kết nạp|xây dựng|có|đến|tỷ lệ|ít nhất|trên|[0-9]))"
    # «huyện hướng đến 80% hộ có Internet», «Trong nhiệm kỳ tới, …».
    r"|hướng (?:đến|tới)(?= (?:có |đạt )?(?:ít nhất |tối thiểu |trên |hơn |từ )?[0-9][0-9.,]*\s?%)"
    r"|trong nhiệm kỳ (?:tới|đến|mới)(?=[, ])"
    # «thông qua Nghị quyết với một số chỉ tiêu chủ yếu thu ngân sách tăng 8%; …».
    r"|\bvới (?:các|một số|những|[0-9]{1,2}) (?:chỉ|mục) tiêu (?:chủ yếu|chính|cơ bản|quan trọng|cụ thể)"
    r"(?: như| gồm| là)?(?=[ ,:])"
)
# «Theo Nghị quyết số 12-NQ/HU của Huyện ủy, đến năm 2025 toàn huyện …», «Đề án nêu rõ, đến năm 2030 …».
_OF_PAPER = re.compile(
    rf"\btheo {_PAPER}[^.;:%]{{0,110}}, (?={_BY_YEAR})"
    rf"|\b{_PAPER}[^.;:,%]{{0,60}} (?:nêu rõ|xác định|đề ra|đặt ra|hướng tới|hướng đến), (?={_BY_YEAR})"
)
# «Về các chỉ tiêu chủ yếu, tỷ lệ tăng trưởng đạt 8%; …».
_ABOUT = re.compile(r"\Avề (?:các |một số )?(?:chỉ|mục) tiêu(?: chủ yếu| cụ thể| cơ bản| chính| năm 20[0-9]{2})*,\s")
_GOAL_LIST = re.compile(r"(?:chỉ tiêu|mục tiêu|phấn đấu)(?:[^:;.%0-9]|20[0-9]{2}){0,100}:")
# What a meeting has agreed on: «Đại hội thống nhất các chỉ tiêu chủ yếu:»; «Kết quả các chỉ tiêu:» reports.
_AGREED = r"(?:thống nhất|quyết nghị|thông qua|đề ra|đặt ra|đưa ra|xác định)\s"
_AGREED_LIST = re.compile(rf"{_AGREED}(?:với [^.;:]{{0,40}}\s)?(?:các|một số|những)\s(?:chỉ|mục) tiêu")
# «Theo đó, Nghị quyết đặt mục tiêu đến năm 2030 như sau:».
_SET_LIST = re.compile(r"\b(?:đặt|đề)\s(?:ra\s)?(?:các\s|một số\s)?(?:chỉ|mục) tiêu(?:[^:;.%0-9]|20[0-9]{2}){0,60}:")
# «… xác định mục tiêu cụ thể về nông nghiệp đến năm 2030 như sau:»; what was reached is told in the same way.
_SETS_FOLLOWING = re.compile(
    r"\b(?:chỉ|mục) tiêu,? (?:[^:;%]{0,140} )?"
    r"(?:như sau|sau|sau đây|cụ thể|chủ yếu|(?:năm|giai đoạn|nhiệm kỳ) 20[^:;%]{2,16})\s?:\s*\Z"
)
_TELLS_DONE = re.compile(
    r"kết quả|tình hình|đánh giá|\bđạt\b|hoàn thành|vượt|\bđã\b|đến nay|\bước\b|thực hiện các|so với|không đạt"
)
# «Các đại biểu biểu quyết thông qua 15 chỉ tiêu nhiệm kỳ mới. Cụ thể, …»; «đạt 12/15 chỉ tiêu đề ra» reports.
_AGREED_COUNT = re.compile(rf"{_AGREED}(?:[^.;:,%0-9]{{0,40}}\s)?[0-9]{{1,2}}\s(?:nhóm\s)?(?:chỉ|mục) tiêu")
_COUNTS_DONE = re.compile(
    r"đạt và vượt|đạt, vượt|đã đạt|đã đề ra|đến nay|nhiệm kỳ qua|thực hiện đạt|\bước\b|[0-9]/[0-9]"
)
# A heading without a number: «Các chỉ tiêu chủ yếu (nhiệm kỳ 2020-2025)».
_GOALS_ALONE = re.compile(
    r"(?:[a-zđ]{2,5} [-–] )?[\s*_+•–-]{0,6}(?:[^.;:%0-9]{2,60}\s(?:đề ra|đặt ra)\s)?"
    r"(?:(?:các|một số|những|hệ thống)\s)?"
    r"(?:chỉ|mục) tiêu(?![^(]*tổng quát)"
    r"(?:[^.;:%0-9]|20[0-9]{2}){0,70}\Z"
)
# The same with the goals on its own line, where a page lost its ends: «Các chỉ tiêu chủ yếu nhiệm kỳ 2020 - 2025 1. …».
_GOALS_IN_LINE = re.compile(
    r"[\s*_+•–-]{0,6}(?:các|một số|những)\s(?:chỉ|mục) tiêu (?:chủ yếu|cụ thể|cơ bản|chính)[^.;:%0-9]{0,40}"
    r"(?:nhiệm kỳ|giai đoạn|(?:đến\s)?năm)\s20[0-9]{2}(?:\s?[-–]\s?20[0-9]{2})?\)?\s(?=[^\W_])"
    # «Các chỉ tiêu kinh tế - xã hội năm 2027 1. Tăng trưởng …».
    r"|[\s*_+•–-]{0,6}(?:các|một số|những)\s(?:chỉ|mục) tiêu [^.;:%0-9]{0,60}20[0-9]{2}(?:\s?[-–]\s?20[0-9]{2})?\)?"
    r"\s(?=1[.)]\s)"
)
# «đề ra một số chỉ tiêu cơ bản như tổng diện tích 21.000 ha, sản lượng …»: what follows is a list of goals.
NAMES_SEVERAL = re.compile(r"(?:chỉ|mục) tiêu (?:[^\s.;:,%0-9]+ ){0,4}(?:như|gồm|là)[:,]?\s")
_ABOUT_GOALS = re.compile(
    r"\s*(?:về (?:các |một số )?(?:chỉ|mục) tiêu|mục tiêu [^.;:,%0-9]{3,60} đến (?:hết |cuối )?năm 20[0-9]{2}[,:])"
)
_OF_GOALS = re.compile(r"(?:chỉ|mục) tiêu (?:chủ yếu|quan trọng|cụ thể|chính|cơ bản|thi đua|sau)")
_REPORTS = re.compile(r"kết quả|tình hình|đánh giá|đạt|thực hiện các|so với")
# «17 chỉ tiêu chủ yếu nhiệm kỳ 2023 - 2028:».
_COUNT_BEFORE = re.compile(r"(?<![0-9.,/])[0-9]{1,2} \Z")
_LONGEST_COUNT = 4
# «100% chi hội …», «Có ít nhất 97% cơ sở …» below such a line, without a bullet.
_BEGINS_WITH_VALUE = re.compile(
    r"\s*(?:[-–+•*]\s)?(?:Có\s(?:ít nhất\s|trên\s|từ\s)?|Ít nhất\s|Tối thiểu\s|Trên\s)?[0-9][0-9.,]*\s?(?:%|[a-zà-ỹđ])"
)
BULLET = re.compile(r"\s*(?:[-–+•*]|\([0-9]{1,2}\)|[a-zđ]\)|[0-9]{1,2}[.)-])\s")
_NEXT_ITEM = re.compile(r"\.\s(?:\([0-9]{1,2}\)|[0-9]{1,2}\.|[IVX]{1,4}\.)\s")
_SENTENCE_END = re.compile(r"\.\s|\.\Z")
_TOPIC = r"\s*(?:[-–+•*]\s)?(?P<topic>Về\s[^.:;0-9]{3,40}:\s)?"
STARTS_GOALS = re.compile(rf"{_TOPIC}(?:Mục tiêu [^.;:]{{3,40}}, )?[Pp]hấn đấu\s")
_AHEAD = (
    r"(?:Từ nay|Trong nhiệm kỳ,|(?:Đến|Hết|Cuối)\s(?:(?:hết|cuối)\s)?(?:năm|quý|tháng|ngày|[0-9/.-]{4,10})"
    r"|Mỗi năm|H[ằà]ng năm"
    r"|[BĐ]ảm bảo|Bảo đảm|Nâng|Kéo giảm|Giảm|Tăng|Giữ|Duy trì|Thời gian|Rút ngắn|Phủ|Hoàn thành|Tỷ lệ|Phấn đấu)"
)
# «Về kinh tế: Tổng sản phẩm …» below a heading of goals.
_TOPICAL = re.compile(r"\s*Về\s[^.:;0-9]{3,40}:\s")
# «Bên cạnh đó, đảm bảo 100% …», «Thứ hai, hằng năm giúp …» behind a paragraph that sets goals.
_BESIDES = re.compile(
    r"\s*(?:Bên cạnh đó|Ngoài ra|Đồng thời|Cùng với đó|Thứ (?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười)),\s"
)
# «Về xã hội: Đến năm 2030, tỷ lệ …».
_GOES_ON = re.compile(rf"{_TOPIC}{_AHEAD}\s")
# What a sentence behind one that sets goals begins with where it sets more of them.
_SENTENCE_GOES_ON = re.compile(
    rf"\.\s(?:(?:Cụ thể|Trong đó|Đồng thời|Theo đó|Bên cạnh đó|Ngoài ra)[,:]?\s|{_AHEAD},?\s|"
    r"(?:Tỷ trọng|Tốc độ|Thu nhập|Tổng|Diện tích|GDP|Kim ngạch|"
    r"Năng suất|Sản lượng|Giá trị|GRDP|Số|Có|Xây dựng|Thu|Kết nạp|Phát triển|Đóng góp|Tổ chức|"
    r"[0-9]{2,3}%)\s"
    # «Cổ tức bình quân đạt 20% trở lên.»
    r"|[^\W\d_][^.;:0-9]{4,60} đạt (?:từ |trên )?[0-9][0-9.,]*\s?(?:%|[^\s.;,]{1,9}) trở lên)"
)
_TELLS = re.compile(
    r"\bđã\b(?! qua)|hiện nay|đến nay|hiện có|(?P<compares>so với (?:năm|cùng|đầu))|vừa qua|năm qua|nhiệm kỳ qua"
)
# What divides a goal may compare it with what was: «Trong đó, ngành nông nghiệp 3 tỷ đồng, tăng 8% so với năm 2023».
_DIVIDES = ". Trong đó, "


def goal_word(small: str, begin: int, end: int) -> re.Match[str] | None:
    """Return the first word of a stretch in small letters that sets goals; None without one."""
    found = _GOAL_WORD.search(small, begin, end)
    if small.startswith("về ", begin, end) and begin == 0 and (about := _ABOUT.match(small, begin, end)):
        return about
    # Words are found many times faster than the pattern.
    if small.find(", đến ", begin, end) >= 0 and (paper := _OF_PAPER.search(small, begin, end)):
        return paper if found is None or paper.start() < found.start() else found
    return found


def is_announced(small: str) -> bool:
    """Tell whether a paragraph in small letters announces goals somewhere."""
    return (
        goal_word(small, 0, len(small)) is not None
        or _AGREED_LIST.search(small) is not None
        or agrees_on_count(small, 0, len(small)) > 0
        or sets_list(small, 0, len(small))
    )


def heads_goals(small: str, text: str) -> bool:
    """Tell whether a paragraph begins with a heading of goals and goes on with them: their first word is in capitals.

    Args:
        small: the paragraph in small letters.
        text: as printed.
    """
    head = _GOALS_IN_LINE.match(small)
    if head is None or _REPORTS.search(small, 0, head.end()):
        return False
    return text[head.end()].isupper() or text[head.end()].isdigit()


def agrees_on_count(small: str, begin: int, end: int) -> int:
    """Return where the words of a stretch end that say how many goals were agreed on; 0 where none do, or they say how
    many were reached."""
    found = _AGREED_COUNT.search(small, begin, end) if "tiêu" in small else None
    return found.end() if found is not None and _COUNTS_DONE.search(small, begin) is None else 0


def opens_list(small: str, following: str) -> bool:
    """Tell whether a paragraph in small letters sets the goals of the bullets below it.

    Args:
        small: its words.
        following: the next paragraph.
    """
    if not small.rstrip().endswith(":"):
        is_alone = _GOALS_ALONE.match(small.rstrip()) is not None and _REPORTS.search(small) is None
        return is_alone and (BULLET.match(following) or _TOPICAL.match(following)) is not None
    bullet = BULLET.match(small)
    begin = bullet.end() if bullet else 0
    words = _GOAL_LIST.search(small, begin)
    if words is not None and _begins(small, begin, words.start()) == begin and not _tells_done(words):
        return True
    last = max(begin, small.rfind(". "))
    if _SETS_FOLLOWING.search(small, last) is not None and _TELLS_DONE.search(small, last) is None:
        return BULLET.match(following) is not None
    return _AGREED_LIST.search(small, last) is not None or _SET_LIST.search(small, last) is not None


def opens_more(small: str, paragraph: str) -> bool:
    """Tell whether the paragraphs behind one may go on with its goals.

    Args:
        small: the paragraph in small letters.
        paragraph: as printed.
    """
    if STARTS_GOALS.match(paragraph) is not None:
        return True
    return "tiêu" in small and (tells_goals(small) or _SET_LIST.search(small) is not None)


def tells_goals(small: str) -> bool:
    """Tell whether a paragraph in small letters begins with «Về các chỉ tiêu chủ yếu»: those behind it go on."""
    return "tiêu" in small and _ABOUT_GOALS.match(small) is not None


def tells_of_goals(small: str) -> bool:
    """Tell whether a paragraph in small letters speaks of goals, which the next one names («Cụ thể: …»)."""
    if "tiêu" not in small or _COUNTS_DONE.search(small):
        return False
    return _OF_GOALS.search(small) is not None and _REPORTS.search(small) is None


def is_listed_goal(paragraph: str) -> bool:
    """Tell whether a paragraph goes on with a list of goals: by a bullet, or by its value at once."""
    patterns = (BULLET, _BEGINS_WITH_VALUE, _TOPICAL)
    return any(pattern.match(paragraph) is not None for pattern in patterns)


def sets_list(small: str, begin: int, end: int) -> bool:
    """Tell whether a sentence of a stretch begins like «Các chỉ tiêu chủ yếu:»."""
    at = begin
    while words := _GOAL_LIST.search(small, at, end):
        if _begins(small, begin, words.start()) is not None and not _tells_done(words):
            return True
        at = words.start() + 1
    if small.endswith(":", begin, end) and _AGREED_LIST.search(small, begin, end) is not None:
        return True
    return _SET_LIST.search(small, begin, end) is not None


def _tells_done(words: re.Match[str]) -> bool:
    """Tell whether words that lead in a list report it: «Các chỉ tiêu đạt được:»."""
    return "phấn đấu" not in words[0] and _TELLS_DONE.search(words[0]) is not None


def _begins(small: str, begin: int, place: int) -> int | None:
    """Return where the sentence begins whose first words, «các» left out, stand at a place; None where others do."""
    start = place
    for words in (("các ", "một số ", "những "), ("trong đó ", "trong đó, ", "cụ thể, ")):
        start = next((start - len(word) for word in words if small.startswith(word, start - len(word))), start)
    if counted := _COUNT_BEFORE.search(small, max(begin, place - _LONGEST_COUNT), place):
        start = counted.start()
    is_first = not small[begin:start].strip()
    if is_first or (start - 2 >= begin and small[start - 2] in ".;)" and small[start - 1].isspace()):
        return start
    return None


def goes_on_besides(following: str) -> bool:
    """Tell whether a paragraph adds to the goals of the one before it, and tells nothing of what was."""
    return _BESIDES.match(following) is not None and _TELLS.search(following) is None


def goes_on(paragraph: str, *, has_headings: bool) -> bool:
    """Tell whether a paragraph goes on with the goals of the one before it: «Mỗi năm có từ 90% chi bộ trở lên …».

    Under headings only one that names its field does: «Về xã hội: Đến năm 2030, …».
    """
    found = _GOES_ON.match(paragraph)
    if found is None:
        return not has_headings and _BEGINS_WITH_VALUE.match(paragraph) is not None
    return not has_headings or found["topic"] is not None


def ends_goals(text: str, end: int) -> bool:
    """Tell whether a sentence ends at a place, and with it what its goal word says.

    «. (2)» goes on with a list, and so do sentences such as «Đến năm 2030, …» that tell nothing of what was.
    """
    if _SENTENCE_END.match(text, end) is None:
        return False
    if _NEXT_ITEM.match(text, end) is not None:
        return False
    if _SENTENCE_GOES_ON.match(text, end) is None:
        return True
    stop = min((at for sign in (". ", "… ") if (at := text.find(sign, end + 2)) >= 0), default=len(text))
    told = _TELLS.search(text, end, stop)
    return told is not None and not (told["compares"] and text.startswith(_DIVIDES, end))
