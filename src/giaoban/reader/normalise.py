"""Letters that only look like Vietnamese ones, replaced one for one: offsets stay as they are."""

from __future__ import annotations

# Icelandic and African D for Đ (texts converted from old fonts), Icelandic đ, odd blanks and hyphens.
_LOOK_ALIKES = {
    "\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u2010": "-", "\u2011": "-",
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
}  # fmt: skip
_TABLE = str.maketrans(_LOOK_ALIKES)


def plain_letters(text: str) -> str:
    """Return ``text`` with look-alikes replaced; the same object where there are none."""
    return text.translate(_TABLE) if any(letter in text for letter in _LOOK_ALIKES) else text
