"""`giaoban people`, `report`, `verify`: from the command line to the database and back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.world import World

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import OPEN_END, Grant
from giaoban.cli import main


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """Run one command as a shell would; returns status, stdout, stderr."""
    with pytest.raises(SystemExit) as left:
        main(list(argv))
    told = capsys.readouterr()
    return int(left.value.code or 0), told.out, told.err


def test_a_person_is_added_with_a_code_to_print(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "people", "add", "quy.ngo", "Ngô Thị Quý", "unit_secretary", "DUK.02")
    assert status == 0
    assert "Mã một lần (dùng trong 72 giờ): " in out
    grant = Grant.objects.get(user__username="quy.ngo")
    assert (grant.role, grant.unit.code, grant.granted_by.username) == ("unit_secretary", "DUK.02", "quantri")
    code = out.rsplit(": ", 1)[1].strip()
    assert code not in json.dumps(list(AuditRow.objects.values_list("detail", flat=True)))


def test_a_grant_is_given_handed_over_and_ended(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(
        capsys,
        *("people", "grant", "khach", "office_clerk", "DUK.01", "--from", "01/01/2024"),
        *("--decision", "12-QĐ/DUK", "--as", "lan"),
    )
    uid = out.split(": ")[1].strip()
    assert status == 0
    assert Grant.objects.get(uid=uid).decision == "12-QĐ/DUK"
    status, out, _ = run(capsys, "people", "hand-over", uid, "hai", "--on", "01/03/2024")
    assert status == 0
    given = Grant.objects.get(uid=out.split(": ")[1].strip())
    assert (given.user.username, given.valid_from, given.valid_to) == ("hai", date(2024, 3, 1), OPEN_END)
    assert run(capsys, "people", "end", str(given.uid), "--on", "01/04/2024")[0] == 0
    given.refresh_from_db()
    assert given.valid_to == date(2024, 4, 1)
    listed = run(capsys, "people", "list")[1]
    assert "hai\tPhạm Thanh Hải\toffice_clerk\tDUK.01\ttừ 01/03/2024 đến trước 01/04/2024" in listed


def test_a_new_code_is_printed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "people", "code", "tho")
    assert status == 0
    assert "Tên đăng nhập: tho" in out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("people", "code", "nobody"), "Không có người dùng «nobody»"),
        (("people", "grant", "tho", "king", "DUK"), "Không có vai trò «king»"),
        (("people", "grant", "tho", "office_clerk", "NOPE"), "Không có đơn vị mang mã «NOPE»"),
        (("people", "grant", "tho", "office_clerk", "DUK", "--from", "32/01/2024"), "Không có ngày «32/01/2024»"),
        (("people", "grant", "tho", "office_clerk", "DUK", "--as", "nobody"), "--as: Không có người dùng «nobody»"),
        (("people", "end", "7f3c9a52-0000-4000-8000-000000000000"), "Không có phân quyền 7f3c9a52"),
        (("people", "end", "xx"), "MÃ_PHÂN_QUYỀN không dùng được (xx)"),
        (("people", "grant"), "thiếu TÊN_ĐĂNG_NHẬP"),
        (("people", "give"), "không có lệnh «give»"),
        (("people", "list", "--nope"), "không có tùy chọn --nope"),
        (("report", "quarter", "--unit", "NOPE", "--period", "2023-Q1", "--out", "x.docx"), "«NOPE»"),
        (("report", "quarter", "--unit", "DUK", "--period", "2023-Q5", "--out", "x.docx"), "«2023-Q5»"),
        (("report", "quarter", "--unit", "DUK", "--period", "2023-Q1"), "Chưa rõ dạng ghi ra"),
        (("report", "weekly", "--unit", "DUK", "--period", "2023-Q1", "--format", "md"), "«weekly»"),
    ],
)
def test_a_slip_is_one_line_and_status_2(
    world: World, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], said: str
) -> None:
    before = User.objects.count(), Grant.objects.count()
    status, out, err = run(capsys, *argv)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert (User.objects.count(), Grant.objects.count()) == before


def test_who_writes_must_be_named_where_there_are_two_administrators(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "people", "grant", "khach", "administrator", "XA")
    status, _, err = run(capsys, "people", "code", "tho")
    assert status == 2
    assert "Chưa rõ ai ghi" in err


def test_a_report_is_written_to_a_file(world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "q1.docx"
    order = ("report", "quarter", "--unit", "DUK", "--period", "2023-Q1")
    assert run(capsys, *order, "--out", str(out))[0] == 0
    assert out.read_bytes()[:2] == b"PK"
    status, told, _ = run(capsys, *order, "--format", "json", "--out", str(tmp_path / "q2.docx"))
    assert status == 0
    assert (tmp_path / "q2.docx").read_bytes()[:2] == b"PK", "the file is the document, the numbers are printed"
    assert {one["measure"] for one in json.loads(told)["numbers"]} >= {"members.total", "members.admitted"}
    status, _, err = run(capsys, *order, "--out", str(tmp_path / "nowhere" / "q1.docx"))
    assert status == 2
    assert "Không ghi được tệp" in err


def test_verify_passes_a_sound_office(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "verify")
    assert status == 0
    assert "SAI" not in out
    assert out.count("Đúng") >= 8
