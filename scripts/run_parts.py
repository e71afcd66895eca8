"""Runs every part of the tests, one after another, and closes with a table: what ran, how it ended, how long it took.

A part that could not start, ran no test, or holds a test that no part ran at all (skipped everywhere) counts as failed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from private_postgres import NoPostgres, private_postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
CODE = ["src", "tests", "bench", "corpus", "fuzz", "scripts"]
LIMIT = 3600  # seconds: a part that hangs is ended and counts as failed; a slow machine needs half of it
# These rooms know no database: one engine is enough for them.
NO_DATABASE = {"architecture", "browser", "checker", "corpus", "docs", "reader", "writer"}


@dataclass(slots=True)
class Outcome:
    """How a part ended. ``skipped`` and ``ran`` are the names of tests."""

    name: str
    ok: bool = False
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    note: str = ""
    skipped: dict[str, str] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the table; ``run`` gets the environment of the run and fills the outcome."""

    name: str
    run: Callable[[Outcome, dict[str, str]], None]
    quick: bool = False


def run_command(command: list[str], env: dict[str, str]) -> int:
    """Run a command in a process group of its own, so that all of it ends when time is up; return its status."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        print(f"not done after {LIMIT} s: {' '.join(command)}")
        return -1
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def commands(*lines: list[str]) -> Callable[[Outcome, dict[str, str]], None]:
    """Return the run of a part that holds when each of its commands ends with status 0; all of them are run."""

    def run(outcome: Outcome, env: dict[str, str]) -> None:
        statuses = [run_command(line, env) for line in lines]
        outcome.ok = not any(statuses)

    return run


def run_pytest(outcome: Outcome, env: dict[str, str], arguments: list[str]) -> None:
    """Run tests and count them from the report that pytest writes."""
    with tempfile.TemporaryDirectory(prefix="giaoban-report-") as folder:
        report = Path(folder) / "report.xml"
        options = ["--durations=8", "--durations-min=2", f"--junitxml={report}", "-o", "junit_family=xunit1"]
        status = run_command([PYTHON, "-m", "pytest", *options, *arguments], env)
        if report.exists():
            _count(outcome, report)
    if status == 5 or not outcome.ran | outcome.skipped.keys():
        outcome.note = "no test ran"
    outcome.ok = status == 0 and not outcome.note and not outcome.failed


def _count(outcome: Outcome, report: Path) -> None:
    for case in ET.parse(report).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        skipped = case.find("skipped")
        if skipped is not None:
            outcome.skipped[name] = skipped.get("message", "")
            continue
        outcome.ran.add(name)
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        else:
            outcome.passed += 1


def _workers() -> list[str]:
    # By group: the tests that need the whole sample share one worker, which builds it once.
    return ["-n", str(max(2, min(os.cpu_count() or 2, 8))), "--dist", "loadgroup"]


def run_sqlite(outcome: Outcome, env: dict[str, str]) -> None:
    """All tests but the browser's, on SQLite."""
    run_pytest(outcome, env, ["-m", "not browser", *_workers(), "tests"])


def run_postgres(outcome: Outcome, env: dict[str, str]) -> None:
    """All rooms that may touch a database, on PostgreSQL; not what is the same on every engine."""
    rooms = sorted(
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").iterdir()
        if path.is_dir() and path.name not in NO_DATABASE and any(path.rglob("test_*.py"))
    )
    try:
        with private_postgres() as url:
            chosen = ["-m", "not browser and not one_engine", *_workers(), *rooms]
            run_pytest(outcome, env | {"DATABASE_URL": url}, chosen)
    except NoPostgres as error:
        outcome.ok, outcome.note = False, f"did not run: {error}"


