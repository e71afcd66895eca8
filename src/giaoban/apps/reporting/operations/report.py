"""Writing a report to a file: an export, so it carries who, when and what, and leaves its row in the audit (D16)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import rights_at
from giaoban.apps.reporting.queries.report import ReportOrder, Telling, report_document
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted
from giaoban.writer.blocks import OfficialDocument
from giaoban.writer.docx import Stamp, to_docx
from giaoban.writer.json import to_json
from giaoban.writer.markdown import to_markdown
from giaoban.writer.pdf import to_pdf


def _json_bytes(document: OfficialDocument, stamp: Stamp) -> bytes:
    taken = {"taken_by": stamp.who, "taken_at": stamp.when.isoformat(), "scope": stamp.scope}
    return json.dumps(to_json(document) | taken, ensure_ascii=False, indent=1).encode()


def _said(stamp: Stamp) -> str:
    return f"Người lấy: {stamp.who}; lúc {stamp.when.isoformat()}; phạm vi: {stamp.scope}"


FORMATS: dict[str, Callable[[OfficialDocument, Stamp], bytes]] = {
    "docx": lambda document, stamp: to_docx(document, stamp=stamp),
    "pdf": lambda document, stamp: to_pdf(to_docx(document, stamp=stamp)),
    "md": lambda document, stamp: f"{to_markdown(document)}\n<!-- {_said(stamp)} -->\n".encode(),
    "json": _json_bytes,
}


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A finished file: its bytes and the name it should have."""

    content: bytes
    file_name: str
    document: OfficialDocument


@transaction.atomic
def write_report(*, act: Act, order: ReportOrder, file_format: str, tell: Telling | None = None) -> WrittenReport:
    """This function will write a report in one of ``FORMATS`` and record that it was taken out.

    What the person's rights on the unit do not open (decision D11) is not in it; at the office's own machine all is.
    ``tell`` is called with what is begun, for people who wait.

    Raises:
        InvalidInput: no such format; NotFound: no such report.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
        GiaobanError: a PDF is wanted and LibreOffice is not there.
    """
    require(act, "reports_write", [order.unit])
    if file_format not in FORMATS:
        raise InvalidInput(f"Không ghi được dạng {quoted(file_format)}", expected="một trong: " + ", ".join(FORMATS))
    if not act.at_console:
        window = order.period.window
        order = replace(order, rights=rights_at(act.user, order.unit, today=act.today, window=window))
    document = report_document(order, tell=tell)
    if tell is not None:
        tell("Ghi tệp")
    return file_of(act, order, document, file_format)


def file_of(act: Act, order: ReportOrder, document: OfficialDocument, file_format: str) -> WrittenReport:
    """Write a document as a file and record that it was taken out; the caller has the right and the transaction."""
    if file_format not in FORMATS:
        raise InvalidInput(f"Không ghi được dạng {quoted(file_format)}", expected="một trong: " + ", ".join(FORMATS))
    stamp = Stamp(act.user.full_name, act.now, f"{order.unit.code}, {order.period.name()}")
    content = FORMATS[file_format](document, stamp)
    detail = {
        "report": order.name,
        "period": str(order.period),
        "format": file_format,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    write_trail(act, [Happening("reporting.written", "unit", str(order.unit.uid), order.unit.code, detail)])
    name = f"{document.type_code}-{order.unit.code}-{order.period}.{file_format}"
    return WrittenReport(content, name, document)
