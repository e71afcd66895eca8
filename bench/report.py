"""The quarterly report in seconds, beside its figures alone and beside a bare document of the same length."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

from bench.office import open_office
from bench.rows import Row, best_seconds

_PERIOD = "2023-Q1"


def run() -> list[Row]:
    """Write it as a Word file."""
    open_office()
    from docx import Document

    from giaoban.apps.accounts.models import User
    from giaoban.apps.audit.act import Act
    from giaoban.apps.organizations.models import Unit
    from giaoban.apps.reporting.operations import write_report
    from giaoban.apps.reporting.queries.report import ReportOrder, report_document
    from giaoban.core.period import Period

    act = Act(User.objects.get(username="lan"), datetime.now(tz=UTC), at_console=True)
    order = ReportOrder("quarter", Unit.objects.get(code="MAU"), Period.parse(_PERIOD), date(2023, 3, 31))
    content = write_report(act=act, order=order, file_format="docx").content
    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]

    def bare() -> None:
        document = Document()
        for text in paragraphs:
            document.add_paragraph(text)
        document.save(io.BytesIO())

    whole = best_seconds(lambda: write_report(act=act, order=order, file_format="docx"))
    text_only = best_seconds(lambda: report_document(order))
    plain = best_seconds(bare)
    return [
        Row("quarterly report as .docx; the same paragraphs without layout", whole, "s", plain, whole / plain),
        Row("its figures and sentences, without the file", text_only, "s"),
    ]
