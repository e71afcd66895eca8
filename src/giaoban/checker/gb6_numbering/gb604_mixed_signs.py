"""GB604: one heading of a list has another sign behind its number than the others: «I-», «II.»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from giaoban.checker.base import Applicability, Draft, Fix, Rule, Severity, Subject
from giaoban.checker.gb6_numbering.siblings import Counting, Numbered, neighbours, number_span, printed_number

_SIGN = re.compile(r"(?P<sign>[-–.)/])(?=[ \t\u00a0])")
_FEWEST = 2


def find(subject: Subject) -> Iterator[Draft]:
    """Compare the signs behind the numbers of each list in order."""
    for siblings in _lists(subject):
        signs = [sign for heading in siblings if (sign := _sign(subject.text, heading))]
        counts = Counter(signs)
        if len(signs) != len(siblings) or len(counts) != 2:
            continue
        usual = signs[0] if len(signs) == _FEWEST else counts.most_common(1)[0][0]
        odd = [heading for heading, sign in zip(siblings, signs, strict=True) if sign != usual]
        if len(odd) != 1:
            continue
        number, start = printed_number(odd[0]), number_span(odd[0])[0]
        sign = next(sign for sign in counts if sign != usual)
        first = next(heading for heading in siblings if heading is not odd[0])
        yield Draft(
            start,
            start + len(number) + 1,
            f"Đề mục ghi «{number}{sign}», các đề mục cùng cấp ghi «{printed_number(first)}{usual}»",
            f"{number}{usual}",
            Fix(start + len(number), start + len(number) + 1, usual, Applicability.UNSAFE),
        )


def _lists(subject: Subject) -> Iterator[list[Numbered]]:
    """Yield the headings that follow each other in order under one parent."""
    run: list[Numbered] = []
    open_runs: dict[int, list[Numbered]] = {}
    for before, here in neighbours(subject):
        run = open_runs.get(here.section.level, [])
        if not run or run[-1].section is not before.section:
            if len(run) >= _FEWEST:
                yield run
            run = [before]
        if here.place == before.place + 1:
            run.append(here)
        else:
            if len(run) >= _FEWEST:
                yield run
            run = [here]
        open_runs[here.section.level] = run
    yield from (run for run in open_runs.values() if len(run) >= _FEWEST)


def _sign(text: str, heading: Numbered) -> str | None:
    """Return the one sign behind a number; None for none, for several, and for letters, whose signs mean a level."""
    if heading.counting is Counting.LETTER:
        return None
    match = _SIGN.match(text, heading.section.start + len(printed_number(heading)))
    return match["sign"].replace("–", "-") if match else None


RULE = Rule("GB604", "mixed-signs-behind-numbers", Severity.INFO, find)
