"""People from a sheet: what comes in, what is refused and where, and that the same file changes nothing."""

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
from giaoban.apps.members.identity import open_identity
from giaoban.apps.members.models import Member, MemberEntry, TraitSpan
from giaoban.apps.members.operations import void_entry
from giaoban.apps.members.sheets import MEMBERS
from giaoban.apps.sheets.importing import ImportResult, import_sheet
from giaoban.core.errors import InvalidInput

Row = dict[str, Any]
_ID = "001099012345"


def person(name: str, **more: Any) -> Row:
    """Somebody of the opening roll."""
    base = {"full_name": name, "birth": date(1980, 5, 19), "sex": "Nam", "unit": "DUK.02", "day": START}
    return base | more


ROLL = [
    person(
        "Lò Văn An",
        birth="1957",
        file_number="000123 AL",
        identity_number=_ID,
        admitted_on=date(1985, 1, 1),
        recognised_on=date(1986, 1, 1),
        education="Đại học",
        theory="Cao cấp",
        occupation="Công chức",
        phone="0912345678",
    ),
    person("Lò Thị Ba", sex="Nữ", card_number="01234567", kind="Kết nạp", day=date(2023, 1, 5), birth="03/1995"),
    person("Lò Văn Tư", kind="Chuyển đến từ ngoài", day=date(2023, 2, 1), outside="Đảng bộ huyện B", status="Dự bị"),
]


def load(world: World, *rows: Mapping[str, Any], who: str = "", **options: Any) -> ImportResult:
    """Import rows from a .csv at the console, or as a person who sits elsewhere."""
    act = world.act(who or "clerk", at_console=not who)
    return import_sheet(kind=MEMBERS, file=csv_file(rows), act=act, **options)


def told(result: ImportResult) -> list[tuple[int, str, str]]:
    """Return row, heading and message of all errors."""
    return [(error.row, error.heading, error.message) for error in result.errors]


def test_a_roll_comes_in(world: World) -> None:
    result = load(world, *ROLL)
    assert (result.rows, result.new, result.same, result.errors, result.written) == (3, 3, 0, (), True)
    an, ba, tu = Member.objects.filter(full_name__startswith="Lò").order_by("pk")
    assert (an.birth_date, an.birth_precision, an.state, an.admitted_on) == (
        date(1957, 1, 1),
        "year",
        "official",
        date(1985, 1, 1),
    )
    assert open_identity(an.identity_cipher, an.identity_cipher_key) == _ID
    assert set(TraitSpan.objects.filter(member=an).values_list("trait", "value")) == {
        ("sex", "male"),
        ("education", "university"),
        ("theory", "advanced"),
        ("occupation", "Công chức"),
    }
    assert (ba.card_number, ba.state, ba.admitted_on, ba.birth_precision) == (
        "01234567",
        "probationary",
        date(2023, 1, 5),
        "month",
    )
    entry = MemberEntry.objects.get(member=tu)
    assert (entry.kind, entry.outside, entry.official, tu.state) == (
        "transferred",
        "Đảng bộ huyện B",
        False,
        "probationary",
    )


def test_the_same_file_twice_changes_nothing_in_either_form(world: World) -> None:
    load(world, *ROLL)
    before = (Member.objects.count(), MemberEntry.objects.count(), AuditRow.objects.count())
    for file in (csv_file(ROLL), csv_file(ROLL, ","), xlsx(ROLL)):
        again = import_sheet(kind=MEMBERS, file=file, act=world.act("clerk", at_console=True))
        assert (again.new, again.same, again.errors, again.written) == (0, 3, (), False)
    assert (Member.objects.count(), MemberEntry.objects.count(), AuditRow.objects.count()) == before


def test_audit_and_errors_hold_no_identity_number(world: World) -> None:
    load(world, *ROLL)
    assert not AuditRow.objects.filter(detail__icontains=_ID[:9]).exists()
    again = load(world, ROLL[0] | {"full_name": "Lò Văn Ân"}, person("Lò Văn Sáu", identity_number=_ID))
    assert again.errors
    assert _ID[:9] not in "".join(map(str, again.errors))


