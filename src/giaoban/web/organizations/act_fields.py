"""What the forms of acts share: the unit from which one begins, the decision, units beside it, rows of new units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.operations import ActDraft, ActKind, Decision, NewUnit
from giaoban.core.text_vi import tidy
from giaoban.web.forms import DayField, OfficeForm

Pairs = Sequence[tuple[str, str]]
# A choice, or a heading with the choices below it.
Choice = tuple[str, str] | tuple[str, list[tuple[str, str]]]
Choices = Sequence[Choice]
NEW_ROWS = 5
_MOST_UNGROUPED = 12
PLAIN = {"autocomplete": "off"}


@dataclass(frozen=True, slots=True)
class ActPlace:
    """The unit from which an act is begun: what it is called, what stands around it, what may be chosen.

    ``beside`` are the units with the same parent, ``goals`` all units that may be chosen, ``parents`` those
    under which it may come to stand instead of where it stands; all as code and name.
    ``below`` and ``instead`` are the kinds that may stand below it and in its place. ``above`` says of units to choose
    what they stand under, for headings.
    """

    code: str
    name: str
    short_name: str
    kind: str
    day: date
    beside: tuple[tuple[str, str], ...]
    children: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]
    parents: tuple[tuple[str, str], ...]
    below: tuple[str, ...]
    instead: tuple[str, ...]
    above: Mapping[str, str] = field(default_factory=dict)


def text(label: str, **kwargs: Any) -> forms.CharField:
    """Return a field for a line of text."""
    kwargs.setdefault("max_length", 250)
    return forms.CharField(label=label, widget=forms.TextInput(attrs=PLAIN), **kwargs)


def by_committee(units: Pairs, above: Mapping[str, str]) -> Choices:
    """Return units to choose from under the name of what they stand under; a few, or those of one committee, as they
    are.
    """
    headings = list(dict.fromkeys(above.get(code, "") for code, _name in units))
    if len(units) <= _MOST_UNGROUPED or len(headings) < 2:
        return list(units)
    found: list[Choice] = [unit for unit in units if not above.get(unit[0])]
    for heading in filter(None, headings):
        # The heading says what stands above: the name need not say it again.
        own = [(code, name.removesuffix(f", {heading}")) for code, name in units if above.get(code) == heading]
        found.append((heading, own))
    return found


def kind_choices(codes: Sequence[str]) -> Choices:
    """Return kinds to choose from."""
    return [(code, kinds()[code].label) for code in codes]


class ActForm(OfficeForm):
    """What every act has: the day from which it holds, and the decision."""

    kind: ActKind
    day = DayField(label="Ngày có hiệu lực")
    decision_number = text("Số quyết định", required=False, max_length=60, help_text="Ví dụ 125-QĐ/ĐU")
    decision_date = DayField(label="Ngày quyết định", required=False)
    decision_issuer = text("Cơ quan ban hành", required=False, max_length=200)
    note = text("Ghi chú", required=False, max_length=300)
    paper = ("day", "decision_number", "decision_date", "decision_issuer", "note")
    lists: tuple[str, ...] = ("beside", "children")

    def __init__(self, *args: Any, place: ActPlace, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": place.day, **self.first_values(place), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.place = place
        self.settle()
        # Long lists of units come last of what is asked: mostly nothing is chosen there.
        own = sorted((name for name in self.fields if name not in self.paper), key=lambda name: name in self.lists)
        self.order_fields([*own, *self.paper])

    @classmethod
    def first_values(cls, place: ActPlace) -> dict[str, Any]:
        """Return what stands in the fields at first."""
        return {}

    def settle(self) -> None:
        """Give the fields their choices."""

    def own_fields(self) -> list[forms.BoundField]:
        """Return what is asked of this kind of act, without rows of new units, for the page."""
        left = (*self.paper, *self.lists)
        return [self[name] for name in self.fields if name not in left and not name.startswith("new")]

    def list_fields(self) -> list[forms.BoundField]:
        """Return the long lists of units, which stay folded until something is chosen there, for the page."""
        return [self[name] for name in self.lists if name in self.fields]

    def paper_fields(self) -> list[forms.BoundField]:
        """Return the day and the decision, for the page."""
        return [self[name] for name in self.paper]

    def draft(self) -> ActDraft:
        """Return the act as far as this page says it."""
        data = self.cleaned_data
        decision = Decision(data["decision_number"].strip(), data["decision_date"], data["decision_issuer"].strip())
        return ActDraft(self.kind, data["day"], decision=decision, note=tidy(data["note"]), **self.parts())

    def parts(self) -> dict[str, Any]:
        """Return what is particular to this kind of act."""
        raise NotImplementedError

    def units(self) -> tuple[str, ...]:
        """The unit itself and those chosen beside it."""
        return (self.place.code, *(code for code in self.cleaned_data.get("beside", ()) if code != self.place.code))

    def choose(self, name: str, choices: Choices, blank: str = "") -> None:
        """Give a field its choices."""
        asked = self.fields[name]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [("", blank), *choices] if blank else list(choices)

    def drop(self, *names: str) -> None:
        """Ask nothing there."""
        for name in names:
            del self.fields[name]


class BesideForm(ActForm):
    """An act on several units at once."""

    beside = forms.MultipleChoiceField(
        label="Cùng với", required=False, widget=forms.CheckboxSelectMultiple, help_text="Các tổ chức cùng cấp trên"
    )

    def settle(self) -> None:
        """Offer what stands beside; nothing is asked where nothing does."""
        if self.place.beside:
            self.choose("beside", list(self.place.beside))
        else:
            self.drop("beside")


class NewUnitsForm(ActForm):
    """Rows of new units."""

    rows = NEW_ROWS
    needed = 1

    def settle(self) -> None:
        """Make a row of fields for each new unit."""
        offered = kind_choices(self.kinds_of_new())
        for number in range(1, self.rows + 1):
            self.fields[f"new{number}_name"] = text("Tên đơn vị mới", required=number <= self.needed)
            kind = forms.ChoiceField(label="Loại hình", choices=offered, required=False)
            self.fields[f"new{number}_kind"] = kind
            self.fields[f"new{number}_code"] = text("Mã", required=False, max_length=40)
        for number in range(1, self.needed + 1):
            self.fields[f"new{number}_name"].error_messages["required"] = "Chưa có tên đơn vị mới."

    def kinds_of_new(self) -> tuple[str, ...]:
        """Return the kinds that new units may have."""
        return self.place.instead

    def new_rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """Give the fields of each row, for the page."""
        for number in range(1, self.rows + 1):
            yield number, [self[f"new{number}_{name}"] for name in ("name", "kind", "code")]

    def new_units(self, parent: str = "") -> tuple[NewUnit, ...]:
        """Return the rows that have a name; one without a code is called by the number of its row."""
        data = self.cleaned_data
        return tuple(
            NewUnit(
                tidy(data[f"new{number}_code"]) or f"+{number}",
                tidy(data[f"new{number}_name"]),
                data[f"new{number}_kind"] or self.kinds_of_new()[0],
                parent,
            )
            for number in range(1, self.rows + 1)
            if tidy(data.get(f"new{number}_name", ""))
        )


class OfficialCodeForm(OfficeForm):
    """The code of a unit in the official lists."""

    code = text("Mã chính thức", max_length=30, help_text="Ví dụ 38.168.053.000.001")
    start = DayField(label="Từ ngày")
