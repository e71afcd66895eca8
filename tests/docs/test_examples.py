"""The README's commands and the example of every help page are run as they stand, one by one, on the sample."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from scripts.write_docs import command_leaves
from tests.docs.ready_office import ready_office

from giaoban.cli._main import giaoban

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_GRANT = re.compile(r"7f3c9a52-[0-9a-f-]+")
# What an example cannot know, or what would make the test wait: words of the example -> words that are run.
_INSTEAD = {
    "giaoban demo --dir du-lieu-mau --port 8765": "giaoban demo --dir mau --port 8765 --no-serve",
    "giaoban import members dang-vien.xlsx --dry-run --dir du-lieu": "giaoban import members dang-vien.xlsx --dry-run",
    "31/12/2026": "31/12/2099",
}
# What the examples take for granted: documents, a small office of one's own in «du-lieu», a successor.
_EARLIER = (
    "cp q1.docx bao-cao-quy-1.docx && cp q1.docx bao-cao.docx",
    "giaoban report quarter --unit MAU --period 2023-Q1 --out q1.md && mv q1.md bao-cao.txt",
    "giaoban init XA 'Đảng bộ xã Tân Khê' --from 01/01/2026 --admin an --admin-name 'Lê Thị An' --dir du-lieu",
    "giaoban people add hoa.tran 'Trần Thị Hoa' unit_secretary PHUONG.03",
    "giaoban report-definition take quarter --unit MAU --out quy.toml",
    "giaoban source report members.vetted --unit MAU.05 --from 01/01/2027",
    "giaoban rubric take b --unit MAU --out phieu.toml && sed -i '0,/^code = .*/s//code = \"phieu\"/' phieu.toml",
)


def _examples() -> Iterator[str]:
    """The lines below «Ví dụ:» of every help page, in the order of the commands."""
    for path, _ in command_leaves(giaoban, "giaoban"):
        # Wide enough that no example is broken into two lines.
        page = CliRunner().invoke(giaoban, [*path.split(" ")[1:], "--help"], terminal_width=400, max_content_width=400)
        for line in page.output.split("Ví dụ:", 1)[1].splitlines():
            if line.strip().startswith("giaoban "):
                yield line.strip()
            elif line.strip() and not line.startswith("  "):
                break


class Shell:
    """A shell in the test's folder with the commands of this environment in reach."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        left_out = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        self._env = {key: value for key, value in os.environ.items() if key not in left_out}
        self._env |= {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "GIAOBAN_DIR": str(folder / "mau"),
            "COLUMNS": "200",
        }

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Inside, commands are forks of a process that has the program loaded (``ready_office.py``)."""
        usual = self._env
        with ready_office(self.folder, usual) as tools:
            self._env = usual | {"PATH": f"{tools}:{usual['PATH']}"}
            yield
        self._env = usual

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run one line or a script."""
        command = ["bash", "-euo", "pipefail", "-c", line]
        return subprocess.run(command, cwd=self.folder, env=self._env, capture_output=True, text=True, timeout=300)

    def out(self, line: str) -> str:
        """Run a line that has to end with status 0, and return what it printed."""
        done = self.run(line)
        assert done.returncode == 0, f"{line}: {done.stdout[-1500:]}{done.stderr[-1500:]}"
        return done.stdout


def _grants(shell: Shell) -> Iterator[str]:
    """Identifiers of grants that began long ago, each used once: what «people list» shows."""
    rows = [line.split("\t") for line in shell.out("giaoban people list").splitlines()]
    for username in ("binh", "dung", "hai"):
        (grant,) = (row[-1] for row in rows if row[0] == username)
        yield grant


def _fill_in(sheet: Path) -> None:
    """Do what a person does between «template» and «import»."""
    values = {
        "Họ và tên": "Đặng Thị Hường",
        "Ngày sinh": "31/03/1987",
        "Giới tính": "Nữ",
        "Đơn vị": "PHUONG.03",
        "Số lý lịch": "004512 KCQ",
        "Vào sổ bằng": "Chuyển đến từ ngoài",
        "Ngày vào sổ": "05/01/2026",
        "Chuyển từ": "Đảng bộ huyện Bình An",
        "Ngày vào Đảng": "19/05/2015",
    }
    with xlsxwriter.Workbook(sheet) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, values.keys())
        page.write_row(1, 0, values.values())


def _run(shell: Shell, line: str) -> subprocess.CompletedProcess[str]:
    """Run one line; a template that is there already goes first, and one that was written is filled in."""
    sheet = shell.folder / "dang-vien.xlsx"
    is_template = line.startswith("giaoban template")
    if is_template:
        sheet.unlink(missing_ok=True)
    done = shell.run(line)
    if is_template and not done.returncode:
        _fill_in(sheet)
    return done


def _readme_lines() -> list[str]:
    scripts = re.findall(r"```sh\n(.*?)```", README, flags=re.S)
    lines = "\n".join(scripts).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith("giaoban ")]


@pytest.mark.long
def test_what_the_pages_show_runs(tmp_path: Path, sample_folder: Path) -> None:
    shell = Shell(tmp_path)
    # The sample is built once for all tests; «demo» keeps data that it finds.
    shutil.copytree(sample_folder, tmp_path / "mau")
    for line in _readme_lines():
        done = _run(shell, line)
        assert done.returncode == 0, f"{line}: {done.stdout[-1500:]}{done.stderr[-1500:]}"
    for name in ("q1.docx", "q1.json", "dang-vien.xlsx", "mau/giaoban.sqlite3"):
        assert (tmp_path / name).stat().st_size > 0, name
    with shell.ready():
        _check_help_pages(shell)


def _check_help_pages(shell: Shell) -> None:
    """The README's commands ran as people run them; the many examples of the help pages follow on what they left."""
    counted = json.loads(
        shell.out("giaoban figures --unit MAU --period 2023-Q1 --measure organizations.grassroots --format json")
    )["figures"]["organizations.grassroots"]
    assert f"{counted['value']} grassroots organisations" in README, "the README says how large the sample is"
    for line in _EARLIER:
        shell.out(line)
    grants = _grants(shell)
    wrong = []
    for example in _examples():
        line = _GRANT.sub(lambda _: next(grants), example)
        for words, instead in _INSTEAD.items():
            line = line.replace(words, instead)
        done = _run(shell, line)
        if done.returncode:
            wrong.append(f"{line}: status {done.returncode}: {(done.stdout + done.stderr).strip()[-300:]}")
    assert not wrong