def run_browser(outcome: Outcome, env: dict[str, str]) -> None:
    """The tests that drive Chromium."""
    chromium = os.environ.get("GIAOBAN_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        outcome.note = "did not run: chromium is not there; install the package chromium"
        return
    run_pytest(outcome, env | {"GIAOBAN_CHROMIUM": chromium}, ["-m", "browser", *_workers(), "tests/browser"])


def _django(*arguments: str) -> list[str]:
    return [PYTHON, "-W", "error", "-m", "django", *arguments, "--settings=giaoban.site.settings"]


PARTS = (
    Part("format", commands([str(BIN / "ruff"), "format", "--check", *CODE]), quick=True),
    Part(
        "lint",
        commands([str(BIN / "ruff"), "check", *CODE], [str(BIN / "shellcheck"), "scripts/setup", ".ci/run"]),
        quick=True,
    ),
    Part("types", commands([str(BIN / "mypy")], [str(BIN / "mypy"), "scripts", "bench", "corpus", "fuzz"]), quick=True),
    Part("rooms", commands([str(BIN / "lint-imports")]), quick=True),
    Part(
        "django",
        commands(_django("check", "--fail-level", "WARNING"), _django("makemigrations", "--check", "--dry-run")),
        quick=True,
    ),
    Part("docs", commands([PYTHON, "scripts/write_docs.py", "--check"]), quick=True),
    Part("tests-sqlite", run_sqlite),
    Part("tests-postgresql", run_postgres),
    Part("tests-browser", run_browser),
)


@contextmanager
def _plain_environment() -> Iterator[dict[str, str]]:
    """The environment without an office: no part sees the data of whoever runs the tests.

    What Python compiles is kept for the other parts and all the commands that they start, beside the code, not in it.
    """
    with tempfile.TemporaryDirectory(prefix="giaoban-test-") as folder:
        env = {key: value for key, value in os.environ.items() if not key.startswith(("GIAOBAN_", "DJANGO_"))}
        for name in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE"):
            env.pop(name, None)
        office, compiled = Path(folder) / "office", Path(folder) / "compiled"
        office.mkdir(mode=0o700)
        yield env | {"GIAOBAN_DIR": str(office), "PYTHONPYCACHEPREFIX": str(compiled), "PYTHONUNBUFFERED": "1"}


def _run_all(chosen: tuple[Part, ...]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    with _plain_environment() as env:
        for part in chosen:
            print(f"\n=== {part.name}", flush=True)
            outcome = Outcome(part.name)
            outcomes.append(outcome)
            begun = time.monotonic()
            try:
                part.run(outcome, env)
            except OSError as error:
                outcome.note = f"did not run: {error}"
            outcome.seconds = time.monotonic() - begun
    return outcomes


def _refuse_unrun(outcomes: list[Outcome]) -> None:
    """A test that was skipped in one part must have run in another."""
    ran = {name for outcome in outcomes for name in outcome.ran}
    for outcome in outcomes:
        for name, reason in sorted(outcome.skipped.items()):
            if name not in ran:
                print(f"skipped in every part: {name}: {reason}")
                outcome.ok, outcome.note = False, "a test was skipped in every part"


def _close(outcomes: list[Outcome]) -> int:
    """Print the table and return the exit status."""
    print(f"\n{'part':<18} {'result':<7} {'time':>7} {'passed':>7} {'failed':>7} {'skipped':>8}")
    for item in outcomes:
        counts = f" {item.passed:>7} {item.failed:>7} {len(item.skipped):>8}" if item.name.startswith("tests") else ""
        result = "OK" if item.ok else "FAILED"
        print(f"{item.name:<18} {result:<7} {item.seconds:>5.0f} s{counts}{'  ' + item.note if item.note else ''}")
    total = sum(item.seconds for item in outcomes)
    wrong = [item.name for item in outcomes if not item.ok]
    print(f"{'all':<18} {'FAILED' if wrong else 'OK':<7} {total:>5.0f} s")
    passed, failed = sum(item.passed for item in outcomes), sum(item.failed for item in outcomes)
    print(f"{passed} passed, {failed} failed" if outcomes else "nothing ran", flush=True)
    return 1 if wrong or not outcomes else 0


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the parts that run no tests")
    parser.add_argument("parts", nargs="*", metavar="PART", help="only these: " + " ".join(part.name for part in PARTS))
    given = parser.parse_args()
    unknown = set(given.parts) - {part.name for part in PARTS}
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}")
    chosen = tuple(
        part for part in PARTS if (part.name in given.parts or not given.parts) and (part.quick or not given.quick)
    )
    # A polite end (CI's cancel) goes through the finally blocks: the PostgreSQL cluster is stopped and removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    outcomes = _run_all(chosen)
    # Only a whole run can tell that a test ran nowhere: one engine alone skips what belongs to the other.
    if chosen == PARTS:
        _refuse_unrun(outcomes)
    return _close(outcomes)


if __name__ == "__main__":
    sys.exit(main())
