"""GB301: paper or margins other than the layout in force on the date of issue."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.facts import Page
from giaoban.checker.gb3_layout.subject import first_line, laid, shown
from giaoban.core.layouts import Layout

# Programs that set centimetres round to tenths.
_MARGIN_SLACK, _PAPER_SLACK = 1.0, 2.0


def find(subject: Subject) -> Iterator[Draft]:
    """Look at the first section; later ones may be appendices with their own pages."""
    known = laid(subject)
    if known is None or not known.facts.pages or known.facts.pages[0].is_landscape:
        return
    page, layout = known.facts.pages[0], known.layout
    wrong = [*_paper(page, layout), *_margins(page, layout)]
    if wrong:
        margins = layout.margins
        yield Draft(
            *first_line(subject),
            f"{'; '.join(wrong)} (thể thức theo {layout.code})",
            f"Giấy {shown(layout.paper[0])} x {shown(layout.paper[1])} mm; lề trên {shown(margins.top)}, dưới "
            f"{shown(margins.bottom)}, trái {shown(margins.left)}, phải {shown(margins.right)} mm",
        )


def _paper(page: Page, layout: Layout) -> Iterator[str]:
    width, height = layout.paper
    # Letters of thanks and the like are printed on A5, which the guides allow.
    is_half = abs(page.width - height / 2) <= _PAPER_SLACK and abs(page.height - width) <= _PAPER_SLACK
    if not is_half and (abs(page.width - width) > _PAPER_SLACK or abs(page.height - height) > _PAPER_SLACK):
        yield (
            f"Khổ giấy {shown(page.width)} x {shown(page.height)} mm, quy định là {shown(width)} x {shown(height)} mm"
        )


def _margins(page: Page, layout: Layout) -> Iterator[str]:
    for name, printed, right in (
        ("trên", page.top, layout.margins.top),
        ("dưới", page.bottom, layout.margins.bottom),
        ("trái", page.left + page.gutter, layout.margins.left),
        ("phải", page.right, layout.margins.right),
    ):
        if abs(printed - right) > _MARGIN_SLACK:
            yield f"Lề {name} {shown(printed)} mm, quy định là {shown(right)} mm"


RULE = Rule("GB301", "paper-or-margins-off-layout", Severity.WARNING, find)
