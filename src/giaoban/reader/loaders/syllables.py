"""Which strings can be a Vietnamese syllable: the judge between encodings.

The tables list the onsets and rimes of the standard orthography (quốc ngữ), rimes without their tone. A syllable that
ends in a stop (c, ch, p, t) bears the tone sắc or nặng only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uôc uôi uôm uôn uông uôt uơ uy uya uych uyn uynh uyp uyt
uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu ych yn ynh yt
"""
_STOPS = ("c", "ch", "p", "t")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_FREE_TONES = "\u0300\u0303\u0309"
_SYLLABLE = re.compile(
    "(?:{})?(?:{})".format(
        "|".join(sorted(_ONSETS.split(), key=len, reverse=True)),
        "|".join(sorted(_RIMES.split(), key=len, reverse=True)),
    )
)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Tell whether a word could be one Vietnamese syllable, in any case and with the tone on any of its vowels."""
    if len(word) > 8:
        return False
    marks = [sign for sign in unicodedata.normalize("NFD", word.lower()) if sign in _TONES]
    if len(marks) > 1:
        return False
    plain = toneless(word.lower())
    if _SYLLABLE.fullmatch(plain) is None:
        return False
    return not (marks and marks[0] in _FREE_TONES and plain.endswith(_STOPS))


def toneless(text: str) -> str:
    """Return a text without its tones; the marks that make another letter (ă, â, ơ) stay."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if sign not in _TONES))
