"""Imports from Excel in rows a second, beside reading the sheet and bare inserts of the same rows."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.office import open_office
from bench.rows import Row, most_memory

if TYPE_CHECKING:
    from giaoban.apps.audit.act import Act

_ROWS = 5_000
_MANY = 100_000
_MANY_SECONDS = 60.0
_MANY_MEGABYTES = 500.0
_DAY = date(2023, 4, 3)
_GIVEN = ("Hường", "Dũng", "Đạt", "Ơn", "Ân")


def _sheet(cells: Sequence[str], rows: int = _ROWS, mark: str = "BEN") -> bytes:
    """A roll of people who came from outside, spread over the cells; ``mark`` ends the numbers of their files."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Đảng viên")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        headings = ("full_name", "birth", "sex", "unit", "file_number", "kind", "day", "outside", "admitted_on")
        sheet.write_row(0, 0, headings)
        for number in range(rows):
            sex = "Nữ" if number % 2 else "Nam"
            name = f"Nguyễn {'Thị' if number % 2 else 'Văn'} {_GIVEN[number % 5]}"
            row = number + 1
            sheet.write_row(row, 0, (name, "", sex, cells[number % len(cells)], f"{number:06} {mark}"))
            sheet.write_datetime(row, 1, date(1960 + number % 35, 1 + number % 12, 1 + number % 28), day)
            sheet.write_row(row, 5, ("Chuyển đến từ ngoài", "", "Đảng bộ huyện Bình An"))
            sheet.write_datetime(row, 6, _DAY, day)
            sheet.write_datetime(row, 8, date(2020, 5, 19), day)
    return buffer.getvalue()


def _cards() -> bytes:
    """A card for each of them, known by the file number."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Việc về đảng viên")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ("file_number", "kind", "day", "round", "decision_number"))
        for number in range(_ROWS):
            sheet.write_row(number + 1, 0, (f"{number:06} BEN", "Phát thẻ", "", "19/5", "45-QĐ/ĐU"))
            sheet.write_datetime(number + 1, 2, _DAY, day)
    return buffer.getvalue()


def _import(kind: str, data: bytes, act: Act) -> int:
    from giaoban.apps.reporting.sheet_kinds import sheet_kind
    from giaoban.apps.sheets.importing import import_sheet
    from giaoban.apps.sheets.source import SheetFile

    result = import_sheet(kind=sheet_kind(kind), file=SheetFile("bench.xlsx", data), act=act)
    if result.errors:
        raise SystemExit(f"bench.importing: {result.errors[0]}")
    return result.new


def _copies(model: Any, rows: Sequence[Any], **changes: Callable[[int], Any]) -> list[Any]:
    """Rows like these, not yet in the database."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    made = []
    for number, row in enumerate(rows):
        values = {name: getattr(row, name) for name in names}
        values |= {name: change(number) for name, change in changes.items()}
        made.append(model(**values))
    return made


def _bare_insert() -> float:
    """Insert copies of what the import wrote, nothing checked, in one transaction that is taken back: seconds."""
    from django.db import transaction

    from giaoban.apps.audit.models import AuditRow
    from giaoban.apps.members.models import Member, MemberEntry, MembershipSpell

    members = list(Member.objects.filter(file_number__endswith=" BEN").order_by("pk"))
    entries = list(MemberEntry.objects.filter(member__in=[one.pk for one in members]).order_by("member_id"))
    spells = list(MembershipSpell.objects.filter(member__in=[one.pk for one in members]).order_by("member_id"))
    trail = list(AuditRow.objects.order_by("-pk")[:_ROWS])
    fresh = _copies(Member, members, uid=lambda _: uuid.uuid4(), file_number=lambda number: f"{number:06} BEM")
    with transaction.atomic():
        begun = time.perf_counter()
        Member.objects.bulk_create(fresh, batch_size=500)
        whom = {"member_id": lambda number: fresh[number].pk}
        copied = _copies(MemberEntry, entries, uid=lambda _: uuid.uuid4(), **whom)
        MemberEntry.objects.bulk_create(copied, batch_size=500)
        MembershipSpell.objects.bulk_create(_copies(MembershipSpell, spells, **whom), batch_size=500)
        AuditRow.objects.bulk_create(_copies(AuditRow, trail, uid=lambda _: uuid.uuid4()), batch_size=500)
        seconds = time.perf_counter() - begun
        transaction.set_rollback(True)
    return seconds


