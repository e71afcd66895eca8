"""Letters of other alphabets that a .pdf prints for Vietnamese ones: «tƣ tƣởng», «CHƢƠNG»."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Many fonts of .pdf files name the letter ư by the code of the Tatar letter «gha».
_WORD = re.compile(r"\w*[\u01a2\u01a3]\w*")
_SIGNS = ("\u01a3", "\u01a2")
_RIGHT = str.maketrans("\u01a2\u01a3", "Ưư")
_SURE = 0.95


def find_foreign(text: str) -> Iterator[tuple[int, int, str, float]]:
    """Yield the words of a text that hold such letters: where they stand, what they are, how sure that is."""
    if not any(sign in text for sign in _SIGNS):
        return
    for match in _WORD.finditer(text):
        yield (*match.span(), unicodedata.normalize("NFC", match[0].translate(_RIGHT)), _SURE)
