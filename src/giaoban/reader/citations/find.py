"""All citations of a text, in reading order, with repeats and short forms resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from giaoban.reader.citations.candidates import find_candidates
from giaoban.reader.citations.found import Found
from giaoban.reader.citations.numbered import find_numbered, find_standards
from giaoban.reader.citations.resolve import confirmed, resolve
from giaoban.reader.citations.shared_dates import share_dates
from giaoban.reader.citations.short import find_short
from giaoban.reader.citations.unnumbered import find_unnumbered
from giaoban.reader.flow import Flow
from giaoban.reader.model import Citation


def find_citations(
    text: str,
    flows: Sequence[Flow],
    *,
    marks: Collection[int] = (),
    own: Collection[tuple[int, int]] = (),
    reference: date | None = None,
) -> tuple[Citation, ...]:
    """Find the documents that a text names.

    Args:
        text: the text that the results point into.
        flows: the running texts to search: the body with its footnotes taken out, and each footnote.
        marks: numbers of the footnotes, which may stick to a date («28/11/20222»).
        own: spans in which the document gives its own number, which is no citation.
        reference: a day near which the document was written, for two-digit years.
    """
    placed: list[tuple[tuple[int, int], Flow, Found]] = []
    own_end = max((end for _, end in own), default=0)
    for flow in flows:
        for item in _in_flow(flow.text, marks, reference):
            span = flow.span(item.start, item.end)
            if span[0] >= own_end or not any(start <= span[0] < end for start, end in own):
                placed.append((span, flow, item))
    placed.sort(key=lambda entry: entry[0])
    kept = set(map(id, confirmed([item for _, _, item in placed])))
    placed = [entry for entry in placed if id(entry[2]) in kept]
    targets = resolve([item for _, _, item in placed])
    return tuple(
        _citation(text, span, flow, item, target) for (span, flow, item), target in zip(placed, targets, strict=True)
    )


def _in_flow(text: str, marks: Collection[int], reference: date | None) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    candidates = find_candidates(text)
    for item in (
        *share_dates(text, find_numbered(text, candidates.symbols, marks, reference)),
        *find_standards(text),
        *find_unnumbered(text),
    ):
        taken.append((item.start, item.end))
        yield item
    yield from find_short(text, candidates.short, taken, marks, reference)


def _citation(text: str, span: tuple[int, int], flow: Flow, item: Found, target: int | None) -> Citation:
    start, end = span
    date_start, date_end = (
        flow.span(item.printed_date.start, item.printed_date.end) if item.printed_date else (None, None)
    )
    return Citation(
        start,
        end,
        text[start:end],
        item.kind,
        item.symbol,
        item.number,
        item.type,
        item.issuer,
        item.day,
        target,
        item.word,
        date_start,
        date_end,
    )
