"""The body of a form: sections with fields, and the rules between them; read from JSON or TOML by ``parser``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from giaoban.apps.reporting.forms.checks import Rule

# A field may hold a second number, «25/55»: this is how the whole is named beside the part.
TOTAL = "/total"


class FieldKind(StrEnum):
    """What a field holds."""

    MEASURE = "measure"
    VALUE = "value"
    TEXT = "text"
    CHOICE = "choice"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form.

    Args:
        key: name within the form, permanent: what was typed is kept under it.
        kind: ``MEASURE`` is known by a register, shown and never typed; ``VALUE`` is a number that only the unit knows;
            ``TEXT`` a place for words with ``guidance``; ``CHOICE`` one of ``options``; ``FILE`` an attachment.
        measure, dimension, code: of a number which measure, and which code of one of its dimensions; the last two empty
            for the whole.
        of_total: the unit says of how many («25/55»): a second number under ``key/total``.
        decimals: how many decimals a typed number may have, 0 to 4.
        most_letters: how long a text may be.
    """

    key: str
    kind: FieldKind
    label: str
    measure: str = ""
    dimension: str = ""
    code: str = ""
    of_total: bool = False
    required: bool = False
    decimals: int = 0
    guidance: str = ""
    options: tuple[str, ...] = ()
    most_letters: int = 4000

    @property
    def asks(self) -> bool:
        """Whether somebody has to fill it: no register knows it."""
        return self.kind is not FieldKind.MEASURE

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names under which values of this field are typed; none where it is shown only or takes files."""
        if self.kind in (FieldKind.MEASURE, FieldKind.FILE):
            return ()
        return (self.key, self.key + TOTAL) if self.of_total else (self.key,)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that stand together under a heading."""

    key: str
    title: str
    fields: tuple[Field, ...]
    guidance: str = ""


@dataclass(frozen=True, slots=True)
class FormBody:
    """A whole body.

    ``counts_on_sending``: what is sent is accepted at once, by the word of whoever asked: an ad-hoc question.
    """

    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()
    counts_on_sending: bool = False
    by_input: dict[str, Field] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        """Index the fields by the names under which they are typed."""
        self.by_input.update((name, one) for one in self.fields for name in one.inputs)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in their order."""
        return tuple(one for section in self.sections for one in section.fields)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that the form shows or asks, or that its rules name, each once."""
        found = [one.measure for one in self.fields if one.measure]
        found += [term.name for rule in self.rules for term in (*rule.left, *rule.right) if term.is_measure]
        return tuple(dict.fromkeys(found))

    @property
    def questions(self) -> int:
        """How many fields somebody has to fill (design.md, law 10)."""
        return sum(one.asks for one in self.fields)

    def field(self, key: str) -> Field | None:
        """Return the field of a key."""
        return next((one for one in self.fields if one.key == key), None)
