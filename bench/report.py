"""Reports from request to Word file: an office's beside its figures alone and a bare document, and a province's."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bench.board import make_tree, province_nodes
from bench.office import open_office
from bench.rows import Row, best_seconds

if TYPE_CHECKING:
    from giaoban.apps.audit.act import Act
    from giaoban.apps.organizations.models import Unit

_PERIOD = "2023-Q1"
_PROVINCE_PERIOD = "2024-Q1"
_OPEN_END = date(9999, 12, 31)
_EACH = 12


def run() -> list[Row]:
    """Write them as Word files; the office's statistics workbook too."""
    open_office()
    from docx import Document

    from giaoban.apps.accounts.models import User
    from giaoban.apps.audit.act import Act
    from giaoban.apps.organizations.models import Unit
    from giaoban.apps.reporting.operations import write_report, write_statistics
    from giaoban.apps.reporting.queries.report import ReportOrder, report_document
    from giaoban.core.period import Period

    act = Act(User.objects.get(username="lan"), datetime.now(tz=UTC), at_console=True)
    unit, period = Unit.objects.get(code="MAU"), Period.parse(_PERIOD)
    order = ReportOrder("quarter", unit, period, date(2023, 3, 31))
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
    book = best_seconds(lambda: write_statistics(act=act, unit=unit, period=period), 2)
    province = _province(act)
    large = ReportOrder("quarter", province, Period.parse(_PROVINCE_PERIOD), date(2024, 3, 31))
    provincial = best_seconds(lambda: write_report(act=act, order=large, file_format="docx"), 2)
    return [
        Row("consolidated quarterly report of an office (82 units, 504 below) as .docx", whole, "s", limit=3),
        Row("the same; its paragraphs without layout", whole, "s", plain, whole / plain),
        Row("its figures and sentences, without the file", text_only, "s"),
        Row("statistics workbook of the office: 6 sheets, 900 checks", book, "s", limit=5),
        Row("consolidated quarterly report of 1,256 units as .docx", provincial, "s", limit=15),
    ]


def _province(act: Act) -> Unit:
    """Write a province with twelve members in each cell, a quarter's admissions and all registers in use."""
    from django.db import transaction

    from giaoban.apps.organizations.models import Unit
    from giaoban.apps.organizations.operations import REGISTERS, take_into_use
    from giaoban.core.period import Period

    nodes = province_nodes("BCT")
    # In one transaction: outside of one each of half a million rows is a commit of its own, and waits for the disk.
    with transaction.atomic():
        # One month of duties is enough: the report reads the quarter, the tree is what weighs.
        top = make_tree(nodes, Period.parse(_PROVINCE_PERIOD).months()[:1])
        cells = list(Unit.objects.filter(code__in=[node.code for node in nodes if node.kind == "cell"]))
        _members(act, cells)
        for register in REGISTERS:
            take_into_use(act=act, unit=top, register=register, start=date(2020, 1, 1))
    return top


def _members(act: Act, cells: Sequence[Any]) -> None:
    from giaoban.apps.audit.bulk import insert_objects, insert_rows
    from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MembershipSpell, RollCount

    people = [
        Member(
            full_name="Người Thứ Một",
            folded_name="nguoi thu mot",
            sort_key="mot",
            birth_date=date(1970, 1, 1),
            created_at=act.now,
            unit=cell,
            state="official",
        )
        for cell in cells
        for _ in range(_EACH)
    ]
    insert_objects(people)
    stood = {"valid_from": date(2020, 1, 1), "valid_to": _OPEN_END, "official": True}
    spells = [(person.pk, person.unit_id) for person in people]
    insert_rows(MembershipSpell, ["member_id", "unit_id"], spells, {**stood, "origin": "opening"})
    insert_rows(RollCount, ["unit_id"], [(cell.pk,) for cell in cells], {**stood, "members": _EACH})
    recorded = {"recorded_at": act.now, "actor_id": act.user.pk}
    opened = {**recorded, "kind": MemberEvent.OPENING, "effective_date": date(2020, 1, 1)}
    insert_rows(MemberEntry, ["member_id", "unit_id"], spells, opened)
    flows = [
        (person, cell, kind, date(2024, 1, 2) + timedelta(days=number % 88))
        for number, (person, cell) in enumerate(spells[::20])
        for kind in (MemberEvent.RECOGNISED, MemberEvent.CARD_ISSUED)
    ]
    insert_rows(MemberEntry, ["member_id", "unit_id", "kind", "effective_date"], flows, recorded)
