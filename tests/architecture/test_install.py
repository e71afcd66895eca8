"""The wheel: it holds every file of the package, and installed without the office extra it reads documents."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


def _run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (built,) = folder.glob("*.whl")
    return built


def _needed(name: str, seen: set[str]) -> Iterator[Distribution]:
    """The distribution and what it requires, without any extra."""
    if name.lower() in seen:
        return
    seen.add(name.lower())
    found = distribution(name)
    yield found
    for line in found.requires or []:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield from _needed(requirement.name, seen)


def _lend(dependency: Distribution, site: Path) -> None:
    """Link what is installed here: the machine may be offline, and only declared requirements shall be in reach."""
    for top in {Path(file.parts[0]) for file in dependency.files or [] if file.parts[0] != ".."}:
        target = Path(str(dependency.locate_file(top)))
        if target.exists() and top.name != "__pycache__":
            (site / top).symlink_to(target)


@pytest.fixture(scope="module")
def bare_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel and its plain requirements, nothing of the extras."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    for dependency in list(_needed("giaoban", set()))[1:]:
        _lend(dependency, site)
    python = folder / "bin" / "python"
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index"]
    _run(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel)
    return python


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("giaoban/")}
    source = ROOT / "src"
    present = {
        str(path.relative_to(source))
        for path in (source / "giaoban").rglob("*")
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(source).parts)
    }
    assert packed == present


def test_django_is_out_of_reach(bare_python: Path) -> None:
    done = subprocess.run([bare_python, "-c", "import django"], capture_output=True, text=True)
    assert "ModuleNotFoundError" in done.stderr


def test_the_plain_install_reads_a_document(bare_python: Path, tmp_path: Path) -> None:
    text = tmp_path / "bao-cao.txt"
    text.write_text("Thực hiện Nghị quyết số 12-NQ/TU ngày 05/4/2021 của Tỉnh ủy.\n", encoding="utf-8")
    (read,) = json.loads(_run(bare_python.parent / "giaoban", "read", text, "--format", "json"))
    assert [(item["symbol"], item["date"]) for item in read["citations"]] == [("12-NQ/TU", "2021-04-05")]


def test_an_office_command_says_what_is_missing(bare_python: Path, tmp_path: Path) -> None:
    command = [bare_python.parent / "giaoban", "demo", "--dir", tmp_path, "--no-serve"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "giaoban[office]" in done.stderr
