"""GB104: a citation without its number: «Công văn số CV-ĐUK», «Kế hoạch số ...-KH/ĐUK», or with the symbol after
«ngày»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb1_citations.symbols import is_party
from giaoban.reader.lexicon import by_word, canonical_code, canonical_issuer
from giaoban.reader.places import matches_at, places_of, places_of_any

_CODE = r"[A-ZĐ][A-Za-zĐđ]{0,5}"
_ISSUER = r"[A-ZĐ][A-ZĐhuv]{1,9}"
_NO_NUMBER = re.compile(
    rf"[Ss]ố:?\s?(?P<blank>[.…_-]{{0,12}}\s?[-/]?\s?)"
    rf"(?P<code>{_CODE})\s?[-/]\s?(?P<issuer>{_ISSUER})(?![\w/])"
)
_AFTER_DAY = re.compile(
    rf"[Nn]gày\s(?P<symbol>\d{{1,5}}\s?[-/]\s?(?P<code>{_CODE})\s?[-/]\s?(?P<issuer>{_ISSUER}))(?![\w/])"
)
_TWO_WORDS = re.compile(r"([^\W\d_]+ [^\W\d_]+) \Z")
_REACH = 12


def find(subject: Subject) -> Iterator[Draft]:
    """Look for a type word and «số» that a code follows at once, and for «ngày» that a symbol follows."""
    text = subject.flow.text
    done = -1
    for match in matches_at(_NO_NUMBER, text, places_of_any(text, ("số", "Số"))):
        word = _TWO_WORDS.search(text, max(0, match.start() - 40), match.start())
        if word is None or word[1].lower() not in by_word() or not _is_known(match):
            continue
        start, end = word.start(), match.end()
        printed = text[start:end]
        message = f"«{printed}» thiếu số văn bản"
        suggestion = "Ghi số trước ký hiệu"
        after = _AFTER_DAY.search(text, end, end + _REACH + 24)
        if after is not None and after.start() - end <= _REACH and _is_known(after):
            end = after.end()
            done = end
            message = f"«{text[start:end]}» thiếu số văn bản; số và ký hiệu {after['symbol']} lại đứng sau chữ «ngày»"
            suggestion = f"Ghi «{word[1]} số {after['symbol']}»"
        first, last = subject.flow.span(start, end)
        yield Draft(first, last, message, suggestion)
    for match in matches_at(_AFTER_DAY, text, [place - 1 for place in places_of(text, "gày") if place]):
        if match.end() != done and is_party(match["code"], match["issuer"]):
            first, last = subject.flow.span(match.start(), match.end())
            yield Draft(
                first, last, f"Sau chữ «ngày» là số và ký hiệu {match['symbol']}, không phải ngày",
                f"Ghi «số {match['symbol']}»",
            )  # fmt: skip


def _is_known(match: re.Match[str]) -> bool:
    return canonical_code(match["code"]) is not None and canonical_issuer(match["issuer"]) is not None


RULE = Rule("GB104", "citation-without-number", Severity.WARNING, find)
