"""Tasks: who is to do what, by when, how often.

Taken are sentences that give work away («Giao Ban Tổ chức Tỉnh ủy chủ trì …»), those under «Tổ chức thực hiện» and the
like that begin with who acts, points under «Yêu cầu các chi bộ:», headings with «Cơ quan chủ trì: …» below them, and
rows of tables. Minutes tell what was said: there only conclusions and assignments give work.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from giaoban.reader.announced import work_begins
from giaoban.reader.deadlines import find_deadline, find_recurrence, may_be_due
from giaoban.reader.flow import Flow
from giaoban.reader.model import Section, Task
from giaoban.reader.outline import Outline
from giaoban.reader.places import places_of
from giaoban.reader.tasks.headings import Headings
from giaoban.reader.tasks.labels import Labelled, done_by, labelled
from giaoban.reader.tasks.lists import (
    LONGEST_OWNERS,
    NO_LISTS,
    NUMBERED,
    OUTER_SIGNS,
    PLAIN,
    POINT,
    Outer,
    Paragraph,
    WorkList,
    named_owner,
    opened,
)
from giaoban.reader.tasks.sentences import (
    Work,
    carries_out,
    goes_on,
    has_due_word,
    in_sentence,
    is_order_by_a_day,
    orders_several,
)
from giaoban.reader.tasks.tables import find_rows
from giaoban.reader.tasks.words import (
    DUTY,
    SPEECH,
    bodies,
    is_person,
    may_begin_work,
    tells_what_was_done,
)

_LEADS = re.compile(
    r"(?:[Cc]ơ quan|[Đđ]ơn vị)\s(?:chủ trì|thực hiện|phụ trách|đầu mối)(?:\sthực hiện)?\s?:\s*(?P<who>[^.;\n]+)"
)
_WHEN = re.compile(r"[Tt]hời (?:gian|hạn)(?:\s(?:hoàn thành|thực hiện|xong))?\s?:\s*(?P<when>[^;\n]+)")
# Nearly all paragraphs begin otherwise, which is seen faster than by the patterns.
_LEADS_BEGIN = ("Cơ quan", "cơ quan", "Đơn vị", "đơn vị")
_WHEN_BEGINS = ("Thời ", "thời ")
_PAPERS = ("Hồ sơ", "Danh sách", "Kết quả", "Văn bản", "Báo cáo", "Ý kiến")
_SENT_BY = re.compile(r"(?:Hồ sơ|Danh sách|Kết quả|Văn bản|Báo cáo|Ý kiến)[^.;,]{0,40}\s(?:gửi|nộp)\s")
# «Kết quả tháng 6: Chi bộ duy trì nền nếp sinh hoạt».
_TELLS = re.compile(r"(?:Kết quả|Đánh giá|Ưu điểm|Khuyết điểm|Hạn chế|Tồn tại|Tình hình|Nguyên nhân)[^.:;]{0,60}:")
# «Giám sát chuyên đề 01 tổ đảng: tháng 3/2024, đồng chí Phó Bí thư thực hiện.»
_DOERS_LAST = tuple(f" {word}{stop}" for word in ("thực hiện", "phụ trách", "chủ trì") for stop in ("", ".", ";"))
_POINT = re.compile(r"\s*(?:[-+•*]|\([0-9]{1,2}\)|[a-zđ][)/.])\s+")
_NUMBERED = re.compile(
    r"\s*(?:(?P<digits>[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}\s?(?:[./]?[-–]|[.)])|[0-9]{1,2}(?:\.[0-9]{1,2})?/\.?(?=\s))"
    r"|(?P<roman>[IVX]{1,5}\s?(?:/?-|\.))|(?P<upper>[A-HĐ]\s?[-.)](?=\s))|Điều\s[0-9]{1,3}\.)\s*"
)
# A number of the next item may stand before its first word: «… 3/ Ý kiến».
_SENTENCE_END = re.compile(r"\.(?=\s(?:[0-9]{1,2}/\s)?[A-ZĐÀ-Ỹ])(?:\s[0-9]{1,2}/)?")
_MINUTES = re.compile(r"^[ \t*#]{0,80}BIÊN BẢN\b", re.MULTILINE)
_HEAD_OF_DOCUMENT = 2500
_LONGEST = 900


def find_tasks(
    text: str,
    flow: Flow,
    sections: Sequence[Section],
    body: Sequence[tuple[int, int]],
    title: str = "",
    annexes: Sequence[tuple[int, int]] = (),
) -> tuple[Task, ...]:
    """Return the tasks of the running text inside some ranges of the text, in reading order.

    Args:
        text: the text that the results point into.
        flow: its running text.
        sections: its headings; they say where work is given.
        body: ranges that hold the document's text, without recipients and signatures.
        title: the document's title; it speaks where no heading does («Thông báo kết luận …»).
        annexes: ranges behind the signatures; work is given in their tables alone.
    """
    is_minutes = _MINUTES.search(text, 0, _HEAD_OF_DOCUMENT) is not None
    title = title or _first_line(text)
    headings = Headings(sections, title, is_minutes=is_minutes, begins=work_begins(text, title))
    found: list[Task] = []
    before: Paragraph | None = None
    points, has_asked, has_ordered, outer = NO_LISTS[NUMBERED], False, False, Outer()
    for paragraph in _paragraphs(flow, body):
        words = paragraph.text
        if before is not None and words.startswith(_LEADS_BEGIN) and (lead := _LEADS.match(words)):
            found.append(_task(text, flow, before.start, before.text, bodies(lead["who"]), headings.outline))
            continue
        if found and words.startswith(_WHEN_BEGINS) and (when := _WHEN.match(words)):
            found[-1] = _dated(found[-1], when["when"])
            continue
        before = paragraph
        if (work := _labelled(words, headings, flow, paragraph)) is not None:
            task = _task(text, flow, paragraph.start, words.rstrip(" .;"), work.who, headings.outline)
            found.append(_dated(task, work.when) if work.when else task)
            continue
        if not points.holds(paragraph):
            points = outer.again(paragraph)
        outer.note(paragraph)
        if words.endswith(":"):
            points = opened(paragraph)
            has_asked = has_asked or points.is_given
            if paragraph.kind is PLAIN:
                outer = Outer(points)
        elif paragraph.kind is NUMBERED and (owner := named_owner(words)):
            is_shared_out = paragraph.sign in OUTER_SIGNS and headings.gives_work(flow.origin(paragraph.start)) is True
            points = WorkList(paragraph.kind, bodies(owner), sign=paragraph.sign if is_shared_out else "")
        elif not points.is_speech:
            is_duty = has_asked and "trách nhiệm " in words and DUTY.match(words) is not None
            more = _in_paragraph(text, flow, paragraph, points, headings, is_duty=is_duty, is_ordered=has_ordered)
            has_ordered = bool(more) and (has_ordered or (paragraph.kind is PLAIN and orders_several(words)))
            found.extend(more)
    found.extend(_in_tables(text, [*body, *annexes], headings.outline))
    return tuple(sorted(set(found), key=lambda task: (task.start, task.end)))


def _labelled(words: str, headings: Headings, flow: Flow, paragraph: Paragraph) -> Labelled | None:
    """Return who is to do the work of a paragraph that tells it behind the work; in a bracket where work is given."""
    work = labelled(words)
    if work is not None or not ("(" in words or " đồng chí " in words):
        return work
    work = done_by(words)
    if work is None:
        return None
    gives_work = headings.gives_work(flow.origin(paragraph.start))
    # «(Đ/c Loan phụ trách)» is said of work alone.
    is_told = gives_work is False and "(" in words and is_person(work.who[0])
    return work if gives_work or is_told else None


def _first_line(text: str) -> str:
    """Return the first line where it is in capitals: «PHÂN CÔNG NHIỆM VỤ»."""
    line = text[:_HEAD_OF_DOCUMENT].strip().partition("\n")[0]
    return line if line.isupper() and len(line) <= LONGEST_OWNERS else ""


def _in_tables(text: str, body: Sequence[tuple[int, int]], outline: Outline) -> Iterator[Task]:
    for row in find_rows(text, body):
        above = outline.above(row.start)
        path = above[0].path if above else None
        due, recurrence = find_deadline(row.when, anywhere=True), find_recurrence(row.when)
        yield Task(row.start, row.end, text[row.start : row.end], row.who, due, recurrence, path)


def _paragraphs(flow: Flow, body: Sequence[tuple[int, int]]) -> Iterator[Paragraph]:
    """Yield the paragraphs that begin inside some ranges of the text."""
    text = flow.text
    starts = [0, *(place + 1 for place in places_of(text, "\n"))]
    for start, end in body:
        first, last = (bisect_left(starts, place, key=flow.origin) for place in (start, end))
        for index in range(first, last):
            at = starts[index]
            line = text[at : starts[index + 1] - 1] if index + 1 < len(starts) else text[at:]
            # Most paragraphs begin with a word.
            if line[1:2].islower() and line[0] != "Đ" and line[1] != ")":
                yield Paragraph(at, line.rstrip(), PLAIN)
                continue
            point = _POINT.match(line)
            lead = point or _NUMBERED.match(line)
            begin = lead.end() if lead else len(line) - len(line.lstrip())
            if line[begin:].strip():
                kind = POINT if point else NUMBERED if lead else PLAIN
                sign = (lead.lastgroup or "") if lead and not point else ""
                yield Paragraph(at + begin, line[begin:].rstrip(), kind, sign)


def _may_give_work(words: str, points: WorkList, work: Work, *, is_given: bool, is_duty: bool) -> bool:
    """Tell cheaply whether a paragraph may hold a task: words are found many times faster than patterns.

    Args:
        points: the list that the paragraph is a point of.
        work: what is known of the paragraph.
        is_given: whether the headings above give work.
        is_duty: whether it says whose duty something is.
    """
    if points.owners or points.is_given or work.gives or has_due_word(words) or (" do " in words and "/20" in words):
        return True
    if not (is_given or is_duty or may_be_due(words) or _may_be_led_in(words)):
        return False
    if is_given and words.endswith(_DOERS_LAST):
        return True
    return may_begin_work(words)


def _may_say_so(words: str) -> bool:
    """Tell cheaply whether words that nothing above gives as work may be due, or be led in as work («Kết luận: …»)."""
    return may_be_due(words) or has_due_word(words) or _may_be_led_in(words)


def _may_be_led_in(words: str) -> bool:
    if ": " not in words:
        return False
    return "Kết luận" in words or "Kiến nghị" in words or "Tổ chức thực hiện" in words or "Nhiệm vụ" in words


def _gives(words: str) -> bool:
    return "iao" in words or "êu cầu" in words or "ề nghị" in words or "hân công" in words or "iến nghị" in words


def _in_paragraph(
    text: str,
    flow: Flow,
    paragraph: Paragraph,
    points: WorkList,
    headings: Headings,
    *,
    is_duty: bool,
    is_ordered: bool,
) -> list[Task]:
    words = paragraph.text
    found: list[Task] = []
    gives_work = headings.gives_work(flow.origin(paragraph.start))
    if gives_work is None and not is_order_by_a_day(words):
        return found
    if (headings.is_minutes and SPEECH.match(words)) or _TELLS.match(words):
        return found
    is_given = bool(gives_work) or points.is_given or is_duty
    work = Work(is_given, _gives(words), headings.is_minutes, points.owners)
    may_be_more = is_ordered or (" này" in words and not work.is_minutes)
    if not (may_be_more or _may_give_work(words, points, work, is_given=bool(gives_work), is_duty=is_duty)):
        return found
    is_asked = is_given or work.gives or bool(work.owners)
    for start, end in _sentences(words):
        sentence = words[start:end].rstrip(" .;:/")
        begin = start + len(sentence) - len(sentence.lstrip())
        sentence = sentence.lstrip()
        if found and sentence.startswith(_WHEN_BEGINS) and (when := _WHEN.match(sentence)):
            # «Giao UBND xã ký cam kết với từng hộ. Thời hạn: trong tháng 8/2024».
            last = flow.span(paragraph.start + begin, paragraph.start + begin + len(sentence))[1]
            found[-1] = replace(_dated(found[-1], when["when"]), end=last, text=text[found[-1].start : last])
            continue
        if found and _is_sent_by(sentence, found[-1]):
            # «Giới thiệu 01 tập thể tiêu biểu. Hồ sơ gửi chậm nhất vào ngày 30/11/2022».
            last = flow.span(paragraph.start + begin, paragraph.start + begin + len(sentence))[1]
            due = find_deadline(sentence)
            found[-1] = replace(found[-1], deadline=due, end=last, text=text[found[-1].start : last])
            continue
        may_be_work = 0 < len(sentence) <= _LONGEST and (is_asked or may_be_more or _may_say_so(sentence))
        tasks = list(in_sentence(sentence, work)) if may_be_work else []
        if not tasks and may_be_work and not (is_given or work.is_minutes or work.owners):
            follows = is_ordered or bool(found)
            if (follows and goes_on(sentence, in_list=is_ordered)) or carries_out(sentence):
                tasks = list(in_sentence(sentence, replace(work, is_given=True)))
        # What stands under «đề nghị các đơn vị:» is asked for, whatever it says.
        if tasks and (points.is_given or not tells_what_was_done(_behind_speech(sentence, tasks[0][0]))):
            for first, last, who in tasks:
                at = paragraph.start + begin + first
                task = _task(text, flow, at, sentence[first:last], who, headings.outline)
                is_open = points.deadline is not None and not (task.deadline or task.recurrence)
                found.append(replace(task, deadline=points.deadline) if is_open else task)
    return found


def _behind_speech(sentence: str, place: int) -> str:
    """Return the words from a place on where what stands before tells of a speech: «Phát biểu …, đồng chí … đã ghi nhận
    …, đề nghị các chi bộ …»."""
    return sentence[place:] if place and "hát biểu" in sentence[:place] else sentence


def _is_sent_by(sentence: str, task: Task) -> bool:
    """Tell whether a sentence only says by when the papers of the work before it are sent."""
    if task.deadline or task.recurrence or not sentence.startswith(_PAPERS):
        return False
    return _SENT_BY.match(sentence) is not None and find_deadline(sentence) is not None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        yield start, stop.end()
        start = stop.end()
    yield start, len(text)


def _task(text: str, flow: Flow, at: int, words: str, who: tuple[str, ...], outline: Outline) -> Task:
    start, end = flow.span(at, at + len(words))
    above = outline.above(start)
    path = above[0].path if above else None
    return Task(start, end, text[start:end], who, find_deadline(words), find_recurrence(words), path)


def _dated(task: Task, when: str) -> Task:
    return replace(
        task,
        deadline=find_deadline(when, anywhere=True) or task.deadline,
        recurrence=find_recurrence(when) or task.recurrence,
    )