_NUMBERED = {"file_number": "9"}
# why, row, heading, part of the message
_WRONG: list[tuple[str, Row, str, str]] = [
    ("one word", person("An"), "Họ và tên", "«An» chưa đủ họ và tên"),
    ("unknown unit", person("Lò Văn Bốn", unit="Q"), "Đơn vị", "Không có đơn vị mang mã «Q»"),
    ("no members there", person("Lò Văn Bốn", unit="DUK.01"), "Đơn vị", "không sinh hoạt trực tiếp tại «DUK.01»"),
    ("not yet there", person("Lò Văn Bốn", day=date(2020, 1, 1)), "Đơn vị", "không hoạt động ngày 01/01/2020"),
    ("born tomorrow", person("Lò Văn Bốn", birth=date(2023, 4, 6)), "Ngày sinh", "ở tương lai"),
    ("enters tomorrow", person("Lò Văn Bốn", day=date(2023, 4, 6)), "Ngày vào sổ", "ở tương lai"),
    ("too young", person("Lò Văn Bốn", birth="2010", kind="Kết nạp"), "Ngày vào sổ", "chưa đủ 18 tuổi"),
    ("enters unborn", person("Lò Văn Bốn", birth=date(2022, 5, 1)), "Ngày vào sổ", "trước ngày sinh"),
    (
        "admitted before birth",
        person("Lò Văn Bốn", admitted_on=date(1979, 1, 1)),
        "Ngày vào Đảng",
        "Ngày vào Đảng 01/01/1979 trước ngày sinh 19/05/1980",
    ),
    (
        "recognised before admission",
        person("Lò Văn Bốn", admitted_on=date(2009, 1, 1), recognised_on=date(2008, 1, 1)),
        "Ngày chính thức",
        "Ngày chính thức 01/01/2008 trước ngày vào Đảng 01/01/2009",
    ),
    (
        "recognised, admission unknown",
        person("Lò Văn Bốn", recognised_on=date(2008, 1, 1)),
        "Ngày vào Đảng",
        "chưa có ngày vào Đảng",
    ),
    (
        "probationary with a day of recognition",
        person("Lò Văn Bốn", status="Dự bị", admitted_on=date(2020, 1, 1), recognised_on=date(2021, 1, 1)),
        "Ngày chính thức",
        "dự bị chưa có ngày chính thức",
    ),
    ("from nowhere", person("Lò Văn Bốn", kind="Chuyển đến từ ngoài"), "Chuyển từ", "Chưa điền"),
    ("not from outside", person("Lò Văn Bốn", outside="B"), "Chuyển từ", "Chỉ điền khi chuyển đến"),
    ("admitted as official", person("Lò Văn Bốn", kind="Kết nạp", status="Chính thức"), "Tư cách", "dự bị"),
    ("card of another row", person("Lò Văn Bốn", card_number="01234567"), "Số thẻ", "«01234567» đã có ở dòng 3"),
    (
        "identity number of another row",
        person("Lò Văn Bốn", identity_number=_ID),
        "Số định danh",
        "Số định danh …345 đã có ở dòng 2",
    ),
    ("same name and birth", person("Lò Văn Tư"), "Họ và tên", "Cùng họ tên, ngày sinh với dòng 4"),
    ("same without diacritics", person("Lo Van Tu"), "Họ và tên", "Cùng họ tên, ngày sinh với dòng 4"),
    ("same, one with a number", person("Lò Văn Tư", **_NUMBERED), "Họ và tên", "Cùng họ tên, ngày sinh với dòng 4"),
]


@pytest.mark.parametrize(("row", "heading", "message"), [wrong[1:] for wrong in _WRONG], ids=[w[0] for w in _WRONG])
def test_one_wrong_row_keeps_everything_out(world: World, row: Row, heading: str, message: str) -> None:
    before = (Member.objects.count(), MemberEntry.objects.count(), AuditRow.objects.count())
    result = load(world, *ROLL, row)
    assert [error[:2] for error in told(result)] == [(5, heading)]
    assert message in result.errors[0].message
    assert not result.written
    assert (Member.objects.count(), MemberEntry.objects.count(), AuditRow.objects.count()) == before


def test_all_faults_of_all_rows_are_told_at_once(world: World) -> None:
    rows = [
        person("An", unit="Q", birth="31/02/1980", identity_number="12"),
        person("Lò Văn Năm", sex="Khác", day="32/1/2022", unit="DUK"),
    ]
    assert [error[:2] for error in told(load(world, *rows))] == [
        (2, "Họ và tên"),
        (2, "Ngày sinh"),
        (2, "Đơn vị"),
        (2, "Số định danh"),
        (3, "Giới tính"),
        (3, "Ngày vào sổ"),
    ]


def test_an_unknown_unit_hides_no_fault_of_age(world: World) -> None:
    rows = [
        person("Lò Văn Năm", unit="Q", kind="Kết nạp", birth="2010"),
        person("Lò Văn Sáu", unit="Q", birth=date(2022, 5, 1)),
        person("Lò Văn Bảy", sex="Khác", kind="Kết nạp", birth="2010"),
    ]
    assert [error[:2] for error in told(load(world, *rows))] == [
        (2, "Đơn vị"),
        (2, "Ngày vào sổ"),
        (3, "Đơn vị"),
        (3, "Ngày vào sổ"),
        (4, "Giới tính"),
        (4, "Ngày vào sổ"),
    ]


