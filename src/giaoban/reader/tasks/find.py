"""Tasks: who is to do what, by when, how often.

Taken are sentences that give work away («Giao Ban Tổ chức Tỉnh ủy chủ trì …»), those under «Tổ chức thực hiện» and the
like that begin with who acts, points under «Yêu cầu các chi bộ:», headings with «Cơ quan chủ trì: …» below them, and
rows of tables. Minutes tell what was said: there only conclusions and assignments give work.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    OUTER_SIGNS,
    Kind,
    Outer,
    Paragraph,
    WorkList,
    named_owner,
    opened,
)
from giaoban.reader.tasks.tables import find_rows
from giaoban.reader.tasks.words import (
    ACTION,
    AMBIGUOUS_TIMES,
    ASKED,
    BEGINS,
    CHAIRED,
    DONE_BY,
    DUTY,
    GIVEN,
    GIVES_AT,
    LATER_START,
    LEAD,
    NEXT_BODY,
    SENT,
    SHARED_OUT,
    SPEECH,
    START,
    TIME_LEAD,
    TOPIC,
    WITH,
    bodies,
    is_audience,
    is_person,
    may_act,
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
_MEMBERS = re.compile(
    r"(?:[Mm]ỗi|[Tt]ừng|[Cc]ác)?\s?(?:đồng chí\s)?(?:cấp ủy viên|đảng viên|cán bộ|thành viên|ủy viên)"
)
_POINT = re.compile(r"\s*(?:[-+•*]|\([0-9]{1,2}\)|[a-zđ][)/.])\s+")
_NUMBERED = re.compile(
    r"\s*(?:(?P<digits>[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}\s?(?:[./]?[-–]|[.)])|[0-9]{1,2}(?:\.[0-9]{1,2})?/\.?(?=\s))"
    r"|(?P<roman>[IVX]{1,5}\s?(?:/?-|\.))|(?P<upper>[A-HĐ]\s?[-.)](?=\s))|Điều\s[0-9]{1,3}\.)\s*"
)
# A number of the next item may stand before its first word: «… 3/ Ý kiến».
_SENTENCE_END = re.compile(r"\.(?=\s(?:[0-9]{1,2}/\s)?[A-ZĐÀ-Ỹ])(?:\s[0-9]{1,2}/)?")
_MINUTES = re.compile(r"^[ \t*#]{0,80}BIÊN BẢN\b", re.MULTILINE)
_HEAD_OF_DOCUMENT = 2500
_BEFORE_A_DAY = re.compile(r"rước (?:ngày|tháng [0-9]|quý [IV0-9]|[0-9])")
_LONGEST = 900
_SMALL = 12
_DAY = len("2023-03-31")
_MONTH = len("2023-M03")


@dataclass(slots=True)
class _Work:
    """What is known around a sentence: whether headings or a line above give work, whether the paragraph holds a word
    that does, whether it stands in minutes, and who is to do the points of its list."""

    is_given: bool
    gives: bool
    is_minutes: bool
    owners: tuple[str, ...]


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
    headings = Headings(sections, title, is_minutes=is_minutes)
    found: list[Task] = []
    before: Paragraph | None = None
    points, has_asked, outer = NO_LISTS[Kind.NUMBERED], False, Outer()
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
            if paragraph.kind is Kind.PLAIN:
                outer = Outer(points)
        elif paragraph.kind is Kind.NUMBERED and (owner := named_owner(words)):
            is_shared_out = paragraph.sign in OUTER_SIGNS and headings.gives_work(flow.origin(paragraph.start)) is True
            points = WorkList(paragraph.kind, bodies(owner), sign=paragraph.sign if is_shared_out else "")
        elif not points.is_speech:
            is_duty = has_asked and "trách nhiệm " in words and DUTY.match(words) is not None
            found.extend(_in_paragraph(text, flow, paragraph, points, headings, is_duty=is_duty))
    found.extend(_in_tables(text, [*body, *annexes], headings.outline))
    return tuple(sorted(set(found), key=lambda task: (task.start, task.end)))


def _labelled(words: str, headings: Headings, flow: Flow, paragraph: Paragraph) -> Labelled | None:
    """Return who is to do the work of a paragraph that tells it behind the work; in a bracket where work is given."""
    work = labelled(words)
    if work is not None or "(" not in words:
        return work
    work = done_by(words)
    gives_work = headings.gives_work(flow.origin(paragraph.start)) if work is not None else None
    # «(Đ/c Loan phụ trách)» is said of work alone.
    return work if work is not None and (gives_work or (gives_work is False and is_person(work.who[0]))) else None


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
                yield Paragraph(at, line.rstrip(), Kind.PLAIN)
                continue
            point = _POINT.match(line)
            lead = point or _NUMBERED.match(line)
            begin = lead.end() if lead else len(line) - len(line.lstrip())
            if line[begin:].strip():
                kind = Kind.POINT if point else Kind.NUMBERED if lead else Kind.PLAIN
                sign = (lead.lastgroup or "") if lead and not point else ""
                yield Paragraph(at + begin, line[begin:].rstrip(), kind, sign)


def _may_give_work(words: str, points: WorkList, work: _Work, *, is_given: bool, is_duty: bool) -> bool:
    """Tell cheaply whether a paragraph may hold a task: words are found many times faster than patterns.

    Args:
        points: the list that the paragraph is a point of.
        work: what is known of the paragraph.
        is_given: whether the headings above give work.
        is_duty: whether it says whose duty something is.
    """
    if points.owners or points.is_given or work.gives or _has_due_word(words) or (" do " in words and "/20" in words):
        return True
    if not (is_given or is_duty or may_be_due(words) or _may_be_led_in(words)):
        return False
    return START.match(words) is not None or LATER_START.search(words) is not None


def _may_say_so(words: str) -> bool:
    """Tell cheaply whether words that nothing above gives as work may be due, or be led in as work («Kết luận: …»)."""
    return may_be_due(words) or _has_due_word(words) or _may_be_led_in(words)


def _may_be_led_in(words: str) -> bool:
    if ": " not in words:
        return False
    return "Kết luận" in words or "Kiến nghị" in words or "Tổ chức thực hiện" in words or "Nhiệm vụ" in words


def _has_due_word(words: str) -> bool:
    is_before = "rước " in words and _BEFORE_A_DAY.search(words) is not None
    return is_before or "hậm nhất" in words or "ong trước" in words or "oàn thành trong" in words


def _gives(words: str) -> bool:
    return "iao" in words or "êu cầu" in words or "ề nghị" in words or "hân công" in words or "iến nghị" in words


def _in_paragraph(
    text: str, flow: Flow, paragraph: Paragraph, points: WorkList, headings: Headings, *, is_duty: bool
) -> list[Task]:
    words = paragraph.text
    found: list[Task] = []
    gives_work = headings.gives_work(flow.origin(paragraph.start))
    if gives_work is None or (headings.is_minutes and SPEECH.match(words)):
        return found
    is_given = gives_work or points.is_given or is_duty
    work = _Work(is_given, _gives(words), headings.is_minutes, points.owners)
    if not _may_give_work(words, points, work, is_given=gives_work, is_duty=is_duty):
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
        may_be_work = 0 < len(sentence) <= _LONGEST and (is_asked or _may_say_so(sentence))
        tasks = list(_in_sentence(sentence, work)) if may_be_work else []
        # What stands under «đề nghị các đơn vị:» is asked for, whatever it says.
        if tasks and (points.is_given or not tells_what_was_done(sentence)):
            for first, last, who in tasks:
                at = paragraph.start + begin + first
                task = _task(text, flow, at, sentence[first:last], who, headings.outline)
                is_open = points.deadline is not None and not (task.deadline or task.recurrence)
                found.append(replace(task, deadline=points.deadline) if is_open else task)
    return found


def _is_sent_by(sentence: str, task: Task) -> bool:
    """Tell whether a sentence only says by when the papers of the work before it are sent."""
    if task.deadline or task.recurrence or not sentence.startswith(_PAPERS):
        return False
    return _SENT_BY.match(sentence) is not None and find_deadline(sentence) is not None


def _small(words: str) -> str:
    return words[:1].lower() + words[1:_SMALL]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        yield start, stop.end()
        start = stop.end()
    yield start, len(text)


def _in_sentence(sentence: str, work: _Work) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the tasks of a sentence: where they begin and end, and who is to act, nobody where it is not said.

    «…; đồng chí Hòa báo cáo kết quả» is a task of its own where the part before it is one.
    """
    lead = LEAD.match(sentence) if ": " in sentence and not GIVEN.match(sentence) else None
    # «Về công tác tư tưởng: Ban Tuyên giáo …» names the matter first.
    topic = TOPIC.match(sentence) if lead is None and ": " in sentence else None
    at = lead.end() if lead else topic.end() if topic else 0
    is_given = work.is_given or lead is not None
    cuts = [(at, at)]
    chaired = SHARED_OUT.search(sentence, at) if is_given and "; " in sentence and "chủ trì" in sentence else None
    if chaired is not None:
        # «Trong quý II tổ chức 02 hội nghị; Ban Tuyên giáo chủ trì, Đoàn Khối phối hợp».
        yield at, len(sentence), bodies(chaired["who"]) + (bodies(chaired["others"]) if chaired["others"] else ())
        return
    for following in NEXT_BODY.finditer(sentence, at) if "; " in sentence else ():
        begins = BEGINS.match(sentence, following.end()) or GIVEN.match(sentence, following.end())
        if begins and may_act(begins["who"]):
            cuts.append(following.span())
    ends = [start for start, _ in cuts[1:]]
    for (_, first), last in zip(cuts, [*ends, len(sentence)], strict=True):
        who = _who(sentence[first:last], work, is_given=is_given)
        if who is not None:
            is_given = True
            yield first + who[1], last, who[0]