def _bare_cards() -> float:
    """The same for the entries of the cards and their audit rows: seconds."""
    from django.db import transaction

    from giaoban.apps.audit.models import AuditRow
    from giaoban.apps.members.models import MemberEntry

    cards = list(MemberEntry.objects.filter(member__file_number__endswith=" BEN", kind="card_issued"))
    trail = list(AuditRow.objects.order_by("-pk")[:_ROWS])
    with transaction.atomic():
        begun = time.perf_counter()
        MemberEntry.objects.bulk_create(_copies(MemberEntry, cards, uid=lambda _: uuid.uuid4()), batch_size=500)
        AuditRow.objects.bulk_create(_copies(AuditRow, trail, uid=lambda _: uuid.uuid4()), batch_size=500)
        seconds = time.perf_counter() - begun
        transaction.set_rollback(True)
    return seconds


def _reading(data: bytes) -> float:
    """Only read the cells: seconds."""
    from python_calamine import CalamineWorkbook

    begun = time.perf_counter()
    for _row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).iter_rows():
        pass
    return time.perf_counter() - begun


def _timed(kind: str, data: bytes, act: Act, expected: int) -> float:
    begun = time.perf_counter()
    new = _import(kind, data, act)
    seconds = time.perf_counter() - begun
    if new != expected:
        raise SystemExit(f"bench.importing: {kind}: {new} new rows instead of {expected}")
    return seconds


def _act() -> Act:
    from giaoban.apps.accounts.models import User
    from giaoban.apps.audit.act import Act

    return Act(User.objects.get(username="quantri"), datetime.now(tz=UTC), at_console=True)


def _cells() -> list[str]:
    """Codes of all units of the sample in which members stand."""
    from giaoban.apps.organizations.kinds import kinds
    from giaoban.apps.organizations.models import UnitKindSpan, on_day

    holding = [kind.code for kind in kinds().values() if kind.members]
    spans = UnitKindSpan.objects.filter(on_day(_DAY), kind__in=holding, unit__code__startswith="MAU")
    return list(spans.order_by("unit__code").values_list("unit__code", flat=True))


def run_full() -> list[Row]:
    """Import 100,000 members in a process of its own: seconds of its work, on the clock, and its largest memory.

    The seconds of work are what the limit is about: a busy machine shares its processors.
    """
    open_office()
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(_sheet(_cells(), _MANY, "BEF"))
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "bench.importing", file.name], stdout=subprocess.PIPE, text=True, check=True
        )
    told = json.loads(done.stdout.splitlines()[-1])
    name = f"import of {_MANY:,} members from .xlsx: "
    return [
        Row(name + "work", told["work"], "s", limit=_MANY_SECONDS),
        Row(name + "on the clock", told["clock"], "s"),
        Row(name + "largest memory", told["megabytes"], "MB", limit=_MANY_MEGABYTES),
    ]


def _child(path: str) -> None:
    """Import the file into the office of the environment; print what it took, as one line of JSON."""
    import django

    django.setup()
    data = Path(path).read_bytes()
    begun, work_begun = time.perf_counter(), time.process_time()
    new = _import("members", data, _act())
    if new != _MANY:
        raise SystemExit(f"bench.importing: {new} new rows instead of {_MANY}")
    told = {"work": time.process_time() - work_begun, "clock": time.perf_counter() - begun}
    print(json.dumps({**told, "megabytes": most_memory() / 2**20}))


def run() -> list[Row]:
    """Import a roll and what happened to these people, each twice: the second time changes nothing."""
    open_office()
    act, data = _act(), _sheet(_cells())
    cards = _cards()
    seconds = _timed("members", data, act, _ROWS)
    bare = _reading(data) + _bare_insert()
    again = _timed("members", data, act, 0)
    card_seconds = _timed("entries", cards, act, _ROWS)
    card_bare = _reading(cards) + _bare_cards()
    card_again = _timed("entries", cards, act, 0)
    name = f"import of {_ROWS:,} {{}} from .xlsx; reading and bare inserts of them"
    return [
        Row(name.format("members"), _ROWS / seconds, "rows/s", _ROWS / bare, seconds / bare),
        Row("the same file again: nothing new", _ROWS / again, "rows/s"),
        Row(name.format("entries"), _ROWS / card_seconds, "rows/s", _ROWS / card_bare, card_seconds / card_bare),
        Row("the same file again: nothing new", _ROWS / card_again, "rows/s"),
    ]


if __name__ == "__main__":
    _child(sys.argv[1])