def test_two_people_of_one_name_come_in_with_numbers(world: World) -> None:
    rows = [person("Lò Văn Sáu", file_number="1 AL"), person("Lò Văn Sáu", file_number="2 AL")]
    assert load(world, *rows).written
    assert load(world, *rows).same == 2
    assert told(load(world, person("Lò Văn Sáu"))) == [
        (2, "Họ và tên", "Sổ đã có «Lò Văn Sáu» cùng ngày sinh, chưa phân biệt được là một hay hai người")
    ]


def test_what_the_register_says_otherwise_is_named(world: World) -> None:
    load(world, *ROLL)
    changed = ROLL[0] | {"full_name": "Lò Văn Ân", "unit": "DUK.01.01", "theory": "Trung cấp", "birth": "1958"}
    assert told(load(world, changed)) == [
        (2, "Họ và tên", "Sổ đã có «Lò Văn An» với giá trị khác: «Lò Văn An»"),
        (2, "Ngày sinh", "Sổ đã có «Lò Văn An» với giá trị khác: «1957»"),
        (2, "Đơn vị", "Sổ đã có «Lò Văn An» với giá trị khác: «DUK.02»"),
        (2, "Lý luận chính trị", "Sổ đã có «Lò Văn An» với giá trị khác: «Cao cấp»"),
    ]


def test_what_stands_in_the_file_is_not_told_to_whoever_may_not_open_it(world: World) -> None:
    mine = ROLL[0] | {"card_number": "01234999", "file_number": "000123 AL", "phone": "0912000111"}
    assert load(world, mine).written
    guess = mine | {"card_number": "01234998", "birth": "1958", "phone": "0912000222"}
    for who, told_too in (("clerk", False), ("organizer", True)):
        errors = {one.heading: one for one in load(world, guess, who=who).errors}
        assert set(errors) == {"Số thẻ", "Ngày sinh", "Điện thoại"}
        for heading, secret in (("Số thẻ", "01234999"), ("Ngày sinh", "1957"), ("Điện thoại", "0912000111")):
            assert (secret in str(errors[heading])) == told_too, heading
            assert errors[heading].expected.endswith("sửa ở «Sửa dữ liệu» trên trang của đảng viên")


def test_numbers_of_two_people_in_one_row(world: World) -> None:
    load(world, *ROLL)
    mixed = person("Lò Văn Bảy", file_number="000123 AL", card_number="01234567")
    assert told(load(world, mixed)) == [(2, "Số thẻ", "Số lý lịch và số thẻ của hai đảng viên khác nhau trong sổ")]


def test_a_first_entry_that_was_taken_back_is_not_brought_back(world: World) -> None:
    load(world, ROLL[1])
    entry = MemberEntry.objects.get(member__card_number="01234567")
    with pytest.raises(InvalidInput):
        # A member without any entry cannot be: the register itself says so.
        void_entry(act=world.act("clerk", at_console=True), entry=entry)


def test_what_happened_since_does_not_make_the_roll_different(world: World) -> None:
    load(world, *ROLL)
    an = Member.objects.get(file_number="000123 AL")
    Member.objects.filter(pk=an.pk).update(card_number="07654321", unit=world.units["DUK.01.01"])
    assert load(world, *ROLL).same == 3


def test_a_person_brings_in_only_what_is_theirs(world: World) -> None:
    load(world, person("Hồ Văn Xa", unit="XA.01", file_number="77 XA"))
    assert load(world, person("Lò Văn Tám"), who="clerk").written
    rows = [person("Lò Văn Chín", unit="XA.01"), person("Lò Văn Mười", file_number="77 XA")]
    assert told(load(world, *rows, who="clerk")) == [
        (2, "Đơn vị", "Không có đơn vị mang mã «XA.01»"),
        (3, "", "Số này đã có trong sổ đảng viên, ngoài phạm vi của đồng chí"),
    ]
    assert told(load(world, person("Lò Văn Chín", unit="DUK.02"), who="deputy")) == [
        (2, "Đơn vị", "Đồng chí chưa được giao quyền ghi tại đơn vị «DUK.02»")
    ]


def test_the_number_of_queries_does_not_grow_with_the_rows(world: World) -> None:
    counts = []
    for letter, many in (("A", 3), ("B", 80)):
        rows = [
            person(f"Lò {letter} {number}", file_number=f"{letter}{number}", theory="Cao cấp") for number in range(many)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert load(world, *rows).written
        counts.append(len(queries))
    assert counts[0] == counts[1]
