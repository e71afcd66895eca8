"""A read document as plain data for JSON, and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any

from giaoban.core.dates_vi import format_date
from giaoban.reader.model import Citation, CitationKind, Claim, Document, Header, Repair, Section, Signer, Target, Task

_KINDS = {
    CitationKind.PARTY: "văn bản của Đảng",
    CitationKind.STATE: "văn bản của Nhà nước",
    CitationKind.STANDARD: "tiêu chuẩn, quy chuẩn",
    CitationKind.SHORT: "viện dẫn rút gọn",
    CitationKind.UNNUMBERED: "văn bản không nêu số",
}
_HOLDS = {True: "khớp", False: "KHÔNG KHỚP", None: "chưa đủ số liệu"}
# What the checker uses beside the contract's keys.
_INTERNAL = {"word", "date_start", "date_end"}
_SHOWN: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind) if field.name not in _INTERNAL)
    for kind in (Header, Signer, Section, Citation, Claim, Target, Task, Repair)
}


def as_json(document: Document, *, with_text: bool = False) -> dict[str, Any]:
    """Return plain data with the keys of the contract: dates are ISO texts, numbers are numbers."""
    shown: dict[str, Any] = {"file": document.name, "characters": len(document.text)}
    if with_text:
        shown["text"] = document.text
    shown["header"] = _record(document.header)
    for name in ("sections", "citations", "claims", "targets", "tasks", "repairs"):
        shown[name] = [_record(item) for item in getattr(document, name)]
    return shown


def _record(item: Header | Signer | Section | Citation | Claim | Target | Task | Repair) -> dict[str, Any]:
    return {name: _plain(getattr(item, name)) for name in _SHOWN[type(item)]}


def _plain(value: Any) -> Any:
    # Nearly all values are what JSON has itself.
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return _record(value) if type(value) in _SHOWN else value


def as_text(document: Document) -> str:
    """Return a summary for people: header, outline, cited documents, checkable statements."""
    return "\n".join(_summary(document))


def _summary(document: Document) -> Iterator[str]:
    yield f"{document.name} ({len(document.text)} ký tự)"
    yield from _header_lines(document.header)
    yield ""
    yield f"Các mục: {len(document.sections)}"
    for section in document.sections:
        yield f"{'  ' * section.level}{section.path}  {section.title}"
    yield ""
    yield f"Văn bản được viện dẫn: {len(document.citations)}"
    for index, citation in enumerate(document.citations):
        yield f"  {index:>3}  {_citation_line(citation)}"
    yield ""
    yield f"Con số có thể kiểm tra: {len(document.claims)}"
    for claim in document.claims:
        yield f"  {_HOLDS[claim.holds]:<15}  {' '.join(claim.text.split())}"
        if claim.holds is not True and claim.explain:
            yield f"  {'':<15}  {claim.explain}"
    if document.targets:
        yield from ("", f"Chỉ tiêu: {len(document.targets)}")
        yield from (f"  {' '.join(target.text.split())}" for target in document.targets)
    if document.tasks:
        yield from ("", f"Nhiệm vụ được giao: {len(document.tasks)}")
        yield from (f"  {' '.join(task.text.split())}" for task in document.tasks)
    if document.repairs:
        yield from ("", f"Chỗ nghi hỏng do quét: {len(document.repairs)}")
        yield from (f"  {repair.printed} → {repair.suggested}" for repair in document.repairs)


def _header_lines(header: Header) -> Iterator[str]:
    shown = [
        ("Cơ quan ban hành", header.issuer),
        ("Số, ký hiệu", header.symbol),
        ("Loại", header.type),
        ("Nơi ban hành", header.place),
        ("Ngày ban hành", format_date(header.date) if header.date else None),
        ("Tên văn bản", header.title),
        ("Nơi nhận", "; ".join(header.recipients)),
    ]
    for label, value in shown:
        if value:
            yield f"  {label}: {value}"
    for signer in header.signers:
        parts = (signer.capacity, signer.position, signer.name)
        yield f"  Người ký: {', '.join(part for part in parts if part)}"


def _citation_line(citation: Citation) -> str:
    printed = " ".join(citation.text.split())
    parts = [printed, _KINDS[citation.kind]]
    if citation.date:
        parts.append(f"ngày {format_date(citation.date)}")
    if citation.issuer:
        parts.append(citation.issuer)
    if citation.refers_to is not None:
        parts.append(f"xem {citation.refers_to}")
    return "; ".join(parts)
