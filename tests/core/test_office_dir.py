"""The folder of an embedded office: its secrets are made once and are nobody else's."""

from __future__ import annotations

import json
import stat
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest

from giaoban.core.office_dir import IDENTITY_KEYS, SECRET, default_dir, ensure_office_dir


def test_secrets_are_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "văn phòng" / "dữ liệu"
    ensure_office_dir(folder)
    first = {name: (folder / name).read_text(encoding="utf-8") for name in (SECRET, IDENTITY_KEYS)}
    ensure_office_dir(folder)
    assert {name: (folder / name).read_text(encoding="utf-8") for name in first} == first


@pytest.mark.parametrize("name", [SECRET, IDENTITY_KEYS])
def test_only_the_owner_reads_them(name: str, tmp_path: Path) -> None:
    ensure_office_dir(tmp_path)
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_two_offices_share_no_key(tmp_path: Path) -> None:
    ensure_office_dir(tmp_path / "a")
    ensure_office_dir(tmp_path / "b")
    for name in (SECRET, IDENTITY_KEYS):
        assert (tmp_path / "a" / name).read_text("utf-8") != (tmp_path / "b" / name).read_text("utf-8")


def test_the_keys_to_encrypt_and_to_find_differ(tmp_path: Path) -> None:
    ensure_office_dir(tmp_path)
    keys = json.loads((tmp_path / IDENTITY_KEYS).read_text("utf-8"))
    (encryption,), (index,) = keys["encryption"], keys["index"]
    assert encryption["key"] != index["key"]
    assert [len(urlsafe_b64decode(key["key"])) for key in (encryption, index)] == [32, 32]


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"GIAOBAN_DIR": "/srv/a", "XDG_DATA_HOME": "/srv/x"}, "/srv/a"),
        ({"XDG_DATA_HOME": "/srv/x"}, "/srv/x/giaoban"),
        ({"HOME": "/home/lan"}, "/home/lan/.local/share/giaoban"),
    ],
    ids=["named", "data home", "home"],
)
def test_where_the_data_are(environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIAOBAN_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_dir() == Path(folder)
