"""What a person reads who typed a command wrong: one Vietnamese line, status 2; help where nothing was said."""

from __future__ import annotations

import pytest

from giaoban.cli import main


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["xyz"], "không có lệnh «xyz». Xem: giaoban --help"),
        (["explain", "--xyz", "GB202"], "không có tùy chọn --xyz. Xem: giaoban explain --help"),
        (["explain", "GB202", "GB201"], "thừa tham số GB201. Xem: giaoban explain --help"),
        (["explain", "GB202", "a", "b"], "thừa tham số a b. Xem: giaoban explain --help"),
        (["verify", "--dir"], "tùy chọn --dir thiếu giá trị. Xem: giaoban --help"),
        (["report", "quarter", "--period", "2023-Q1"], "thiếu MÃ. Xem: giaoban report --help"),
        (["demo", "--port", "abc"], "không phải là số"),
        (["read", "--format", "xml", "a.txt"], "cần một trong: text, json"),
    ],
    ids=["command", "option", "argument", "arguments", "value", "missing", "number", "choice"],
)
def test_one_line_and_status_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    out, err = capsys.readouterr()
    assert left.value.code == 2
    assert not out
    assert err.startswith("giaoban: ")
    assert err.count("\n") == 1
    assert said in err


@pytest.mark.parametrize("arguments", [[], ["people"]], ids=["program", "group"])
def test_nothing_said_shows_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("Cách dùng: giaoban")
