"""Makes an input that fails smaller for as long as it fails in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fuzz.samples import File, Sample

_MOST_TRIES = 1_500

Run = TypeVar("Run", str, bytes)


def reduced(sample: Sample, fails: Callable[[Sample], bool]) -> Sample:
    """Return the smallest input found that still fails: pieces are left out, large ones first, then single characters.

    Args:
        sample: an input that fails.
        fails: tells whether an input fails in the same way.
    """
    if isinstance(sample, str):
        return _smaller(sample, fails)
    suffix, in_process = sample.suffix, sample.in_process
    return File(suffix, _smaller(sample.data, lambda data: fails(File(suffix, data, in_process))), in_process)


def _smaller(whole: Run, fails: Callable[[Run], bool]) -> Run:
    tries = 0
    piece = max(len(whole) // 2, 1)
    while tries < _MOST_TRIES:
        place, is_smaller = 0, False
        while place < len(whole) and tries < _MOST_TRIES:
            candidate = whole[:place] + whole[place + piece :]
            tries += 1
            if fails(candidate):
                whole, is_smaller = candidate, True
            else:
                place += piece
        if piece == 1 and not is_smaller:
            break
        piece = max(piece // 2, 1)
    return whole
