"""Nothing that goes wrong shows a traceback to a person; those who develop can ask for it."""

from __future__ import annotations

import pytest

from giaoban.cli import main


def _break(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **options: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("giaoban.reader.read_file", broken)


def test_a_surprise_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _break(monkeypatch)
    monkeypatch.delenv("GIAOBAN_DEBUG", raising=False)
    with pytest.raises(SystemExit) as left:
        main(["read", "a.txt"])
    told = capsys.readouterr().err
    assert left.value.code == 2
    assert "lỗi chưa lường trước (RuntimeError)" in told
    assert told.count("\n") == 1


def test_those_who_develop_see_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch)
    monkeypatch.setenv("GIAOBAN_DEBUG", "1")
    with pytest.raises(RuntimeError, match="boom"):
        main(["read", "a.txt"])
