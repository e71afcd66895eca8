"""The house: no room and no app stands outside the import contracts, and the pure rooms start without Django."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "giaoban"
PURE = ("core", "reader", "checker", "writer", "figures")

# Runs a command with everything of the office extra out of reach; its last word is a check that none slipped in.
_WITHOUT_OFFICE = """
import sys
for name in ("django", "dj_database_url", "psycopg", "cryptography", "python_calamine", "xlsxwriter", "gunicorn"):
    sys.modules[name] = None
from giaoban.cli import main
try:
    main(sys.argv[1:])
finally:
    assert not any(name.startswith(("django.", "giaoban.apps", "giaoban.site")) for name in sys.modules)
"""


def _contracts() -> list[dict[str, object]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        found = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    assert isinstance(found, list)
    return found


def _layers(name: str) -> set[str]:
    (contract,) = (item for item in _contracts() if name in str(item["name"]))
    layers = contract["layers"]
    assert isinstance(layers, list)
    return {part.strip() for layer in layers for part in layer.split("|")}


def _packages(folder: Path) -> set[str]:
    prefix = ".".join(folder.relative_to(ROOT / "src").parts)
    return {f"{prefix}.{path.parent.name}" for path in folder.glob("*/__init__.py")}


def test_every_room_has_its_place() -> None:
    assert _packages(PACKAGE) == _layers("The house")


def test_every_app_has_its_place() -> None:
    assert _packages(PACKAGE / "apps") == _layers("The domain")


@pytest.mark.parametrize("room", PURE)
def test_pure_rooms_are_kept_from_django(room: str) -> None:
    (contract,) = (item for item in _contracts() if "never see Django" in str(item["name"]))
    assert f"giaoban.{room}" in str(contract["source_modules"])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.txt"
    path.write_text("Thực hiện Nghị quyết số 12-NQ/TU ngày 05/4/2021, có 446/450 (99,1%) đảng viên dự.\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("command", "wanted"),
    [("read", "12-NQ/TU"), ("check", ""), ("explain", "GB")],
    ids=["read", "check", "explain"],
)
def test_documents_need_no_office(command: str, wanted: str, report: Path) -> None:
    argument = "GB201" if command == "explain" else str(report)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _WITHOUT_OFFICE, command, argument], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert wanted in done.stdout
