"""Letters that only look like Vietnamese ones, replaced one for one: offsets stay as they are."""

from __future__ import annotations

import re

# Icelandic and African D for Đ (texts converted from old fonts), Icelandic đ, Tatar «gha» for ư, odd blanks, hyphens.
_LOOK_ALIKES = {
    "\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u01a2": "Ư", "\u01a3": "ư", "\u2010": "-", "\u2011": "-",
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
}  # fmt: skip
_TABLE = str.maketrans(_LOOK_ALIKES)
# Some .pdf files print every hyphen as a soft one: «61/2018/NĐ\u00adCP», «2021 \u00ad 2025»; inside a word it is none.
_SOFT = "\u00ad"
_SOFT_HYPHEN = re.compile(rf"(?<![a-zà-ỹ]){_SOFT}|{_SOFT}(?![a-zà-ỹ])")


def plain_letters(text: str) -> str:
    """Return ``text`` with look-alikes replaced; the same object where there are none."""
    if _SOFT in text:
        text = _SOFT_HYPHEN.sub("-", text)
    return text.translate(_TABLE) if any(letter in text for letter in _LOOK_ALIKES) else text
