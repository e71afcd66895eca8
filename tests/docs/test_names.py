"""What the pages name exists: files, classes, measures, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from giaoban.apps.reporting.queries.figures import catalogue

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
_QUOTED = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#]+)\)")
_CLASS = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)*(?:\.\w+)?\Z")
_PATH = re.compile(r"[a-z._][\w.-]*(?:/[\w.-]+)+/?\Z|[\w-]+\.(?:py|md|toml)\Z")
_MEASURE = re.compile(r"(?:members|organizations|offices|committees|discipline)\.[a-z_]+\Z")
# Parts of paths that stand for any name, and what the program itself makes.
_ANY_NAME = ("apps/<area>", "checker/<family>", "name.")
_MADE = {"identity_keys.json", "giaoban.sqlite3", "var/fuzz"}


def _quoted() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
        for word in _QUOTED.findall(text):
            yield page.name, word


def _exists(path: str) -> bool:
    places = (ROOT, ROOT / "src" / "giaoban", ROOT / "docs")
    if any((place / path).exists() for place in places):
        return True
    return "/" not in path and any((ROOT / "src").rglob(path))


def test_files_are_there() -> None:
    missing = [
        f"{page}: {word}"
        for page, word in _quoted()
        if _PATH.match(word) and word not in _MADE and not word.startswith(_ANY_NAME) and not _exists(word)
    ]
    assert not missing


def test_classes_are_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    words = set(re.findall(r"\w+", code))
    assert not [f"{page}: {word}" for page, word in _quoted() if _CLASS.match(word) and set(word.split(".")) - words]


def test_measures_are_there() -> None:
    modules = {"members.operations", "organizations.operations"}
    missing = [
        f"{page}: {word}"
        for page, word in _quoted()
        if _MEASURE.match(word) and word not in modules and word not in catalogue()
    ]
    assert not missing


def test_links_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in _LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken
