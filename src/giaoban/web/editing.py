"""What the editors of dated definitions share: a version is saved, or the refusal comes to its place in the body."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms

from giaoban.core.errors import GiaobanError
from giaoban.web.forms import OfficeForm, attempt, sentence

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused, in words, and where: at a place of the body, or (``above``) of the whole; nothing: not refused.

    ``place``: the numbers of the place by what they count, from 0: ``{"section": 1, "field": 0}``.
    """

    words: str = ""
    place: dict[str, int] = field(default_factory=dict)
    above: str = ""

    def at(self, **place: int) -> str:
        """Return the words if they belong to just this place."""
        return self.words if self.words and self.place == place else ""


def save_version(head: OfficeForm, save: Callable[[], Made], places: re.Pattern[str]) -> Made | Refusal:
    """Save, or return the refusal, which is put beside the field of the head that it speaks of.

    Args:
        places: matches `GiaobanError.where` of a place in the body; each group is a number from 1.

    Raises:
        NotAllowed, NotFound: these are pages of their own.
    """
    refused = Refusal()

    def refuse(error: GiaobanError) -> None:
        nonlocal refused
        words, match = sentence(error), places.match(error.where)
        if match is not None:
            place = {name: int(number) - 1 for name, number in match.groupdict().items() if number}
            inner = error.where[match.end() :].lstrip(", ").capitalize()
            refused = Refusal(f"{inner}: {words}" if inner else words, place)
        elif error.where in head.places:
            head.refuse(error)
            refused = Refusal(words)
        else:
            refused = Refusal(words, above=words)

    made = attempt(refuse, save)
    return refused if made is None else made


def whole_number(label: str, help_text: str = "", **kwargs: Any) -> forms.IntegerField:
    """A whole number in a short field."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Cần một số nguyên."},
        **kwargs,
    )