def _who(words: str, work: _Work, *, is_given: bool) -> tuple[tuple[str, ...], int] | None:
    """Return who is to act, and where in the words the task begins; None where they give no work."""
    gift = _gift(words) if work.gives else None
    if gift and ((is_given and _is_shared_out(words, gift)) or _asks_above(gift)):
        gift = None
    at = 0
    if gift and (is_given or not work.is_minutes or gift["how"][1:4] in ("iao", "hân")):
        who, at = bodies(gift["who"]), gift.start()
    elif is_given and (chaired := _chaired(words) or _by_whom(words)):
        who = chaired
    elif is_given or (not work.is_minutes and (START.match(words) or work.gives) and _is_due(words)):
        begins = _begins(words, is_given=is_given)
        if begins is None:
            return _nobody(words, work, is_given=is_given)
        who = begins
    else:
        return (work.owners, 0) if work.owners else None
    partners = WITH.search(words) if "phối hợp " in words or " cùng " in words else None
    return who + tuple(name for name in bodies(partners["who"]) if name not in who) if partners else who, at


def _nobody(words: str, work: _Work, *, is_given: bool) -> tuple[tuple[str, ...], int] | None:
    """Return the owners of the list for words that do not begin with who is to act; nobody for what is due by a day."""
    if work.owners:
        return work.owners, 0
    due = len(find_deadline(words) or "") if _has_due_word(words) else 0
    is_dated = due == _DAY or (due == _MONTH and is_given)
    if is_dated and (SENT.match(words) or (is_given and ACTION.match(_small(words))) or ASKED.match(words)):
        return (), 0
    return None


