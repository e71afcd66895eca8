"""GB307: «TM.» on a document of the Party, «T/M» on one of the State."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.subject import is_party_document

_CAPACITY = re.compile(r"(?P<first>[TK])(?P<by>\s?/\s?|)(?P<second>M|L|T|UQ)(?P<stop>\.?)(?=[\s.]|\Z)")
_KNOWN = frozenset({"TM", "TL", "KT", "TUQ"})
_STATE_SYMBOL = re.compile(r"[0-9]+/(?:[0-9]{4}/)?[A-ZĐ]")
# Decree 30/2020/NĐ-CP is in force from this day.
_DECREE_30 = date(2020, 3, 5)


def find(subject: Subject) -> Iterator[Draft]:
    """Look at the capacity above each signature."""
    header = subject.document.header
    is_state = _STATE_SYMBOL.match(header.symbol or "") is not None
    if subject.facts is None or header.date is None or not (is_state or is_party_document(subject)):
        return
    for signer in header.signers:
        match = _CAPACITY.match(signer.capacity or "")
        if match is None or match["first"] + match["second"] not in _KNOWN or signer.capacity is None:
            continue
        letters = match["first"] + match["second"]
        right = f"{letters}." if is_state else f"{letters[0]}/{letters[1:]}"
        start = subject.text.rfind(signer.capacity)
        if "".join(match[0].split()) == right or start < 0 or (is_state and header.date < _DECREE_30):
            continue
        whose = "Nhà nước (Nghị định 30/2020/NĐ-CP)" if is_state else "Đảng"
        yield Draft(
            start,
            start + match.end(),
            f"Quyền hạn ký ghi «{match[0]}», văn bản của {whose} ghi «{right}»",
            f"{right} {signer.capacity[match.end() :].strip()}",
        )


RULE = Rule("GB307", "capacity-of-another-system", Severity.WARNING, find)
