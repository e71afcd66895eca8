"""``giaoban check`` and ``giaoban explain`` as the contracts say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from giaoban.cli._main import giaoban, main

WRONG = "Báo cáo\nTrong năm kết nạp 446/450 đảng viên, đạt 98,1%.\n"
INFO = "Số: 05-NQ/ĐU\n"
RIGHT = "Trong năm kết nạp 446/450 đảng viên, đạt 99,1%.\n"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "sai.txt"
    file.write_text(WRONG, encoding="utf-8")
    return file


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(giaoban, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_text_is_one_line_a_finding_and_status_1(wrong: Path) -> None:
    assert run("check", wrong) == (1, f"{wrong}:2:19: GB201 446/450 = 99,11%, văn bản ghi 98,1%\n")


def test_nothing_found_is_status_0_and_no_output(tmp_path: Path) -> None:
    file = tmp_path / "dung.txt"
    file.write_text(RIGHT, encoding="utf-8")
    assert run("check", file) == (0, "")


def test_info_alone_is_status_0(tmp_path: Path) -> None:
    file = tmp_path / "goi-y.txt"
    file.write_text(INFO, encoding="utf-8")
    status, output = run("check", file)
    assert (status, "GB105" in output) == (0, True)


def test_json_has_the_keys_of_the_contract(wrong: Path) -> None:
    status, output = run("check", wrong, "--format", "json")
    assert status == 1
    (entry,) = json.loads(output)
    assert entry["file"] == str(wrong)
    (finding,) = entry["findings"]
    assert list(finding) == ["code", "severity", "start", "end", "line", "column", "message", "suggestion", "fix"]
    assert WRONG[finding["start"] : finding["end"]] == "446/450 đảng viên, đạt 98,1%"
    assert (finding["severity"], finding["line"], finding["column"]) == ("warning", 2, 19)


def test_sarif_has_rules_regions_and_levels(wrong: Path) -> None:
    status, output = run("check", wrong, "--format", "sarif")
    assert status == 1
    log = json.loads(output)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (one,) = log["runs"]
    assert one["columnKind"] == "unicodeCodePoints"
    (result,) = one["results"]
    ids = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert ids[result["ruleIndex"]] == result["ruleId"] == "GB201"
    assert result["level"] == "warning"
    location = result["locations"][0]["physicalLocation"]
    assert location["region"] == {
        "startLine": 2,
        "startColumn": 19,
        "endLine": 2,
        "endColumn": 47,
        "charOffset": 26,
        "charLength": 28,
    }
    assert location["artifactLocation"]["uri"].startswith("file:///")


def test_select_and_ignore(wrong: Path) -> None:
    assert run("check", wrong, "--select", "GB1") == (0, "")
    assert run("check", wrong, "--ignore", "GB2") == (0, "")
    assert run("check", wrong, "--select", "GB201")[0] == 1


def test_an_unknown_code_is_status_2_and_one_line(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", str(wrong), "--select", "GB9"])
    shown = capsys.readouterr()
    assert left.value.code == 2
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "GB9" in shown.err
    assert "GB101" in shown.err


def test_a_missing_file_is_status_2_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", str(tmp_path / "khong-co.txt")])
    shown = capsys.readouterr()
    assert left.value.code == 2
    assert shown.err.count("\n") == 1
    assert "khong-co.txt" in shown.err


def test_explain_prints_the_rule() -> None:
    status, output = run("explain", "GB201")
    assert status == 0
    assert output.startswith("GB201 ratio-does-not-match")
    assert "KHÔNG KẾT LUẬN" in output


def test_checking_never_loads_django(wrong: Path) -> None:
    program = (
        "import sys\n"
        "from giaoban.cli._main import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit as left:\n    assert left.code in (0, 1), left.code\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'django']\n"
    )
    for arguments in (["check", str(wrong)], ["explain", "GB201"]):
        done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
