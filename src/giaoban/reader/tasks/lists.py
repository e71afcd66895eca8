"""What a line with a colon, or one that only names somebody, says of the points below it: «Yêu cầu các chi bộ:»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from giaoban.reader.deadlines import find_deadline
from giaoban.reader.tasks.words import ACTION, BEGINS, BODY, CONCLUSION, GIVES_AT, SPEECH, bodies, may_act

# «Ban Thường vụ Tỉnh ủy chỉ thị:».
_ORDERS = re.compile(r"\b(?:chỉ thị|yêu cầu|quyết định)(?: như sau)?\Z")
# «2. Trách nhiệm của UBND huyện».
_DUTIES_OF = re.compile(r"(?:Trách nhiệm|Nhiệm vụ|Phân công)(?: thực hiện)?(?: của| đối với|:)\s")
LONGEST_OWNERS = 140
_LONGEST_OWNER = 90
_YEAR = len("2023")
_LONGEST_VERB = 24


class Kind(StrEnum):
    """How a paragraph begins."""

    PLAIN = "plain"
    NUMBERED = "numbered"
    POINT = "point"


# A name is looked up four times as fast as a member of its class.
PLAIN, NUMBERED, POINT = Kind


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the flow without its bullet or number; ``start`` is its place there, ``sign`` tells what kind of
    number it has: «digits», «roman», «upper», or none of these."""

    start: int
    text: str
    kind: Kind
    sign: str = ""


@dataclass(slots=True)
class WorkList:
    """What a line with a colon says of the points below it: who is to do them, whether they give work at all, whether
    somebody speaks in them, by when all of them are due; ``kind`` is its own. One with a ``sign`` of a heading holds
    numbered points too: «A. Đoàn xã», «1. Lập trang tin»; one that ``is_open`` also paragraphs without a sign."""

    kind: Kind
    owners: tuple[str, ...] = ()
    is_given: bool = False
    is_speech: bool = False
    deadline: str | None = None
    sign: str = ""
    is_open: bool = False

    def holds(self, paragraph: Paragraph) -> bool:
        """Tell whether a paragraph is one of its points."""
        if paragraph.kind is PLAIN:
            # «… yêu cầu thực hiện một số nội dung sau:» and paragraphs without signs that begin with work or who acts.
            return self.is_open and _is_work(paragraph.text)
        if self.sign and paragraph.sign == "digits":
            return True
        return paragraph.kind is POINT or self.kind is PLAIN


def _is_work(words: str) -> bool:
    first = words[:1].lower() + words[1:_LONGEST_VERB]
    return ACTION.match(first) is not None or BEGINS.match(words) is not None or GIVES_AT.match(words) is not None


NO_LISTS = {kind: WorkList(kind) for kind in Kind}
# Numbers of headings below which others are numbered.
OUTER_SIGNS = ("roman", "upper")


@dataclass(slots=True)
class Outer:
    """The list that a line without a number opened, to which the text comes back behind lists inside it:
    «Ban Thường vụ yêu cầu:», «2- Đảng ủy lãnh đạo:», «2.1- …», «3- …»."""

    points: WorkList | None = None
    sign: str | None = None

    def note(self, paragraph: Paragraph) -> None:
        """Take note of the next paragraph: the first one tells how the list's points are numbered."""
        if paragraph.kind is PLAIN or (self.sign is None and not paragraph.sign):
            self.points = None
        elif self.sign is None:
            self.sign = paragraph.sign
        elif paragraph.sign and paragraph.sign != self.sign:
            self.points = None

    def again(self, paragraph: Paragraph) -> WorkList:
        """Return the list that a paragraph belongs to which is no point of the last one."""
        is_point = self.points is not None and paragraph.sign != "" and paragraph.sign == self.sign
        return self.points if is_point and self.points is not None else NO_LISTS[paragraph.kind]


def opened(paragraph: Paragraph) -> WorkList:
    """Return what a line opens that ends with a colon: «Yêu cầu các chi bộ:», «Thảo luận:»."""
    words = paragraph.text[:-1]
    start = words.rfind(". ") + 1
    gift = None
    for word in GIVES_AT.finditer(words + " ", start):
        gift = word
    rest = words[gift.end() :] if gift else words[start:].lstrip()
    owners = _owners(rest, is_given=gift is not None)
    is_given = gift is not None or _ORDERS.search(words) is not None
    is_speech = not owners and SPEECH.search(words, start) is not None and CONCLUSION.search(words, start) is None
    is_given = is_given and not is_speech
    due = find_deadline(words[start:]) if is_given or owners else None
    # A year is rather what the work is about: «để hoàn thành kế hoạch năm 2025».
    due = due if due and len(due) > _YEAR else None
    is_open = is_given and paragraph.kind is PLAIN and not owners and words.endswith((" sau", " sau đây"))
    return WorkList(paragraph.kind, owners, is_given=is_given, is_speech=is_speech, deadline=due, is_open=is_open)


def named_owner(words: str) -> str:
    """Return who is to do the points below a numbered line that says nothing else: «1. Ủy ban nhân dân xã», «4. Đề nghị
    Đoàn Thanh niên», «1. Bộ Công an.»."""
    words = words.removesuffix(".")
    lead = GIVES_AT.match(words) or _DUTIES_OF.match(words)
    owner = words[lead.end() :] if lead else words
    if len(words) > _LONGEST_OWNER or not BODY.match(owner) or not may_act(owner):
        return ""
    return "" if any(sign in words for sign in ".;:(") or ACTION.search(owner) else owner


def _owners(words: str, *, is_given: bool) -> tuple[str, ...]:
    """Return whom a line names that ends with a colon: «các chi bộ», «các chi bộ thực hiện các việc sau»."""
    if len(words) > LONGEST_OWNERS or any(sign in words for sign in ".;:") or not BODY.match(words):
        return ()
    if not ACTION.search(words):
        return bodies(words) if may_act(words) else ()
    begins = BEGINS.match(words) if is_given else None
    return bodies(begins["who"]) if begins else ()
