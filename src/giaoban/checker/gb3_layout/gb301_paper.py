"""GB301: paper or margins other than the layout in force on the date of issue."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.facts import Page
from giaoban.checker.gb3_layout.subject import Wanted, first_line, laid, shown, span

# Programs that set centimetres round to tenths.
_MARGIN_SLACK, _PAPER_SLACK = 1.0, 2.0
_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}


def find(subject: Subject) -> Iterator[Draft]:
    """Look at the first section; later ones may be appendices with their own pages."""
    known = laid(subject)
    if known is None or not known.facts.pages or known.facts.pages[0].is_landscape:
        return
    page, wanted = known.facts.pages[0], known.wanted
    wrong = [*_paper(page, wanted), *_margins(page, wanted)]
    if wrong:
        sides = ", ".join(f"{name} {span(wanted.margins[side])}" for side, name in _SIDES.items())
        yield Draft(
            *first_line(subject),
            f"{'; '.join(wrong)} (thể thức theo {wanted.code})",
            f"Giấy {shown(wanted.paper[0])} x {shown(wanted.paper[1])} mm; lề {sides} mm",
        )


def _paper(page: Page, wanted: Wanted) -> Iterator[str]:
    width, height = wanted.paper
    # Letters of thanks and the like are printed on A5, which the guides allow.
    is_half = abs(page.width - height / 2) <= _PAPER_SLACK and abs(page.height - width) <= _PAPER_SLACK
    if not is_half and (abs(page.width - width) > _PAPER_SLACK or abs(page.height - height) > _PAPER_SLACK):
        yield (
            f"Khổ giấy {shown(page.width)} x {shown(page.height)} mm, quy định là {shown(width)} x {shown(height)} mm"
        )


def _margins(page: Page, wanted: Wanted) -> Iterator[str]:
    printed = {"top": page.top, "bottom": page.bottom, "left": page.left + page.gutter, "right": page.right}
    for side, name in _SIDES.items():
        low, high = wanted.margins[side]
        if not low - _MARGIN_SLACK <= printed[side] <= high + _MARGIN_SLACK:
            yield f"Lề {name} {shown(printed[side])} mm, quy định là {span((low, high))} mm"


RULE = Rule("GB301", "paper-or-margins-off-layout", Severity.WARNING, find)
