"""GB307: «TM.» on a document of the Party, «T/M» on one of the State."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb3_layout.systems import is_party_document, is_state_document

_CAPACITY = re.compile(r"(?P<first>[TK])(?P<by>\s?/\s?|)(?P<second>M|L|T|UQ)(?P<stop>\.?)(?=[\s.]|\Z)")
_KNOWN = {"Đảng": frozenset({"TM", "TL", "KT"}), "Nhà nước": frozenset({"TM", "TL", "KT", "TUQ"})}
_OF_THE_PARTY = re.compile(r"ĐẢNG|CHI BỘ|(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ) [ỦU][YỶ]")
_OF_OTHERS = re.compile(r"NHÂN DÂN|UBND|HĐND|MẶT TRẬN|MTTQ|\bHỘI\b|ĐOÀN\b|GIÁM ĐỐC|HIỆU TRƯỞNG|CÔNG TY")


def find(subject: Subject) -> Iterator[Draft]:
    """Look at the capacity above each signature."""
    header = subject.document.header
    is_state = is_state_document(subject)
    if subject.facts is None or header.date is None or not (is_state or is_party_document(subject)):
        return
    others = _OF_THE_PARTY if is_state else _OF_OTHERS
    known = _KNOWN["Nhà nước" if is_state else "Đảng"]
    for signer in header.signers:
        match = _CAPACITY.match(signer.capacity or "")
        if match is None or match["first"] + match["second"] not in known or signer.capacity is None:
            continue
        if others.search(signer.capacity.upper()):
            continue  # a programme that two sides sign gives each its own form
        letters = match["first"] + match["second"]
        right = f"{letters}." if is_state else f"{letters[0]}/{letters[1:]}"
        start = subject.text.rfind(signer.capacity)
        if "".join(match[0].split()) == right or start < 0:
            continue
        whose = "Nhà nước (Nghị định 30/2020/NĐ-CP)" if is_state else "Đảng"
        yield Draft(
            start,
            start + match.end(),
            f"Quyền hạn ký ghi «{match[0]}», văn bản của {whose} ghi «{right}»",
            f"{right} {signer.capacity[match.end() :].strip()}",
        )


RULE = Rule("GB307", "capacity-of-another-system", Severity.WARNING, find)
