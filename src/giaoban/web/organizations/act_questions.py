"""The second page of an act: where units and members go, what becomes of groups and grants; one by one or by a list."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms

from giaoban.apps.members.queries.act_people import PeopleToPlace, PersonToPlace, find_in
from giaoban.apps.organizations.operations import ActDraft
from giaoban.apps.organizations.operations.acts import END, KEEP
from giaoban.apps.organizations.queries.act_choices import Questions
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import fold, quoted, tidy
from giaoban.web.forms import OfficeForm, sentence
from giaoban.web.organizations.act_fields import Choices, by_committee

_NEW_ONE = re.compile(r"(?:moi|\+)\s*(\d+)\Z")
# More cells than these are offered once for all members of a cell, not for each of them.
_MOST_FOR_EACH = 12


Pairs = tuple[tuple[str, str], ...]
ALL_UNITS, ALL_MEMBERS = "all_units", "all_members"


@dataclass(frozen=True, slots=True)
class Goals:
    """Where things can go, as code and name.

    ``new`` are the units that begin, ``new_cells`` those of them that hold members, ``cells`` older cells, ``units``
    for each child the units under which it can stand, ``heirs`` what goes on for the units that end. ``above`` says of
    older units what they stand under, for headings.
    """

    new: Pairs
    new_cells: Pairs
    cells: Pairs
    units: Mapping[str, Pairs]
    heirs: Pairs
    above: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member with the field that asks where they go."""

    name: str
    about: str
    field: forms.BoundField


