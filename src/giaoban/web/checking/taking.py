"""What a person takes along from «Soát văn bản»: the findings as a file, or the document with its safe fixes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from giaoban.checker import Finding, Severity, check_document
from giaoban.checker.fixing_files import FIXABLE, fix_bytes, is_fixable
from giaoban.checker.output import as_json, as_sarif, as_text
from giaoban.checker.registry import rules
from giaoban.core.errors import InvalidInput
from giaoban.reader import Document, read_text
from giaoban.web.http import UNTRUSTED, as_file

_LAYOUT = "GB3"
_SALT = "checking.layout"
_TEXT = "text/plain; charset=utf-8"


def layout_kept(findings: Sequence[Finding]) -> str:
    """Return the findings about a file's pages, signed: the text that comes back with them has no pages any more."""
    found = [asdict(one) | {"fix": None} for one in findings if one.code.startswith(_LAYOUT)]
    return signing.dumps(found, salt=_SALT, compress=True) if found else ""


def findings_file(data: Mapping[str, str], text: str, name: str) -> HttpResponse:
    """Return what is wrong in a text as a file: text, JSON or SARIF, as ``data`` asks for under ``format``.

    Args:
        data: what the page of the findings sent along; ``layout`` as ``layout_kept`` gave it, ``breaks`` where the
            document itself had the line ends that browsers send.
        text, name: the document.
    """
    # Browsers send each line end as two signs; places are counted in the document as it was.
    shown = text if data.get("breaks") else text.replace("\r\n", "\n")
    every = [*check_document(read_text(shown, name=name)), *_layout(data.get("layout", ""))]
    found = tuple(sorted(every, key=lambda one: (one.start, one.end, one.code)))
    chosen = data.get("format", "text")
    if chosen == "sarif":
        content, kind, ending = as_sarif([(name, found)], rules(), {name: shown}), "application/sarif+json", "sarif"
    elif chosen == "json":
        content, kind, ending = as_json([(name, found)]), "application/json", "json"
    else:
        content, kind, ending = "\n".join(as_text(name, found)) + "\n", _TEXT, "txt"
    return as_file(content.encode(), f"soat-van-ban.{ending}", kind)


def _layout(signed: str) -> list[Finding]:
    try:
        kept: list[dict[str, Any]] = signing.loads(signed, salt=_SALT) if signed else []
    except signing.BadSignature:
        return []
    return [Finding(**{**one, "severity": Severity(one["severity"])}) for one in kept]


def fixed_file(file: UploadedFile[Any] | None, document: Document, name: str) -> HttpResponse:
    """Return a document with its safe fixes made: the file that was sent, or the text that was pasted.

    Raises:
        InvalidInput: such a file is not fixed by itself, or nothing in it can be fixed for sure.
    """
    if file is not None and not is_fixable(name):
        raise InvalidInput(
            f"Không sửa được ngay trong tệp {Path(name).suffix}",
            expected=f"tệp {', '.join(FIXABLE)}",
            hint="Hãy bấm «Soát» rồi sửa tay theo kết quả",
        )
    shown = name if file is not None else "van-ban.txt"
    data = _bytes(file) if file is not None else document.text.encode()
    fixed = fix_bytes(data, document.text, name=shown)
    if not fixed.made:
        raise InvalidInput(
            "Không có chỗ nào máy sửa được chắc chắn (máy chỉ sửa dấu và khoảng trắng ở số, ký hiệu văn bản)",
            hint="Hãy bấm «Soát» để xem những chỗ cần người sửa",
        )
    kind = UNTRUSTED if file is not None else _TEXT
    return as_file(fixed.data, f"{Path(shown).stem}-da-sua-{len(fixed.made)}-cho{Path(shown).suffix}", kind)


def _bytes(file: UploadedFile[Any]) -> bytes:
    file.seek(0)
    return b"".join(file.chunks())
