"""GB601: the number of a heading or of a list's item leaves one or more out."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb6_numbering.items import jumps
from giaoban.checker.gb6_numbering.siblings import (
    Counting,
    Numbered,
    neighbours,
    number_span,
    printed_number,
    stands_between,
)

_FARTHEST = 4
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")


def find(subject: Subject) -> Iterator[Draft]:
    """Compare each heading with the one before it, then the items of lists, which are headings only in order."""
    for before, here in neighbours(subject):
        if here.counting is Counting.LETTER or not 1 < here.place - before.place <= _FARTHEST:
            continue
        if not stands_between(subject.text, before.section.start, here.section.start, _left_out(before, here)):
            yield Draft(
                *number_span(here),
                f"Đề mục {printed_number(here)} đứng ngay sau đề mục {printed_number(before)}: thiếu số ở giữa",
                "Đánh lại số đề mục hoặc bổ sung đề mục còn thiếu",
            )
    for jump in jumps(subject):
        yield Draft(
            jump.start,
            jump.end,
            f"Điểm {jump.printed} đứng ngay sau điểm {jump.before}: thiếu {jump.missing} ở giữa",
            "Đánh lại thứ tự các điểm hoặc bổ sung điểm còn thiếu",
        )


def _left_out(before: Numbered, here: Numbered) -> list[str]:
    places = range(before.place + 1, here.place)
    if here.counting is Counting.ROMAN:
        return [_ROMANS[place - 1] for place in places if place <= len(_ROMANS)]
    stem = printed_number(here).rpartition(".")[0]
    return [f"{stem}.{place}" if stem else str(place) for place in places]


RULE = Rule("GB601", "heading-number-jumps", Severity.WARNING, find)
