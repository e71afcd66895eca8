"""The running text with its broken words mended: what follows is read in words that scanning has damaged, and every
place still leads back to what is printed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from giaoban.reader.flow import Flow
from giaoban.reader.footnotes import Layout
from giaoban.reader.model import Repair

# Below this a repair may as well be wrong: the word stays as it is printed.
_SURE = 0.75


def mend(layout: Layout, repairs: Sequence[Repair]) -> Layout:
    """Return a layout whose flows print what broken words were; the same one where nothing is broken.

    Args:
        layout: body and notes of a text.
        repairs: what is broken in it, in reading order.
    """
    sure = [repair for repair in repairs if repair.confidence >= _SURE]
    if not sure:
        return layout
    notes = tuple(replace(note, flow=_mended(note.flow, sure)) for note in layout.footnotes)
    return Layout(_mended(layout.body, sure), notes)


def _mended(flow: Flow, repairs: Sequence[Repair]) -> Flow:
    """Cut the pieces of a flow at the words that are mended; such a word is one piece, which leads back as a whole."""
    starts: list[int] = []
    origins: list[int] = []
    ends: list[int] = []
    parts: list[str] = []
    length = 0

    def put(text: str, origin: int, end: int) -> None:
        nonlocal length
        if text:
            parts.append(text)
            starts.append(length)
            origins.append(origin)
            ends.append(end)
            length += len(text)

    first_start = [repair.start for repair in repairs]
    for index, start in enumerate(flow.starts):
        stop = flow.starts[index + 1] if index + 1 < len(flow.starts) else len(flow.text)
        origin, end = flow.origins[index], flow.ends[index]
        done = start
        if stop - start == end - origin:
            # Each letter of this piece has a place of its own.
            first, last = bisect_left(first_start, origin), bisect_right(first_start, end)
            for repair in repairs[first:last]:
                place = start + repair.start - origin
                if place < done or repair.end > end:
                    continue
                put(flow.text[done:place], origin + done - start, repair.start)
                put(repair.suggested, repair.start, repair.end)
                done = start + repair.end - origin
        put(flow.text[done:stop], origin + done - start if done > start else origin, end)
    return Flow("".join(parts), tuple(starts) or (0,), tuple(origins) or (0,), tuple(ends) or (0,))
