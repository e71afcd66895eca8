"""To whose documents a document belongs: those of the Party, those of the State, or others with rules of their own."""

from __future__ import annotations

import re
from datetime import date

from giaoban.checker.base import Subject
from giaoban.core.text_vi import fold

_PARTY_SYMBOL = re.compile(r"[0-9]+-[A-ZĐ][A-Za-zĐđ]*/[A-ZĐ]\w*\Z")
# Acts that bind everybody carry their year («12/2024/QĐ-UBND») and follow rules of their own.
_STATE_SYMBOL = re.compile(r"[0-9]+/[A-ZĐ]+(?:-|\Z)")
# Decree 30/2020/NĐ-CP is in force from this day.
_DECREE_30 = date(2020, 3, 5)
# Mass bodies number their documents as the Party or as the State does, and lay them out by guides of their own.
_OF_A_MASS_BODY = re.compile(r"ĐOÀN\b|HỘI\b(?! (?:ĐỒNG|NGHỊ))|MẶT TRẬN|MTTQ|LIÊN HIỆP")
_MASS_BODY_CODE = re.compile(r"[/-](?:\w*ĐTN|TWĐTN|HND|HLH|HPN|HCCB|CCB|LĐLĐ|CĐ|MTTQ|UBMT|MT)")
_OF_THE_PARTY = re.compile(
    r"(?:ĐẢNG|CHI BỘ|CHI [ỦU][YỶ]|(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ) [ỦU][YỶ]|[ỦU][YỶ] BAN KIỂM TRA|BỘ CHÍNH TRỊ|VĂN PHÒNG|"
    r"ĐẠI HỘI (?:ĐẠI BIỂU )?ĐẢNG|BAN (?:CHẤP HÀNH ĐẢNG|THƯỜNG VỤ|TỔ CHỨC|TUYÊN GIÁO|DÂN VẬN|NỘI CHÍNH|BÍ THƯ))\b"
)
_TITLE, _MOTTO = "dang cong san viet nam", "cong hoa xa hoi chu nghia viet nam"
_HEAD_CHARACTERS = 1500


def head(subject: Subject) -> str:
    """Return the beginning of a document, where its title, number, place and date stand."""
    return subject.text[:_HEAD_CHARACTERS]


def has_party_title(subject: Subject) -> bool:
    """Tell whether the head prints the Party's title; without diacritics, since old fonts lose them."""
    return _TITLE in " ".join(fold(head(subject)).split())


def has_motto(subject: Subject) -> bool:
    """Tell whether the head prints the name of the State."""
    return _MOTTO in " ".join(fold(head(subject)).split())


def is_party_document(subject: Subject) -> bool:
    """Tell whether a body of the Party issues the document, with a number of the Party: «Số 05-NQ/ĐU»."""
    header = subject.document.header
    if _PARTY_SYMBOL.match(header.symbol or "") is None:
        return False
    issuer = " ".join((header.issuer or "").upper().split())
    if issuer.startswith(("ĐẢNG", "CHI BỘ")):
        return True
    if _OF_A_MASS_BODY.search(issuer) or _MASS_BODY_CODE.search(header.symbol or ""):
        return False
    return _OF_THE_PARTY.match(issuer) is not None or has_party_title(subject)


def is_state_document(subject: Subject) -> bool:
    """Tell whether a body of the State issues the document under Decree 30/2020/NĐ-CP: «Số: 66/BC-UBND»."""
    header = subject.document.header
    return (
        _STATE_SYMBOL.match(header.symbol or "") is not None
        and header.date is not None
        and header.date >= _DECREE_30
        and has_motto(subject)
        and not has_party_title(subject)
        and not _OF_A_MASS_BODY.search((header.issuer or "").upper())
        and not _MASS_BODY_CODE.search(header.symbol or "")
    )
