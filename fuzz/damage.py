"""What happens to a text on its way: pieces lost, doubled and swapped, scanned badly, decoded in the wrong encoding."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

# What scanning takes for each other, in both directions.
_SCANNED = (
    ("l", "1"), ("O", "0"), ("tr", "ừ"), ("nh", "iih"), ("h", "li"), ("m", "rn"), ("ộ", "ô"), ("đ", "d"), ("Ủ", "U"),
    ("S", "5"), ("ế", "ê"), (" ", ""), ("i", "ỉ"), ("%", "°/o"), ("/", "l"), ("-", "–"), (".", ","), ("n", "u"),
)  # fmt: skip
_NARROW = 60


@dataclass(frozen=True, slots=True)
class Cut:
    """One damage: what, where and how far (shares of the text from 0 to 1), and what is put in."""

    KINDS: ClassVar[tuple[str, ...]]

    kind: str
    place: float
    reach: float
    put: str


def _span(text: str, cut: Cut) -> tuple[int, int]:
    """Return where a damage begins and ends: mostly a few characters, now and then up to the whole text."""
    start = int(cut.place * len(text))
    widest = len(text) - start if cut.reach > 0.9 else min(_NARROW, len(text) - start)
    return start, start + int(cut.reach * widest)


def _scanned(text: str, cut: Cut) -> str:
    before, after = _SCANNED[int(cut.place * (len(_SCANNED) - 1))]
    if cut.reach < 0.3:
        before, after = after or "  ", before
    start = text.find(before, int(cut.reach * len(text)))
    return text.replace(before, after) if start < 0 else text[:start] + text[start:].replace(before, after, 9)


def _recoded(text: str, cut: Cut) -> str:
    """Return the text as it looks when its bytes are read in another encoding."""
    ways = (
        ("utf-8", "cp1252"),
        ("utf-8", "cp1258"),
        ("cp1258", "cp1252"),
        ("utf-16-le", "latin-1"),
        ("utf-8", "utf-8"),
    )
    written, read = ways[int(cut.place * (len(ways) - 1))]
    start, end = _span(text, cut)
    data = text[start:end].encode(written, "replace")
    # A byte of a letter is lost where both are UTF-8: what is left cannot be decoded.
    data = data[1:] if written == read else data
    return text[:start] + data.decode(read, "surrogateescape" if read == "utf-8" else "replace") + text[end:]


def _wrapped(text: str, cut: Cut) -> str:
    """Break lines at a width of 20 to 100 characters, as plain copies of pages are."""
    width = 20 + int(80 * cut.place)
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def _changed(change: Callable[[str], str]) -> Callable[[str, Cut], str]:
    def apply(text: str, cut: Cut) -> str:
        start, end = _span(text, cut)
        return text[:start] + change(text[start:end]) + text[end:]

    return apply


def _swapped(text: str, cut: Cut) -> str:
    start, end = _span(text, cut)
    middle = (start + end) // 2
    return text[:start] + text[middle:end] + text[start:middle] + text[end:]


_WAYS: dict[str, Callable[[str, Cut], str]] = {
    "delete": _changed(lambda _: ""),
    "double": _changed(lambda piece: piece + piece),
    "repeat": _changed(lambda piece: (piece * 60)[:2_000]),
    "swap": _swapped,
    "insert": lambda text, cut: text[: int(cut.place * len(text))] + cut.put + text[int(cut.place * len(text)) :],
    "replace": lambda text, cut: text[: _span(text, cut)[0]] + cut.put + text[_span(text, cut)[1] :],
    "truncate": lambda text, cut: text[: int(cut.place * len(text))],
    "behead": lambda text, cut: text[int(cut.place * len(text)) :],
    "decompose": _changed(lambda piece: unicodedata.normalize("NFD", piece)),
    "capitals": _changed(str.upper),
    "small": _changed(str.lower),
    "one line": _changed(lambda piece: " ".join(piece.split())),
    "carriage returns": _changed(lambda piece: piece.replace("\n", "\r\n")),
    "old breaks": _changed(lambda piece: piece.replace("\n", "\r")),
    "reverse": _changed(lambda piece: piece[::-1]),
    "digits": _changed(lambda piece: "".join(str(9 - int(sign)) if sign in "0123456789" else sign for sign in piece)),
    "scan": _scanned,
    "recode": _recoded,
    "wrap": _wrapped,
}
Cut.KINDS = tuple(_WAYS)


def damaged(text: str, cuts: Sequence[Cut]) -> str:
    """Return a text with damages done to it, one after another."""
    for cut in cuts:
        text = _WAYS[cut.kind](text, cut)
    return text
