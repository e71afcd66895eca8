"""A comparison of the register with another list as a workbook: an export of personal data, so it is recorded (D16)."""

from __future__ import annotations

import hashlib
from collections import Counter

from django.db import transaction

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.sheets.comparison import COMPARED_COLUMNS, Agreement, compare_roll
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.sheets.listing import ListSheet, write_list
from giaoban.apps.sheets.mapping import SheetMapping, apply, propose
from giaoban.apps.sheets.own_layout import open_own
from giaoban.apps.sheets.reading import read_table
from giaoban.apps.sheets.source import SheetFile
from giaoban.core.errors import InvalidInput

_TOLD = 5


_FIRST = (
    Agreement.DIFFERS,
    Agreement.UNCLEAR,
    Agreement.NOT_IN_REGISTER,
    Agreement.NOT_IN_FILE,
    Agreement.SAME,
)


@transaction.atomic
def write_comparison(*, act: Act, unit: Unit, file: SheetFile) -> bytes:
    """This function will compare a list of members, such as an export of the national database, with the register.

    Headings are recognised as for an office's own file; columns that mean nothing here are left out.

    Raises:
        InvalidInput: the file cannot be opened, has no headings, or holds cells that cannot be read (the first few are
            named).
        NotAllowed, NotFound: no right ``members_file`` at the unit.
    """
    require(act, "members_file", [unit])
    sheet = open_own(file, COMPARED_COLUMNS).sheet
    proposal = propose(sheet, COMPARED_COLUMNS)
    headings = {heading: key for heading, key in proposal.mapping.headings.items() if heading in proposal.sure}
    if not {"birth", "file_number", "card_number", "identity_number"} & set(headings.values()):
        raise InvalidInput(
            "Tệp không có cột nào để nhận ra người",
            where=file.name,
            expected="ngày sinh, số lý lịch, số thẻ hoặc căn cước",
        )
    table = read_table(apply(sheet, SheetMapping(headings), COMPARED_COLUMNS), COMPARED_COLUMNS, where=file.name)
    if table.faults:
        told = "; ".join(str(fault) for fault in table.faults[:_TOLD])
        raise InvalidInput(f"{len(table.faults)} ô không đọc được: {told}", where=file.name)
    lines = compare_roll(unit, table.rows, today=act.today)
    counts = Counter(line.agreement for line in lines)
    words = ", ".join(f"{agreement.value.lower()} {counts[agreement]}" for agreement in Agreement if counts[agreement])
    head = [
        f"{unit.code}: đối chiếu sổ đảng viên với tệp {file.name}",
        f"{words}; {act.user.full_name} lập lúc {act.now.astimezone(HANOI):%H:%M %d/%m/%Y}",
    ]
    headings_out = ("Kết quả", "Dòng trong tệp", "Họ và tên", "Ngày sinh", "Đơn vị", "Khác nhau (tệp | sổ)")
    # What is to be looked at comes first, those who agree last; within each in the order of the file.
    ordered = sorted(lines, key=lambda line: _FIRST.index(line.agreement))
    rows = (
        (line.agreement.value, line.row, line.name, line.birth, line.place, "; ".join(line.differences))
        for line in ordered
    )
    content = write_list(ListSheet("Đối chiếu", head, headings_out), rows)
    detail = {
        "file": file.name,
        "rows": len(lines),
        "sha256": hashlib.sha256(content).hexdigest(),
        **{agreement.name.lower(): counts[agreement] for agreement in Agreement},
    }
    write_trail(act, [Happening("members.compared", "unit", str(unit.uid), unit.code, detail)])
    return content