def _gift(words: str) -> re.Match[str] | None:
    for word in GIVES_AT.finditer(words):
        if gift := GIVEN.match(words, word.start()):
            return None if is_audience(gift["who"]) else gift
    return None


def _asks_above(gift: re.Match[str]) -> bool:
    """Tell whether «đề nghị Đảng ủy xem xét kết nạp …» asks those above, and gives no work."""
    return gift["how"].endswith(" nghị") and gift["verb"] == "xem xét"


def _is_shared_out(words: str, gift: re.Match[str]) -> bool:
    """Tell whether «các chi bộ phân công mỗi đảng viên giúp 02 hộ» gives work to the cells."""
    begins = BEGINS.match(words) if gift.start() else None
    return begins is not None and begins.end() <= gift.start() and _MEMBERS.match(gift["who"]) is not None


def _chaired(words: str) -> tuple[str, ...] | None:
    chaired = CHAIRED.search(words) if ": " in words else None
    if chaired is None or ((begins := BEGINS.match(words)) and begins.end() <= chaired.start()):
        return None
    return bodies(chaired["who"])


def _by_whom(words: str) -> tuple[str, ...] | None:
    """Return who is to act in «Hồ sơ khen thưởng do Văn phòng thẩm định, trình trong tháng 4/2024»."""
    if " do " not in words or not _is_due(words) or BEGINS.match(words):
        return None
    done_by = DONE_BY.match(words)
    return bodies(done_by["who"]) if done_by else None


def _begins(words: str, *, is_given: bool) -> tuple[str, ...] | None:
    begins = BEGINS.match(words)
    lead = TIME_LEAD.match(words) if begins is None else None
    # «Trong nhiệm kỳ, Ban Thường vụ ban hành 163 văn bản» may tell a result.
    if lead and (not words.startswith(AMBIGUOUS_TIMES) or (is_given and _is_due(words))):
        begins = BEGINS.match(words, lead.end())
    if begins is None or not may_act(begins["who"]):
        return None
    # «Đồng chí Tiên: nên giảm …» says what he thinks.
    if begins["colon"] and is_person(begins["who"]) and not ACTION.match(_small(words[begins.end() :])):
        return None
    return bodies(begins["who"])


def _is_due(words: str) -> bool:
    return _has_due_word(words) or find_deadline(words) is not None or find_recurrence(words) is not None


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
