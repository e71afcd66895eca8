"""What the headings above a place say of the work below them: that it is given, that results are told, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from giaoban.reader.citations.pieces import fold
from giaoban.reader.model import Section
from giaoban.reader.outline import Outline
from giaoban.reader.tasks.words import BEGINS

# Looked for without marks, which scanning loses first in capitals («TỎ CHỨC THựC HIỆN»).
_TASK_TITLE = re.compile(
    "to chuc thuc hien|nhiem vu|phan cong|giai phap|phuong huong|chuong trinh|ket luan|noi dung|chi dao|yeu cau"
    "|kien nghi|lanh dao thuc hien|bien phap|trach nhiem"
)
_GIVING_TITLE = re.compile("chi thi|ket luan|chuong trinh|phan cong")
_CONCLUSION_TITLE = re.compile("ket luan|phan cong|nhiem vu|chi dao|phuong huong|trien khai")
_RESULT_TITLE = re.compile(r"kết quả|tình hình|đánh giá|ưu điểm|hạn chế|thành phần|nhận xét|mục đích", re.IGNORECASE)
# «2. Về giải phóng mặt bằng:»
_MATTERS = ("Về ", "Đối với ")
_LONGEST_TITLE = 100
# «1.1- », «Điều 2. », «**3. **».
_LONGEST_SIGN = 8


class Headings:
    """What the headings above a place say of the work below them; the same for all places of a section."""

    def __init__(self, sections: Sequence[Section], title: str, *, is_minutes: bool, begins: int | None = None) -> None:
        self.outline = Outline(sections)
        self.is_minutes = is_minutes
        self._title = "" if is_minutes else title
        self._begins = None if is_minutes else begins
        self._known: dict[tuple[int, int, bool], bool | None] = {}

    def gives_work(self, place: int) -> bool | None:
        """Tell whether they give work; None where they report results."""
        index = self.outline.innermost(place)
        above = self.outline.chain(index)
        # A numbered paragraph is a section of its own: only what stands above it says whether work is given here.
        own = 0
        while own < len(above) and place - above[own].start <= len(above[own].number) + _LONGEST_SIGN:
            own += 1
        is_announced = self._begins is not None and place >= self._begins
        key = index, own, is_announced
        if key not in self._known:
            titles = [section.title for section in above[own:]]
            self._known[key] = None if _tell_results(titles) else self._give(titles, is_announced=is_announced)
        return self._known[key]

    def _give(self, titles: list[str], *, is_announced: bool) -> bool:
        words = _CONCLUSION_TITLE if self.is_minutes else _TASK_TITLE
        if any(words.search(_folded(title)) for title in titles or [self._title]):
            return True
        if is_announced:
            return True
        if not titles or any(_is_heading(title) and not title.startswith(_MATTERS) for title in titles):
            return False
        # Points without headings, or with such as name the matter: the document says what they are («Chỉ thị …»).
        return _GIVING_TITLE.search(_folded(self._title)) is not None


@lru_cache(maxsize=1 << 10)
def _folded(title: str) -> str:
    """Return a title without marks; each stands above many places."""
    return fold(title)


def _is_heading(title: str) -> bool:
    """Tell a heading from a numbered paragraph, which begins with who is to act."""
    return len(title) <= _LONGEST_TITLE and BEGINS.match(title) is None


def _tell_results(titles: list[str]) -> bool:
    return any(
        title.startswith("Đã ") or (len(title) <= _LONGEST_TITLE and _RESULT_TITLE.search(title)) for title in titles
    )
