"""Tasks: who is to do what, by when, how often.

Taken are sentences that give work away («Giao Ban Tổ chức Tỉnh ủy chủ trì …»), those under «Tổ chức thực hiện» and the
like that begin with who acts, points under «Yêu cầu các chi bộ:», headings with «Cơ quan chủ trì: …» below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from giaoban.reader.citations.pieces import fold
from giaoban.reader.deadlines import find_deadline, find_recurrence
from giaoban.reader.flow import Flow
from giaoban.reader.model import Section, Task
from giaoban.reader.outline import Outline

_HEAD = (
    r"(?:(?:[Cc]ác|[Mm]ỗi|[Tt]ừng|Ban|Tiểu ban|Ủy ban|Uỷ ban|UBND|UBKT|UBMTTQ|HĐND|Văn phòng|Sở|Phòng|Đảng ủy|Đảng uỷ|"
    r"Đảng bộ|Đảng đoàn|Chi bộ|Chi ủy|Cấp ủy|Thường trực|Mặt trận|MTTQ|Đoàn|Hội|Công an|Quân sự|Liên đoàn|Trung tâm|"
    r"Trường|Bộ|Cục|Chi cục|Huyện ủy|Tỉnh ủy|Thành ủy|Thị ủy|Quận ủy|Công đoàn|Trạm|Tòa án|Viện|Thanh tra|Kho bạc|"
    r"Ngân hàng|Bảo hiểm|Bí thư|Chánh|Thủ trưởng|Giám đốc|Chủ tịch|"
    r"Tổ(?! chức)|[Đđ]ồng chí|[Đđ]/c|[Đđ]ảng viên|[Cc]ấp ủy)"
    r"(?!\w))"
)
_BODY = re.compile(_HEAD)
_SENTENCE_OF_BODY = re.compile(rf"\.\s{_HEAD}")
_VERB = (
    r"(?:chủ trì|phối hợp|(?<![Bb]an )xây dựng|hoàn thành|hoàn thiện|tổng hợp|báo cáo(?! viên)|theo dõi|"
    r"(?<!ban )kiểm tra|giám sát|hướng dẫn|rà soát|tham mưu|chỉ đạo|triển khai|"
    r"(?<![Cc]ác )(?<!Ban )tổ chức(?! đảng| cơ sở| chính trị)|"
    r"thực hiện|"
    r"thẩm tra|thẩm định|gửi|tiếp tục|lãnh đạo|căn cứ|đôn đốc|phổ biến|trang trí|có trách nhiệm|"
    r"chịu trách nhiệm|"
    r"bố trí|đăng ký|nộp|lập|chuẩn bị|ban hành|trình(?! bày)|quán triệt|tuyên truyền|cụ thể hóa|đề xuất|"
    r"cử|giúp|khẩn trương|"
    r"chủ động|tăng cường|đẩy mạnh|phân công|duy trì|vận động|sơ kết|tổng kết|cập nhật|nghiên cứu|phụ trách|thông báo|"
    r"kịp thời|quan tâm|tập trung|thường xuyên|định kỳ|nghiêm túc|thống kê|thu|niêm yết|tiếp thu|làm|mở|bàn giao|"
    r"công bố|viết|đưa|khắc phục|xử lý|giải quyết|trực(?! thuộc| tiếp| tuyến)|dự(?! án| thảo| toán| kiến)|"
    r"tham gia|bảo đảm|"
    r"chấn chỉnh|giới thiệu)(?!\w)"
)
_GIVES = r"(?:[Gg]iao(?:\scho)?|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|[Gg]iao nhiệm vụ cho)"
_GIVES_AT = re.compile(r"[GgYyĐđPp](?:iao|êu cầu|ề nghị|hân công)\s")
_GIVEN = re.compile(rf"(?<!\w){_GIVES}\s(?P<who>{_HEAD}[^.;:(%]{{0,140}}?)(?:,?\s(?=(?P<verb>{_VERB}))|:\s)")
_BEGINS = re.compile(
    rf"(?P<who>{_HEAD}(?:(?!\bđã\b|\bchỉ tiêu\b|\bphải\b)[^.;:(%]){{0,140}}?)(?::\s(?=\S)|,?\s(?={_VERB}))"
)
_CHAIRED = re.compile(rf":\s(?P<who>{_HEAD}[^.;:]{{2,90}}?)\s(?:chủ trì|thực hiện|phụ trách)(?!\w)")
_WITH = re.compile(
    rf"phối hợp (?:với|cùng)(?: với)?\s(?P<who>{_HEAD}[^.;:]{{2,120}}?)(?=\s{_VERB}|[.;,]\s(?!{_HEAD})|\Z)"
)
_LEADS = re.compile(
    r"(?:[Cc]ơ quan|[Đđ]ơn vị)\s(?:chủ trì|thực hiện|phụ trách|đầu mối)(?:\sthực hiện)?\s?:\s*(?P<who>[^.;\n]+)"
)
_WHEN = re.compile(r"[Tt]hời (?:gian|hạn)(?:\s(?:hoàn thành|thực hiện|xong))?\s?:\s*(?P<when>[^;\n]+)")
_POINT = re.compile(r"\s*(?:[-+•*]|\([0-9]{1,2}\)|[a-zđ][)/.])\s+")
_NUMBERED = re.compile(r"\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}\s?[.)-]|[IVX]{1,5}\s?[-.]|Điều\s[0-9]{1,3}\.)\s*")
_SENTENCE_END = re.compile(r"\.(?=\s[A-ZĐÀ-Ỹ])")
# Looked for without marks, which scanning loses first in capitals («TỎ CHỨC THựC HIỆN»).
_TASK_TITLE = re.compile(
    "to chuc thuc hien|nhiem vu|phan cong|giai phap|phuong huong|chuong trinh|ket luan|noi dung|chi dao"
)
_DUE_WORD = re.compile(r"[tTcCxXhH](?:rước ngày|hậm nhất|ong trước|oàn thành trong)")
_STATE_HEAD = re.compile(r"CỘNG H[ÒO]A XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
_BY_FUNCTION = re.compile(r"\s(?:theo|căn cứ|trên cơ sở)\s(?:chức năng|nhiệm vụ|phạm vi).*\Z")
_RESULT_TITLE = re.compile(r"kết quả|tình hình|đánh giá|ưu điểm|hạn chế|thành phần|nhận xét|mục đích", re.IGNORECASE)
_DONE = re.compile(r"\bđã\b|\bđược\s(?:giao|phân công)\b|cùng kỳ|chưa (?:thực hiện|gửi|quan tâm|kịp thời)")
_AND_BODY = re.compile(rf",\s(?={_HEAD}\s)|\svà\s(?={_HEAD}\s)")
_LONGEST = 900
_LONGEST_TITLE = 100
_LONGEST_NUMBER = 12


@dataclass(slots=True)
class _Paragraph:
    """A paragraph of the flow without its bullet or number; ``start`` is its place there."""

    start: int
    text: str
    is_point: bool


class _Headings:
    """What the headings above a place say of the work below them; the same for all places of a section."""

    def __init__(self, sections: Sequence[Section], title: str) -> None:
        self.outline = Outline(sections)
        self._title = title
        self._known: dict[tuple[int, int], bool | None] = {}

    def gives_work(self, place: int) -> bool | None:
        """Tell whether they give work; None where they report results."""
        index = self.outline.innermost(place)
        above = self.outline.chain(index)
        # A numbered paragraph is a section of its own: only what stands above it says whether work is given here.
        own = 0
        while own < len(above) and place - above[own].start <= _LONGEST_NUMBER:
            own += 1
        key = index, own
        if key not in self._known:
            titles = [section.title for section in above[own:]]
            self._known[key] = None if _tell_results(titles) else _tell_work(titles or [self._title])
        return self._known[key]


def _tell_results(titles: list[str]) -> bool:
    return any(_RESULT_TITLE.search(title) for title in titles if len(title) <= _LONGEST_TITLE)


def _tell_work(titles: list[str]) -> bool:
    return any(_TASK_TITLE.search(fold(title)) for title in titles)


def find_tasks(
    text: str, flow: Flow, sections: Sequence[Section], body: Sequence[tuple[int, int]], title: str = ""
) -> tuple[Task, ...]:
    """Return the tasks of the running text inside some ranges of the text, in reading order.

    Args:
        text: the text that the results point into.
        flow: its running text.
        sections: its headings; they say where work is given.
        body: ranges that hold the document's text, without recipients and signatures.
        title: the document's title; it speaks where no heading does («Thông báo kết luận …»).
    """
    headings = _Headings(sections, title)
    found: list[Task] = []
    before: _Paragraph | None = None
    owners: tuple[str, ...] = ()
    for paragraph in _paragraphs(flow):
        place = flow.origin(paragraph.start)
        if not any(start <= place < end for start, end in body):
            continue
        if before is not None and (lead := _LEADS.match(paragraph.text)):
            found.append(_task(text, flow, before.start, before.text, _bodies(lead["who"]), headings.outline))
        elif found and (when := _WHEN.match(paragraph.text)):
            found[-1] = _dated(found[-1], when["when"])
        else:
            owners = _owners(paragraph) or (owners if paragraph.is_point else ())
            found.extend(_in_paragraph(text, flow, paragraph, owners, headings, place))
            before = paragraph
    return tuple(sorted(set(found), key=lambda task: (task.start, task.end)))


def _paragraphs(flow: Flow) -> Iterator[_Paragraph]:
    at = 0
    for line in flow.text.split("\n"):
        # Most paragraphs begin with a word.
        if line[1:2].islower() and line[0] != "Đ" and line[1] != ")":
            yield _Paragraph(at, line.rstrip(), is_point=False)
        else:
            point = _POINT.match(line)
            lead = point or _NUMBERED.match(line)
            begin = lead.end() if lead else len(line) - len(line.lstrip())
            if line[begin:].strip():
                yield _Paragraph(at + begin, line[begin:].rstrip(), point is not None)
        at += len(line) + 1


def _owners(paragraph: _Paragraph) -> tuple[str, ...]:
    """Return who is to do the points that follow: «Yêu cầu các chi bộ:»."""
    if not paragraph.text.endswith(":"):
        return ()
    match = re.fullmatch(rf"(?:.{{0,120}}?(?<!\w){_GIVES}\s)?(?P<who>{_HEAD}[^.;:]{{2,140}}?):", paragraph.text)
    if match is None or re.search(rf"\s{_VERB}", match["who"]):
        return ()
    return _bodies(match["who"])


def _in_paragraph(
    text: str, flow: Flow, paragraph: _Paragraph, owners: tuple[str, ...], headings: _Headings, place: int
) -> Iterator[Task]:
    words = paragraph.text
    if words.endswith(":") or len(words) > _LONGEST * 4:
        return
    given = "iao" in words or "êu cầu" in words or "ề nghị" in words or "hân công" in words
    if not (given or (owners and paragraph.is_point) or ": " in words or _begins_with_body(words)):
        return
    gives_work = headings.gives_work(place)
    if gives_work is None:
        return
    for start, end in _sentences(words):
        sentence = words[start:end].rstrip(" .;:/")
        begin = len(sentence) - len(sentence.lstrip())
        sentence = sentence[begin:]
        if not sentence or len(sentence) > _LONGEST:
            continue
        who, at = _who(sentence, gives_work=gives_work, given=given)
        who = who or (owners if paragraph.is_point else ())
        if who and not _tells_what_was_done(sentence):
            yield _task(text, flow, paragraph.start + start + begin + at, sentence[at:], who, headings.outline)


def _begins_with_body(words: str) -> bool:
    """Tell whether a sentence begins with who may act."""
    return _BODY.match(words) is not None or _SENTENCE_OF_BODY.search(words) is not None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        yield start, stop.end()
        start = stop.end()
    yield start, len(text)


def _tells_what_was_done(sentence: str) -> bool:
    # Words are found many times faster than the pattern.
    may_be = "đã" in sentence or "được " in sentence or "cùng kỳ" in sentence or "chưa " in sentence
    return (may_be and _DONE.search(sentence) is not None) or _STATE_HEAD.search(sentence) is not None


def _who(sentence: str, *, gives_work: bool, given: bool) -> tuple[tuple[str, ...], int]:
    """Return who is to act, and where in the sentence the task begins; nobody where the sentence gives no work."""
    gift = _gift(sentence) if given else None
    at = 0
    if gift:
        who, at = _bodies(gift["who"]), gift.start()
    elif (found := _chaired(sentence) if gives_work else None) is not None or (
        _BODY.match(sentence) and (gives_work or _is_due(sentence)) and (found := _begins(sentence)) is not None
    ):
        who = found
    else:
        return (), 0
    partners = _WITH.search(sentence) if "phối hợp " in sentence else None
    return who + tuple(name for name in _bodies(partners["who"]) if name not in who) if partners else who, at


def _gift(sentence: str) -> re.Match[str] | None:
    for word in _GIVES_AT.finditer(sentence):
        if gift := _GIVEN.match(sentence, word.start()):
            return gift
    return None


def _chaired(sentence: str) -> tuple[str, ...] | None:
    chaired = _CHAIRED.search(sentence) if ": " in sentence else None
    if chaired is None or ((begins := _BEGINS.match(sentence)) and begins.end() <= chaired.start()):
        return None
    return _bodies(chaired["who"])


def _begins(sentence: str) -> tuple[str, ...] | None:
    begins = _BEGINS.match(sentence)
    return _bodies(begins["who"]) if begins else None


def _is_due(sentence: str) -> bool:
    return (
        _DUE_WORD.search(sentence) is not None
        or find_deadline(sentence) is not None
        or find_recurrence(sentence) is not None
    )


def _bodies(names: str) -> tuple[str, ...]:
    """Part a list of bodies where the next one begins with a body's own word; «Các huyện ủy, thành ủy» stays one."""
    shown = _BY_FUNCTION.sub("", " ".join(names.split()))
    return tuple(name.strip(" ,.:") for name in _AND_BODY.split(shown) if name.strip(" ,.:"))


def _task(text: str, flow: Flow, at: int, words: str, who: tuple[str, ...], outline: Outline) -> Task:
    start, end = flow.span(at, at + len(words))
    above = outline.above(start)
    path = above[0].path if above else None
    return Task(start, end, text[start:end], who, find_deadline(words), find_recurrence(words), path)


def _dated(task: Task, when: str) -> Task:
    return Task(
        task.start,
        task.end,
        task.text,
        task.assignees,
        find_deadline(when, anywhere=True) or task.deadline,
        find_recurrence(when) or task.recurrence,
        task.section,
    )