class QuestionForm(OfficeForm):
    """All that is left open by the first page."""

    def __init__(self, *args: Any, questions: Questions, people: PeopleToPlace, goals: Goals, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.people = people
        self.goals = goals
        self._children()
        self._cells()
        self._members()
        if people.people:
            self.fields["by_list"] = forms.CharField(
                label="Theo danh sách",
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
                help_text="Mỗi dòng một người: họ tên hoặc số thẻ; nơi đến (mã chi bộ, hoặc «mới 1», «mới 2» theo "
                "thứ tự đơn vị mới). Danh sách được ưu tiên hơn nơi đến chung.",
            )
        self._groups()
        self._grants()

    def _choice(self, name: str, label: str, choices: Choices, *, required: bool, **kwargs: Any) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=list(choices), required=required, **kwargs)
        self.fields[name].error_messages["required"] = "Chưa chọn."

    def _all_to(self, name: str, label: str, offered: Choices) -> None:
        """Offer one answer for all that is asked below it; each may still be answered for itself."""
        help_text = "Nơi chọn riêng ở dưới được ưu tiên."
        choices: Choices = [("", "Chọn riêng ở dưới"), *offered]
        self._choice(name, label, choices, required=False, help_text=help_text)

    def _for_all(self, name: str) -> bool:
        return self.is_bound and bool(self.data.get(name))

    def _children(self) -> None:
        asked = [one for one in self.questions.children if one.needed and not one.default]
        if len(asked) > 1:
            offered = [dict([*self.goals.new, *self.goals.units.get(one.unit.code, ())]) for one in asked]
            shared = [(code, name) for code, name in offered[0].items() if all(code in other for other in offered)]
            ends: Choices = [(END, "Giải thể cùng")] if all(one.may_end for one in asked) else []
            if ends or shared:
                self._all_to(ALL_UNITS, "Tất cả tổ chức", [*ends, *by_committee(shared, self.goals.above)])
        for one in self.questions.children:
            blank = "Chọn nơi đến" if one.needed else "Giữ nguyên"
            units = self.goals.units.get(one.unit.code, ())
            if one.default:
                blank = "Về đơn vị kế thừa"
                units = tuple(unit for unit in units if unit[0] != one.default)
            new = [unit for unit in self.goals.new if unit[0] != one.default]
            more = [(END, "Giải thể cùng")] if one.may_end else []
            choices = [("", blank), *more, *new, *by_committee(units, self.goals.above)]
            required = one.needed and not self._for_all(ALL_UNITS)
            self._choice(f"child_{one.unit.code}", one.unit.place, choices, required=required)

    def _cells(self) -> None:
        filled = [one for one in self.questions.cells if self.people.counts.get(one.unit.code, 0)]
        if sum(one.needed for one in filled) > 1:
            left = {one.unit.code for one in filled}
            cells = [cell for cell in self.goals.cells if cell[0] not in left]
            choices: Choices = [*self.goals.new_cells, *by_committee(cells, self.goals.above)]
            self._all_to(ALL_MEMBERS, "Tất cả đảng viên của các chi bộ này", choices)
        for one in self.questions.cells:
            number = self.people.counts.get(one.unit.code, 0)
            if not number:
                continue
            label = f"{one.unit.place}: {format_number(number)} đảng viên"
            blank = (
                "Chọn chi bộ"
                if one.needed
                else "Về đơn vị kế thừa"
                if one.default
                else "Ở lại, trừ người chọn dưới đây"
            )
            others = [cell for cell in self.goals.cells if cell[0] != one.unit.code]
            offered: Choices = [*self.goals.new_cells, *by_committee(others, self.goals.above)]
            # Of a committee that dissolves only the cells that end with it are asked about.
            required = one.needed and not any(child.unit.code == one.unit.code for child in self.questions.children)
            required = required and not self._for_all(ALL_MEMBERS)
            self._choice(f"cell_{one.unit.code}", label, [("", blank), *offered], required=required)

    def _members(self) -> None:
        if not self.people.one_by_one:
            return
        few = self.goals.cells if len(self.goals.cells) <= _MOST_FOR_EACH else ()
        stays = {one.unit.code for one in self.questions.cells if not one.needed and not one.default}
        for person in self.people.people:
            choices = [("", "Theo nơi đến chung"), *self.goals.new_cells]
            choices += [cell for cell in few if cell[0] != person.unit]
            if person.unit in stays:
                choices.append((KEEP, "Ở lại"))
            self._choice(f"member_{person.uid}", person.full_name, choices, required=False)

    def _groups(self) -> None:
        for one in self.questions.groups:
            choices = [(END, "Kết thúc"), *((code, f"Chuyển cho {name}") for code, name in self.goals.heirs)]
            self._choice(f"group_{one.key}", f"{one.group}: {one.unit.place}", choices, required=True, initial=END)

    def _grants(self) -> None:
        for one in self.questions.grants:
            choices = [(KEEP, "Giữ nguyên"), (END, "Kết thúc")]
            choices += [(code, f"Giao quyền ở {name}") for code, name in self.goals.heirs]
            label = f"{one.person}: «{one.role}» tại {one.unit.place}"
            self._choice(f"grant_{one.uid}", label, choices, required=True, widget=forms.RadioSelect)

    def _named(self, prefix: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    def child_fields(self) -> list[forms.BoundField]:
        """Return what is asked about units, for the page."""
        return [*self._named(ALL_UNITS), *self._named("child_")]

    def cell_fields(self) -> list[forms.BoundField]:
        """Return what is asked about all members of a cell, for the page."""
        return [*self._named(ALL_MEMBERS), *self._named("cell_")]

    def group_fields(self) -> list[forms.BoundField]:
        """Return what is asked about clusters and sectors, for the page."""
        return self._named("group_")

    def grant_fields(self) -> list[forms.BoundField]:
        """Return what is asked about grants, for the page."""
        return self._named("grant_")

    def list_field(self) -> forms.BoundField | None:
        """Return the field for a list of names, for the page."""
        return self["by_list"] if "by_list" in self.fields else None

    def persons_open(self) -> bool:
        """Tell whether somebody is chosen already, or must be: then the list stands open."""
        chosen = self.is_bound and any(row.field.value() for row in self.person_rows())
        return chosen or not any(cell.needed or cell.default for cell in self.questions.cells)

    def person_rows(self) -> list[PersonRow]:
        """Return the members with their fields, for the page."""
        if not self.people.one_by_one:
            return []
        return [PersonRow(one.full_name, _about(one), self[f"member_{one.uid}"]) for one in self.people.people]

    def clean(self) -> dict[str, Any]:
        """Read the list of names."""
        data = super().clean() or self.cleaned_data
        listed: dict[uuid.UUID, str] = {}
        for number, line in enumerate((data.get("by_list") or "").splitlines(), 1):
            if line.strip():
                try:
                    person, goal = self._line(line)
                    listed[person.uid] = goal
                except InvalidInput as error:
                    self.add_error("by_list", f"Dòng {number}: {sentence(error)}")
        data["listed"] = listed
        return data

    def _line(self, line: str) -> tuple[PersonToPlace, str]:
        who, sign, where = line.rpartition(";")
        if not sign:
            raise InvalidInput(f"{quoted(tidy(line))} chưa có nơi đến", expected="họ tên hoặc số thẻ; nơi đến")
        return find_in(self.people.people, who), self._goal(tidy(where))

    def _goal(self, text: str) -> str:
        new = _NEW_ONE.match(fold(text))
        if new is not None and int(new.group(1)) <= len(self.goals.new):
            return self.goals.new[int(new.group(1)) - 1][0]
        for code, name in (*self.goals.new_cells, *self.goals.cells):
            if fold(text) in (fold(code), fold(name)):
                return code
        raise InvalidInput(
            f"Không có chi bộ {quoted(text)}", expected="mã chi bộ, hoặc «mới 1» cho đơn vị mới thứ nhất"
        )

    def answered(self, draft: ActDraft) -> ActDraft:
        """Return the act with the answers."""
        data = self.cleaned_data
        children = dict(draft.children) | {
            one.unit.code: goal
            for one in self.questions.children
            if (goal := data.get(f"child_{one.unit.code}") or (data.get(ALL_UNITS) if one.needed else ""))
        }
        members = {
            one.uid: data[f"member_{one.uid}"]
            for one in (self.people.people if self.people.one_by_one else ())
            if data.get(f"member_{one.uid}")
        }
        return replace(
            draft,
            children=children,
            members_to={
                one.unit.code: goal
                for one in self.questions.cells
                if (goal := data.get(f"cell_{one.unit.code}") or (data.get(ALL_MEMBERS) if one.needed else ""))
                and f"cell_{one.unit.code}" in self.fields
                and children.get(one.unit.code, END) == END
            },
            members=members | data["listed"],
            groups={one.key: data[f"group_{one.key}"] for one in self.questions.groups},
            grants={one.uid: data[f"grant_{one.uid}"] for one in self.questions.grants},
        )


def _about(person: PersonToPlace) -> str:
    status = "chính thức" if person.official else "dự bị"
    return f"{person.birth_year}, {status}, {person.unit}"
