"""Findings that a person lets stand: by rule and quote, with a reason, reported when not needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from giaoban.checker import check_with_suppressions, load_suppressions, rules, select
from giaoban.checker.suppressions import Suppression, parse_suppressions
from giaoban.cli._main import giaoban
from giaoban.core.errors import InvalidInput
from giaoban.reader import read_text

TEXT = "Kết nạp 446/450 đảng viên, đạt 98,1%.\nKiểm tra 12/15\n\nchi bộ, đạt 90%.\n"
CODES = [rule.code for rule in rules()]


def entry(code: str = "GB201", reason: str = "Số đơn vị báo cáo", quote: str = "446/450") -> Suppression:
    return Suppression(code, reason, quote)


@pytest.mark.parametrize(
    ("suppressions", "lines", "reason"),
    [
        ([entry()], [2], "the quoted one is set aside"),
        ([entry(quote="Kiểm tra 12/15 chi bộ")], [1], "the quote is wrapped in the text"),
        ([entry(quote="")], [], "without a quote the whole document is meant"),
        ([entry(), entry(quote="12/15")], [], "both"),
    ],
)
def test_what_is_suppressed(suppressions: list[Suppression], lines: list[int], reason: str) -> None:
    checked = check_with_suppressions(read_text(TEXT), None, suppressions)
    assert [finding.line for finding in checked.findings] == lines, reason
    assert len(checked.findings) + len(checked.suppressed) == 2


@pytest.mark.parametrize(
    ("suppression", "reason"),
    [
        (entry(code="GB202"), "another rule"),
        (entry(quote="447/450"), "words that do not stand there"),
        (entry(quote="Kết nạp"), "words beside the finding"),
    ],
)
def test_what_suppresses_nothing_is_reported(suppression: Suppression, reason: str) -> None:
    checked = check_with_suppressions(read_text(TEXT), None, [suppression])
    assert sorted(finding.code for finding in checked.findings) == ["GB001", "GB201", "GB201"], reason
    (unused,) = [finding for finding in checked.findings if finding.code == "GB001"]
    assert suppression.reason in unused.message
    assert not unused.severity.fails


def test_a_rule_that_did_not_run_says_nothing_of_its_suppressions() -> None:
    document = read_text(TEXT)
    layout = Suppression("GB301", "Đóng thành tập")
    assert check_with_suppressions(document, select(["GB1"]), [entry(quote="447")]).findings == ()
    assert all(finding.code != "GB001" for finding in check_with_suppressions(document, None, [layout]).findings)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[[suppress]]\ncode = "GB999"\nreason = "x"', "GB999"),
        ('[[suppress]]\ncode = "GB2"\nreason = "x"', "GB2"),
        ('[[suppress]]\ncode = "GB201"\nquote = "446"', "chưa ghi lý do"),
        ('[[suppress]]\ncode = "GB201"\nreason = "..."', "chưa ghi lý do"),
        ('[[suppress]]\ncode = "GB201"\nreson = "x"', "reson"),
        ("[[suppress]]\ncode = 201", "không đúng dạng"),
        ("suppress = 3", "suppress"),
        ('[[ignore]]\ncode = "GB201"', "ignore"),
        ("[[suppress", "Không đọc được"),
    ],
)
def test_a_wrong_file_is_named(content: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        parse_suppressions(content.encode(), "bao-cao.giaoban.toml", CODES)
    assert "bao-cao.giaoban.toml" in str(caught.value)


def test_codes_in_small_letters_and_a_byte_order_mark() -> None:
    data = b'\xef\xbb\xbf[[suppress]]\ncode = "gb201"\nreason = "x"'
    assert parse_suppressions(data, "", CODES) == (Suppression("GB201", "x"),)


def test_no_file_is_no_suppression(tmp_path: Path) -> None:
    assert load_suppressions(tmp_path / "bao-cao.txt", CODES) == ()


def test_the_command_sets_aside_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.txt"
    file.write_text(TEXT, encoding="utf-8")
    side = tmp_path / "bao-cao.giaoban.toml"
    side.write_text('[[suppress]]\ncode = "GB201"\nreason = "Số đơn vị báo cáo"\n', encoding="utf-8")
    shown = CliRunner().invoke(giaoban, ["check", str(file)])
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "bỏ qua 2 phát hiện theo bao-cao.giaoban.toml" in shown.stderr
    (result,) = json.loads(CliRunner().invoke(giaoban, ["check", str(file), "--format", "json"]).stdout)
    assert result["findings"] == []
    assert [(one["code"], one["line"], one["reason"]) for one in result["suppressed"]] == [
        ("GB201", 1, "Số đơn vị báo cáo"),
        ("GB201", 2, "Số đơn vị báo cáo"),
    ]
    log = json.loads(CliRunner().invoke(giaoban, ["check", str(file), "--format", "sarif"]).stdout)
    assert [result["suppressions"][0]["justification"] for result in log["runs"][0]["results"]] == [
        "Số đơn vị báo cáo"
    ] * 2
