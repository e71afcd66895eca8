"""`giaoban figures` and `giaoban measures`: the contract of their JSON, the tables, the workbook, and refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.reporting.queries.figures import catalogue, shipped_catalogue
from giaoban.cli import main

QUARTER = ("--unit", "DUK", "--period", "2023-Q1")


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """Run one command as a shell would; returns status, stdout, stderr."""
    with pytest.raises(SystemExit) as left:
        main(list(argv))
    told = capsys.readouterr()
    return int(left.value.code or 0), told.out, told.err


def figures(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    status, out, err = run(capsys, "figures", *argv, "--format", "json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_json_has_the_keys_of_the_contract(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, *QUARTER, "--measure", "members.transferred")
    assert found == {
        "unit": "DUK",
        "period": "2023-Q1",
        "bounds": ["2023-01-01", "2023-03-31"],
        "as_of": "now",
        "figures": {
            "members.transferred": {
                "value": 3,
                "previous": 0,
                "cumulative": 3,
                "expected": None,
                "target": None,
                "percent_of_target": None,
                "targets": [],
                "growth_percent": None,
                "mark": "",
                "breakdown": {"in": 1, "out": 1, "within": 1},
                "breakdowns": {"direction": {"in": 1, "out": 1, "within": 1}, "term": {"official": 3}},
                "coverage": {"expected": 5, "reported": 5},
                "children": {"DUK.01": 2, "DUK.02": 1},
            }
        },
    }


def test_without_a_measure_all_are_counted(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, *QUARTER)["figures"]
    assert tuple(found) == catalogue().keys
    values = {key.removeprefix("members."): found[key]["value"] for key in found if key.startswith("members.")}
    assert values["total"] == 15
    assert (values["admitted"], values["recognised"], values["died"], values["opened"]) == (2, 1, 1, 0)
    assert found["members.total"]["breakdown"] == {"official": 13, "probationary": 2}
    # Before 2022 nothing was kept: not known, never 0.
    assert found["members.admission_rate"]["previous"] is None
    assert found["discipline.members"]["breakdown"] == {"reprimand": 1}


def test_months_stand_beside_the_figures(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, *QUARTER, "--measure", "members.admitted", "--by", "month")
    assert sum(found["months"]["members.admitted"].values()) == 2
    assert list(found["months"]["members.admitted"]) == ["2023-M01", "2023-M02", "2023-M03"]


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("child", ("Đảng bộ cơ quan Sở Thử nghiệm", "Chi bộ Quỹ Thử nghiệm")),
        ("unit", ("Đảng bộ cơ quan Sở Thử nghiệm", "Chi bộ Thanh tra")),
        ("month", ("tháng 1/2023", "tháng 3/2023")),
        ("sector", ("Kết nạp đảng viên",)),
    ],
)
def test_tables_name_their_parts(
    world: World, capsys: pytest.CaptureFixture[str], by: str, words: tuple[str, ...]
) -> None:
    status, out, _ = run(capsys, "figures", *QUARTER, "--measure", "members.admitted", "--by", by)
    assert status == 0
    assert "Đảng bộ Khối các cơ quan tỉnh An Lạc: quý I/2023 (số liệu từ 01/01/2023 đến 31/03/2023)" in out
    for word in words:
        assert word in out


def test_todays_tree_can_be_asked_for(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, *QUARTER, "--measure", "members.admitted", "--tree", "today")
    assert found["figures"]["members.admitted"]["value"] == 2


def test_a_number_opens_into_its_entries(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "figures", "--explain", "members.admitted", *QUARTER)
    assert status == 0
    assert "Kết nạp đảng viên (DUK, quý I/2023): 2 đảng viên" in out
    found = figures(capsys, "--explain", "members.admitted", *QUARTER)
    assert found["value"] == len(found["lines"]) == 2
    assert {line["kind"] for line in found["lines"]} == {"Kết nạp"}


def test_a_transfer_tells_both_ends(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, "--explain", "members.transferred", *QUARTER)
    assert sorted(line["direction"] for line in found["lines"]) == ["in", "out", "within"]
    _, out, _ = run(capsys, "figures", "--explain", "members.transferred", *QUARTER)
    assert "→ ngoài hệ thống" in out


def test_a_rate_opens_into_both_its_numbers(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, "--explain", "members.admission_rate", *QUARTER)
    assert found["numerator"]["value"] == len(found["numerator"]["lines"]) == 2
    assert found["denominator"]["value"] == len(found["denominator"]["lines"])
    _, out, _ = run(capsys, "figures", "--explain", "members.admission_rate", *QUARTER)
    assert "Mẫu số, tổng số đảng viên ngày 31/12 năm trước" in out


def test_organisations_are_told_by_name(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "figures", "--explain", "organizations.grassroots", *QUARTER)
    assert "Đảng bộ cơ quan Sở Thử nghiệm" in out


def test_a_workbook_says_who_took_it_out(world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "so-lieu.xlsx"
    argv = (*QUARTER, "--by", "child", "--format", "xlsx", "--out", str(target), "--as", "lan")
    status, out, _ = run(capsys, "figures", *argv)
    assert (status, out) == (0, f"Đã ghi {target} (quý I/2023)\n")
    rows = CalamineWorkbook.from_path(target).get_sheet_by_name("Số liệu").to_python()
    assert str(rows[2][0]).startswith("Nguyễn Thị Lan lập lúc ")
    by_key = {row[0]: row for row in rows}
    assert by_key["members.total"][3:5] == [15, 14]
    assert by_key["members.total/DUK.02"][3] > 0
    (trail,) = AuditRow.objects.filter(action="figures.exported")
    assert (trail.unit_code, trail.detail["period"]) == ("DUK", "2023-Q1")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("--unit", "XX", "--period", "2023"), "--unit: Không có đơn vị mang mã «XX»"),
        (("--unit", "XX", "--period", "2023", "--explain", "members.total"), "Không có đơn vị mang mã XX"),
        (("--unit", "DUK", "--period", "2023-Q5"), "Không đọc được kỳ «2023-Q5»"),
        ((*QUARTER, "--measure", "members.admited"), "Không có chỉ tiêu số liệu «members.admited»"),
        ((*QUARTER, "--explain", "members.admited"), "Không có chỉ tiêu số liệu «members.admited»"),
        ((*QUARTER, "--as-of", "S1"), "--as-of: Không có bản chốt mang mã «S1»"),
        ((*QUARTER, "--out", "a.xlsx"), "--out: Chỉ ghi tệp khi xuất bảng tính"),
        ((*QUARTER, "--out", "a.csv", "--format", "xlsx"), "--out: Tên tệp «a.csv» không phải bảng tính"),
        ((*QUARTER, "--out", "khong/co/a.xlsx", "--format", "xlsx"), "--out: Không ghi được tệp khong/co/a.xlsx"),
        ((*QUARTER, "--explain", "members.total", "--format", "xlsx"), "--format: Các lần ghi không xuất ra bảng tính"),
        ((*QUARTER, "--explain", "members.total", "--by", "child"), "--explain: Mỗi lần chỉ mở một con số"),
    ],
)
def test_refused_in_one_line(
    world: World, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], message: str
) -> None:
    status, out, err = run(capsys, "figures", *argv)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_measures_list_what_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "measures", "--format", "json")
    listed = {measure["key"]: measure for measure in json.loads(out)}
    assert status == 0
    assert tuple(listed) == shipped_catalogue().keys
    assert [dimension["key"] for dimension in listed["members.total"]["dimensions"]] == [
        "status",
        "sex",
        "age_group",
        "education",
        "theory",
        "sector",
    ]
    assert listed["members.admission_rate"]["rate"]["numerator"] == "members.admitted"
    _, table, _ = run(capsys, "measures")
    assert "members.admitted / members.total" in table
