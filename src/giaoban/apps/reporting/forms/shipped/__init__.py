"""The forms that come with the program: one TOML file each; an office copies one and changes it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class ShippedForm:
    """A form as its file says; the fields are those of an office's own form."""

    code: str
    title: str
    rhythm: str
    kinds: tuple[str, ...]
    open_days: int
    due_days: int
    lock_days: int | None
    body: Mapping[str, Any]


@cache
def shipped_forms() -> dict[str, ShippedForm]:
    """Return all shipped forms by code, in the order of their files."""
    found = {}
    for file in sorted(files(__package__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            head = data.pop("form")
            code = file.name.removesuffix(".toml")
            found[code] = ShippedForm(
                code,
                head["title"],
                head["rhythm"],
                tuple(head["kinds"]),
                head["open_days"],
                head["due_days"],
                head.get("lock_days"),
                data,
            )
    return found
