"""What happened to members, from a sheet: what comes in, what is refused and where, and that it comes in once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.sheets.books import csv_file, xlsx
from tests.world import START, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Member, MemberEntry
from giaoban.apps.members.operations import void_entry
from giaoban.apps.members.sheets import ENTRIES, MEMBERS
from giaoban.apps.members.sheets.columns import GROUNDS
from giaoban.apps.sheets.importing import ImportResult, SheetKind, import_sheet

Row = dict[str, Any]
_ID = "001099012345"


def entry(number: str, kind: str, day: date, **more: Any) -> Row:
    """Something that happened to the member with a file number."""
    return {"file_number": number, "kind": kind, "day": day} | more


HAPPENED = [
    entry("1", "Phát thẻ", date(2022, 3, 1), round="3/2", decision_number="12-QĐ/DUK"),
    entry("1", "Chuyển trong hệ thống", date(2022, 4, 1), to_place="DUK.01.01", unit=""),
    entry("2", "Công nhận chính thức", date(2023, 1, 10), full_name="Lò Thị Ba"),
    entry("2", "Phát thẻ", date(2023, 1, 10), decision_number="13-QĐ/DUK"),  # on the same day, after it
    entry("3", "Ra khỏi Đảng", date(2023, 2, 1), how="Xóa tên"),
    entry("3", "Khôi phục đảng tịch", date(2023, 3, 1), unit="DUK.02"),
    entry("1", "Chuyển đi ngoài", date(2023, 2, 1), to_place="Đảng bộ huyện B"),
]


@pytest.fixture
def rolled(world: World) -> World:
    """Three more members in DUK.02, with the file numbers 1 to 3; the second came in 2022 and is probationary."""
    base = {"birth": date(1980, 5, 19), "sex": "Nam", "unit": "DUK.02", "day": START}
    rows = [
        base | {"full_name": "Lò Văn An", "file_number": "1", "identity_number": _ID},
        base | {"full_name": "Lò Thị Ba", "file_number": "2", "kind": "Kết nạp", "day": date(2022, 1, 10)},
        base | {"full_name": "Lò Văn Tư", "file_number": "3", "card_number": "01234567"},
    ]
    assert run(world, MEMBERS, *rows).written
    return world


def run(world: World, kind: SheetKind[Any, Any, Any], *rows: Mapping[str, Any], who: str = "") -> ImportResult:
    """Import rows from a .csv at the console, or as a person who sits elsewhere."""
    return import_sheet(kind=kind, file=csv_file(rows), act=world.act(who or "clerk", at_console=not who))


def load(world: World, *rows: Mapping[str, Any], who: str = "") -> ImportResult:
    """Import entries."""
    return run(world, ENTRIES, *rows, who=who)


def told(result: ImportResult) -> list[tuple[int, str, str]]:
    """Return row, heading and message of all errors."""
    return [(error.row, error.heading, error.message) for error in result.errors]


def _member(number: str) -> Member:
    return Member.objects.select_related("unit").get(file_number=number)


def test_entries_come_in(rolled: World) -> None:
    result = load(rolled, *HAPPENED)
    assert (result.rows, result.new, result.same, result.errors, result.written) == (7, 7, 0, (), True)
    assert [(_member(number).state, _member(number).unit.code) for number in "123"] == [
        ("gone_out", "DUK.01.01"),
        ("official", "DUK.02"),
        ("official", "DUK.02"),
    ]
    moved = MemberEntry.objects.get(member=_member("1"), kind="transferred", to_unit__isnull=False)
    assert (moved.from_unit and moved.from_unit.code, moved.unit.code) == ("DUK.02", "DUK.01.01")
    card = MemberEntry.objects.get(member=_member("2"), kind="card_issued")
    assert (card.seq, card.unit.code) == (1, "DUK.02")


def test_the_same_file_twice_changes_nothing_in_either_form(rolled: World) -> None:
    load(rolled, *HAPPENED)
    before = (MemberEntry.objects.count(), AuditRow.objects.count())
    for file in (csv_file(HAPPENED), csv_file(HAPPENED, ","), xlsx(HAPPENED)):
        again = import_sheet(kind=ENTRIES, file=file, act=rolled.act("clerk", at_console=True))
        assert (again.new, again.same, again.errors, again.written) == (0, 7, (), False)
    assert (MemberEntry.objects.count(), AuditRow.objects.count()) == before


def test_a_file_that_grew_brings_in_what_is_new(rolled: World) -> None:
    load(rolled, *HAPPENED[:3])
    result = load(rolled, *HAPPENED)
    assert (result.new, result.same, result.written) == (4, 3, True)
    detail = AuditRow.objects.filter(action="sheets.imported").latest("pk").detail
    assert (detail["new"], detail["same"]) == (4, 3)


def test_a_move_answers_the_letter_that_is_waiting(rolled: World) -> None:
    nga = rolled.members["nga"]
    Member.objects.filter(pk=nga.pk).update(file_number="4")
    load(rolled, entry("4", "Chuyển trong hệ thống", date(2023, 4, 1), to_place="DUK.02"))
    moved = MemberEntry.objects.get(member=nga, kind="transferred")
    assert moved.sent is not None
    assert (moved.sent.kind, _member("4").unit.code) == ("transfer_sent", "DUK.02")


_DAY = date(2023, 2, 2)
# why, row, heading, part of the message; the rows of HAPPENED do not come with them
_WRONG: list[tuple[str, Row, str, str]] = [
    ("unknown number", entry("Q", "Từ trần", _DAY), "Số lý lịch", "Không có đảng viên mang số lý lịch «Q»"),
    (
        "unknown identity number",
        {"identity_number": "001099099999", "kind": "Từ trần", "day": _DAY},
        "Số định danh",
        "mang số định danh …999",
    ),
    ("a name is no number", {"full_name": "Lò Văn An", "kind": "Từ trần", "day": _DAY}, "", "Chưa biết việc của ai"),
    (
        "another name",
        entry("1", "Từ trần", _DAY, full_name="Lò Văn Ân"),
        "Họ và tên",
        "Số lý lịch «1» là của «Lò Văn An», không phải «Lò Văn Ân»",
    ),
    ("two people", entry("1", "Từ trần", _DAY, card_number="01234567"), "Số thẻ", "hai đảng viên khác nhau"),
    ("recognised before admission", entry("2", "Công nhận chính thức", START), "Ngày", "chưa có tên trong sổ"),
    ("recognised already", entry("1", "Công nhận chính thức", _DAY), "Ngày", "đã là đảng viên chính thức"),
    ("card of a probationary member", entry("2", "Phát thẻ", _DAY), "Ngày", "còn là đảng viên dự bị"),
    ("before birth", entry("1", "Phát thẻ", date(1979, 1, 1)), "Ngày", "trước ngày sinh 19/05/1980"),
    ("in the future", entry("1", "Phát thẻ", date(2023, 4, 6)), "Ngày", "ở tương lai"),
    ("another cell", entry("1", "Phát thẻ", _DAY, unit="DUK.01.01"), "Đơn vị", "không sinh hoạt tại đơn vị này"),
    ("unknown unit", entry("1", "Phát thẻ", _DAY, unit="Q"), "Đơn vị", "Không có đơn vị mang mã «Q»"),
    ("left, how", entry("1", "Ra khỏi Đảng", _DAY), "Hình thức", "Chưa điền, việc «Ra khỏi Đảng» cần"),
    ("left for a while", entry("1", "Ra khỏi Đảng", _DAY, how="Tạm thời"), "Hình thức", "không phải hình thức ra"),
    ("to nowhere", entry("1", "Chuyển đi ngoài", _DAY), "Nơi đến", "Chưa điền"),
    (
        "moved to a committee",
        entry("1", "Chuyển trong hệ thống", _DAY, to_place="DUK.01"),
        "Nơi đến",
        "không sinh hoạt trực tiếp tại «DUK.01»",
    ),
    (
        "moved where they are",
        entry("1", "Chuyển trong hệ thống", _DAY, to_place="DUK.02", from_place="DUK.02"),
        "Nơi đến",
        "trùng nơi đi",
    ),
    (
        "came while here",
        entry("1", "Chuyển đến từ ngoài", _DAY, unit="DUK.02", from_place="B"),
        "Ngày",
        "đang sinh hoạt tại một chi bộ",
    ),
    ("a column of another kind", entry("1", "Từ trần", _DAY, round="3/2"), "Đợt", "không dùng cột này"),
    ("a card of another", entry("1", "Phát thẻ", _DAY, new_card="01234567"), "Số thẻ mới", "là của đảng viên khác"),
    ("a new card, why", entry("3", "Cấp lại, đổi thẻ", _DAY), "Hình thức", "Chưa điền, việc «Cấp lại, đổi thẻ» cần"),
    (
        "a new card, another reason",
        entry("3", "Cấp lại, đổi thẻ", _DAY, how="Xóa tên"),
        "Hình thức",
        "«Xóa tên» không phải lý do cấp lại thẻ",
    ),
    ("a reason to leave", entry("1", "Ra khỏi Đảng", _DAY, how="Bị mất"), "Hình thức", "không phải hình thức ra"),
    (
        "a ground of none struck off",
        entry("1", "Ra khỏi Đảng", _DAY, how="Xin ra khỏi Đảng", ground=GROUNDS["standard"]),
        "Căn cứ xóa tên",
        "Chỉ xóa tên mới có căn cứ này",
    ),
    (
        "a ground of later years",
        entry("1", "Ra khỏi Đảng", _DAY, how="Xóa tên", ground=GROUNDS["review_refused"]),
        "Căn cứ xóa tên",
        "Ngày 02/02/2023 không có căn cứ xóa tên này",
    ),
    (
        "a term of no temporary stay",
        entry("1", "Chuyển đi ngoài", _DAY, to_place="B", until=date(2023, 3, 1)),
        "Đến ngày",
        "Chỉ chuyển tạm thời mới có thời hạn",
    ),
    (
        "a term before the day",
        entry("1", "Chuyển đi ngoài", _DAY, to_place="B", how="Tạm thời", until=date(2023, 2, 1)),
        "Đến ngày",
        "Đến ngày 01/02/2023 trước ngày chuyển 02/02/2023",
    ),
    (
        "abroad within",
        entry("1", "Chuyển trong hệ thống", _DAY, to_place="DUK.01.01", abroad="Có"),
        "Ra nước ngoài",
        "không dùng cột này",
    ),
]


@pytest.mark.parametrize(("row", "heading", "message"), [wrong[1:] for wrong in _WRONG], ids=[w[0] for w in _WRONG])
def test_one_wrong_row_keeps_everything_out(rolled: World, row: Row, heading: str, message: str) -> None:
    before = (MemberEntry.objects.count(), AuditRow.objects.count())
    result = load(rolled, entry("3", "Phát thẻ", _DAY), row)
    assert [error[:2] for error in told(result)] == [(3, heading)]
    assert message in result.errors[0].message
    assert not result.written
    assert (MemberEntry.objects.count(), AuditRow.objects.count()) == before


def test_cards_grounds_and_terms_come_in_with_the_entry(rolled: World) -> None:
    sheet = [
        entry("1", "Phát thẻ", _DAY, round="3/2", new_card="71000123"),
        entry("1", "Cấp lại, đổi thẻ", date(2023, 3, 1), how="Bị mất", new_card="71000456"),
        entry("1", "Chuyển đi ngoài", date(2023, 3, 2), to_place="B", how="Tạm thời", until=date(2023, 9, 1)),
        entry("2", "Cho ý kiến về tư cách đảng viên", _DAY),
        entry("2", "Chuyển đi ngoài", date(2023, 3, 3), to_place="Đảng bộ ngoài nước", abroad="Có"),
        entry("3", "Cấp lại, đổi thẻ", _DAY, how="Bị hỏng"),  # the number stays
        entry("3", "Ra khỏi Đảng", date(2023, 3, 1), how="Xóa tên", ground=GROUNDS["no_activity"]),
    ]
    assert (load(rolled, *sheet).errors, load(rolled, *sheet).same) == ((), 7)
    assert [_member(number).card_number for number in "123"] == ["71000456", "", "01234567"]
    facts = MemberEntry.objects.filter(member__file_number__in="123", effective_date__gte=_DAY)
    assert {(entry.member.file_number, entry.kind, entry.ground, entry.until, entry.abroad) for entry in facts} == {
        ("1", "card_issued", "", None, False),
        ("1", "card_reissued", "lost", None, False),
        ("1", "transferred", "", date(2023, 9, 1), False),
        ("2", "status_opinion", "", None, False),
        ("2", "transferred", "", None, True),
        ("3", "card_reissued", "damaged", None, False),
        ("3", "left", "no_activity", None, False),
    }


def test_what_cards_grounds_and_terms_were_recorded_is_named(rolled: World) -> None:
    sheet = [
        entry("1", "Phát thẻ", _DAY, new_card="71000123"),
        entry("2", "Chuyển đi ngoài", _DAY, to_place="B", how="Tạm thời", until=date(2023, 9, 1)),
        entry("3", "Ra khỏi Đảng", _DAY, how="Xóa tên", ground=GROUNDS["standard"]),
    ]
    assert load(rolled, *sheet).written
    changed = [
        sheet[0] | {"new_card": "71000124"},
        sheet[1] | {"until": date(2023, 10, 1), "abroad": "Có"},
        sheet[2] | {"ground": GROUNDS["no_will"]},
    ]
    said = "Sổ đã ghi việc này (cùng người, việc, ngày, quyết định) với giá trị khác: "
    assert told(load(rolled, *changed)) == [
        (2, "Số thẻ mới", f"{said}«71000123»"),
        (3, "Đến ngày", f"{said}«01/09/2023»"),
        (3, "Ra nước ngoài", f"{said}«Không»"),
        (4, "Căn cứ xóa tên", f"{said}«{GROUNDS['standard']}»"),
    ]


def test_one_number_is_given_to_one_member(rolled: World) -> None:
    sheet = [entry(number, "Phát thẻ", _DAY, new_card="71000123") for number in "13"]
    assert told(load(rolled, *sheet)) == [(3, "Số thẻ mới", "Số thẻ «71000123» là của đảng viên khác")]


def test_faults_of_one_member_are_all_told(rolled: World) -> None:
    rows = [
        entry("1", "Từ trần", date(2022, 5, 1)),
        entry("1", "Phát thẻ", date(2022, 6, 1)),
        entry("1", "Công nhận chính thức", date(2022, 4, 1)),
    ]
    assert told(load(rolled, *rows)) == [
        (3, "Ngày", "Lò Văn An đã từ trần ngày 01/05/2022"),
        (4, "Ngày", "Lò Văn An đã là đảng viên chính thức"),
    ]


def test_a_wrong_row_hides_no_fault_of_rows_before_it(rolled: World) -> None:
    rows = [
        entry("1", "Công nhận chính thức", date(2022, 4, 1)),
        entry("1", "Phát thẻ", date(2023, 4, 6)),  # tomorrow
        entry("2", "Phát thẻ", date(2022, 5, 1)),
        entry("2", "Công nhận chính thức", date(2023, 1, 10), unit="Q"),
        entry("2", "Phát thẻ", date(2023, 2, 1)),  # may well be right once the row before it is
    ]
    assert told(load(rolled, *rows)) == [
        (2, "Ngày", "Lò Văn An đã là đảng viên chính thức"),
        (3, "Ngày", "Ngày 06/04/2023 ở tương lai"),
        (4, "Ngày", "Lò Thị Ba còn là đảng viên dự bị"),
        (5, "Đơn vị", "Không có đơn vị mang mã «Q»"),
    ]


def test_a_late_row_that_breaks_a_recorded_entry_is_blamed(rolled: World) -> None:
    load(rolled, *HAPPENED)
    result = load(rolled, entry("2", "Từ trần", date(2023, 1, 1)))
    assert told(result)[0] == (
        2,
        "Ngày",
        "Cùng với dòng này, lần ghi đã có trong sổ (công nhận chính thức ngày 10/01/2023) không còn đúng: "
        "Lò Thị Ba đã từ trần ngày 01/01/2023",
    )


def test_a_row_twice(rolled: World) -> None:
    result = load(rolled, HAPPENED[0], HAPPENED[0])
    assert told(result) == [(3, "", "Lặp lại dòng 2 (cùng người, việc, ngày, quyết định)")]


def test_the_same_entry_with_other_values_names_what_is_recorded(rolled: World) -> None:
    load(rolled, *HAPPENED)
    changed = [
        HAPPENED[0] | {"round": "19/5"},
        HAPPENED[1] | {"to_place": "DUK.01.02", "from_place": "DUK.01.01"},
        HAPPENED[4] | {"how": "Khai trừ"},
        HAPPENED[6] | {"to_place": "Đảng bộ huyện C", "how": "Tạm thời"},
    ]
    said = "Sổ đã ghi việc này (cùng người, việc, ngày, quyết định) với giá trị khác: "
    assert told(load(rolled, *changed)) == [
        (2, "Đợt", f"{said}«3/2»"),
        (3, "Nơi đến", f"{said}«DUK.01.01»"),
        (3, "Nơi đi", f"{said}«DUK.02»"),
        (4, "Hình thức", f"{said}«Xóa tên»"),
        (5, "Nơi đến", f"{said}«Đảng bộ huyện B»"),
        (5, "Hình thức", f"{said}«Chính thức»"),
    ]


def test_what_was_corrected_is_not_brought_back(rolled: World) -> None:
    load(rolled, *HAPPENED)
    card = MemberEntry.objects.get(member=_member("1"), kind="card_issued")
    void_entry(act=rolled.act("clerk", at_console=True), entry=card)
    assert told(load(rolled, *HAPPENED)) == [(2, "", "Lần ghi phát thẻ ngày 01/03/2022 này đã được đính chính")]


def test_a_person_records_only_what_is_theirs(rolled: World) -> None:
    Member.objects.filter(pk=rolled.members["viet"].pk).update(file_number="9")
    assert load(rolled, HAPPENED[0], who="clerk").written
    assert told(load(rolled, entry("9", "Từ trần", _DAY), who="clerk")) == [
        (2, "Số lý lịch", "Không có đảng viên mang số lý lịch «9»")
    ]
    assert told(load(rolled, HAPPENED[2], HAPPENED[3] | {"unit": "DUK.02"}, who="deputy")) == [
        (3, "Đơn vị", "Đồng chí chưa được giao quyền ghi tại đơn vị «DUK.02»")
    ]
    assert told(load(rolled, HAPPENED[2], who="deputy")) == [
        (2, "", "Đồng chí chưa được giao quyền ghi tại đơn vị «DUK.02»")
    ]


def test_the_number_of_queries_does_not_grow_with_the_rows(rolled: World) -> None:
    base = {"birth": date(1980, 5, 19), "sex": "Nam", "unit": "DUK.02", "day": START}
    rows = [base | {"full_name": f"Lò Văn {number}", "file_number": f"K{number}"} for number in range(83)]
    run(rolled, MEMBERS, *rows)
    counts = []
    for part in (rows[:3], rows[3:]):
        with CaptureQueriesContext(connection) as queries:
            cards = [entry(row["file_number"], "Phát thẻ", _DAY) for row in part]
            assert load(rolled, *cards, *(card | {"kind": "Từ trần"} for card in cards)).written
        counts.append(len(queries))
    assert counts[0] == counts[1]
