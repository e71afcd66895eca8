"""Rubrics of quality of meetings as data: those that ship, and reading and writing an office's own; pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from giaoban.apps.meetings.rubrics.lines import band_lines, read_bands
from giaoban.apps.meetings.rubrics.model import GRADES, Band, Facts, Item, Rubric, Section
from giaoban.apps.meetings.rubrics.reading import read_rubric, rubric_data
from giaoban.apps.meetings.rubrics.writing import rubric_body, rubric_toml

__all__ = [
    "GRADES",
    "Band",
    "Facts",
    "Item",
    "Rubric",
    "Section",
    "band_lines",
    "read_bands",
    "read_rubric",
    "rubric_body",
    "rubric_data",
    "rubric_toml",
    "rubrics",
    "shipped_text",
]


@cache
def _shipped() -> dict[str, tuple[Rubric, str]]:
    found = sorted(
        (one for one in files(__package__).iterdir() if one.name.endswith(".toml")), key=lambda one: one.name
    )
    texts = [one.read_text(encoding="utf-8") for one in found]
    read: list[tuple[Rubric, str]] = [(read_rubric(_loaded(text)), text) for text in texts]
    return {one.code: (one, text) for one, text in read}


def _loaded(text: str) -> Mapping[str, Any]:
    return tomllib.loads(text)


def rubrics() -> dict[str, Rubric]:
    """Return the shipped rubrics by code."""
    return {code: rubric for code, (rubric, _text) in _shipped().items()}


def shipped_text(code: str) -> str:
    """Return the file of a shipped rubric; raises ``KeyError``: there is none."""
    return _shipped()[code][1]
