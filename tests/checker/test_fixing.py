"""``--fix``: what is safe and nothing else; once is enough; the file stays itself byte for byte around it."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.checker import check_text, rules
from giaoban.checker.base import Applicability, Finding, Fix, Severity
from giaoban.checker.fixing import apply_fixes, fix_text, safe_fixes
from giaoban.checker.suppressions import Suppression
from giaoban.cli._fixing import fix_file
from giaoban.cli._main import giaoban
from giaoban.core.errors import InvalidInput

WRONG = "Số: 05-NQ/ĐU\r\n\r\nThực hiện Chỉ thị số 16/CT-TU ngày 15/9/2021; kết nạp 446/450, đạt 98,1%.\r\n"
RIGHT = "Số 05-NQ/ĐU\r\n\r\nThực hiện Chỉ thị số 16-CT/TU ngày 15/9/2021; kết nạp 446/450, đạt 98,1%.\r\n"


@pytest.mark.parametrize(
    ("text", "fixed", "reason"),
    [
        ("Số: 05-NQ/ĐU", "Số 05-NQ/ĐU", "the colon"),
        ("số : 12-NQ/TU", "số 12-NQ/TU", "blanks around the colon go with it"),
        ("Số:05-NQ/ĐU", "Số 05-NQ/ĐU", "a blank takes its place"),
        ("Số: 12/NQ-TU", "Số 12-NQ/TU", "two fixes that touch take two rounds"),
        ("số 12 / NQ - TU", "số 12-NQ/TU", "blanks inside a symbol with wrong signs"),
        ("Nghị quyết số 5-NQ/TU", "Nghị quyết số 5-NQ/TU", "a missing zero is a digit"),
        ("Số:\n05-NQ/ĐU", "Số:\n05-NQ/ĐU", "a line break has its reason"),
        ("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND", "the State's form"),
        ("kết nạp 446/450, đạt 98,1%", "kết nạp 446/450, đạt 98,1%", "numbers are for people"),
        ("I- KẾT QUẢ\nII- HẠN CHẾ\nIII. NHIỆM VỤ", "I- KẾT QUẢ\nII- HẠN CHẾ\nIII. NHIỆM VỤ", "unsafe, so not made"),
    ],
)
def test_what_is_fixed(text: str, fixed: str, reason: str) -> None:
    assert fix_text(text).text == fixed, reason


_SYMBOLS = ("Số: 05-NQ/ĐU", "Số:05-NQ/ĐU", "số : 12/NQ-TU", "16/CT-TU", "5-NQ/TU", "107 - KH - ĐUK")
PIECES = st.sampled_from((*_SYMBOLS, "\n", "\r\n", "  ", "\t", ", ", "ngày 31/9/2023", "đạt 98%"))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join))
def test_fixing_twice_changes_nothing_more_and_only_signs(text: str) -> None:
    once = fix_text(text)
    assert fix_text(once.text).made == ()
    assert _letters(once.text) == _letters(text)
    assert once.text.count("\n") == text.count("\n")


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join))
def test_everything_outside_the_fixes_stays(text: str) -> None:
    fixes = [fix for _, fix in safe_fixes(check_text(text))]
    after, done, shift = apply_fixes(text, fixes), 0, 0
    for fix in fixes:
        assert after[done + shift : fix.start + shift] == text[done : fix.start]
        shift += len(fix.replacement) - (fix.end - fix.start)
        done = fix.end
    assert after[done + shift :] == text[done:]


def test_of_two_fixes_that_touch_the_first_is_made() -> None:
    def finding(start: int, end: int, applicability: Applicability) -> Finding:
        return Finding("GB105", Severity.INFO, start, end, 1, 1, "", None, Fix(start, end, "x", applicability))

    found = [
        finding(4, 6, Applicability.SAFE),
        finding(0, 4, Applicability.SAFE),
        finding(9, 9, Applicability.SAFE),
        finding(12, 13, Applicability.UNSAFE),
        finding(14, 15, Applicability.DISPLAY),
    ]
    assert [(fix.start, fix.end) for _, fix in safe_fixes(found)] == [(0, 4), (9, 9)]


def test_what_is_suppressed_is_not_fixed() -> None:
    assert fix_text(WRONG, suppressions=[Suppression("GB105", "bản gốc ghi vậy")]).text.startswith("Số: 05-NQ/ĐU")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(giaoban, ["check", "--fix", *map(str, arguments)])


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_the_file_keeps_encoding_and_line_ends(mark: bytes, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "sai.txt"
    file.write_bytes(mark + WRONG.encode(encoding))
    file.chmod(0o640)
    shown = run(file)
    assert file.read_bytes() == mark + RIGHT.encode(encoding)
    assert file.stat().st_mode & 0o777 == 0o640
    assert shown.exit_code == 1, "the wrong percentage is still there"
    lines = shown.stdout.splitlines()
    assert f"{file}:1:1: GB105 đã sửa «Số: 05-NQ/ĐU» thành «Số 05-NQ/ĐU»" in lines
    assert any("GB106 đã sửa «16/CT-TU» thành «16-CT/TU»" in line for line in lines)
    assert [line for line in lines if "GB201" in line], "and is reported after the fixes"
    assert list(tmp_path.iterdir()) == [file]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "sai.txt"
    file.write_bytes(WRONG.encode())
    run(file)
    before = file.stat().st_mtime_ns
    assert "đã sửa" not in run(file).output
    assert file.stat().st_mtime_ns == before


def test_an_encoding_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cu.txt"
    # What the reader converted from an old encoding has no way back.
    file.write_bytes(b"S\xe8: 05-NQ/\xa7U")
    with pytest.raises(InvalidInput, match="bảng mã"):
        fix_file(file, "Số: 05-NQ/ĐU", rules(), ())
    assert file.read_bytes() == b"S\xe8: 05-NQ/\xa7U"


def test_a_page_is_left_alone_and_this_is_said(tmp_path: Path) -> None:
    file = tmp_path / "sai.html"
    file.write_text("<p>Số: 05-NQ/ĐU</p>", "utf-8")
    shown = run(file)
    assert file.read_text("utf-8") == "<p>Số: 05-NQ/ĐU</p>"
    assert "1 chỗ chỉ sửa tự động được trong tệp .txt, .md, .docx" in shown.stderr


def test_json_shows_the_fix_of_each_finding() -> None:
    by_code = {finding.code: finding.fix for finding in check_text("Số: 5-NQ/ĐU\nkết nạp 446/450, đạt 98,1%")}
    assert by_code["GB201"] is None
    assert by_code["GB105"] == Fix(2, 4, " ", Applicability.SAFE)
    assert by_code["GB107"] == Fix(4, 4, "0", Applicability.DISPLAY)
