"""The first page of an act, for each kind of act: it asks only what that kind needs."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.operations import ActKind, NewUnit
from giaoban.core.text_vi import fold, tidy
from giaoban.web.organizations.act_fields import (
    PLAIN,
    ActForm,
    ActPlace,
    BesideForm,
    NewUnitsForm,
    by_committee,
    kind_choices,
    text,
)

_CODE_HELP = "Mã đặt một lần, không đổi; để trống thì phần mềm đặt số tiếp theo"


class EstablishForm(ActForm):
    """A unit is established under the chosen one."""

    kind = ActKind.ESTABLISH
    name = text("Tên đơn vị mới", help_text="Tên đầy đủ, ví dụ Chi bộ Phòng Kế hoạch")
    short_name = text("Tên ngắn", required=False, max_length=120)
    unit_kind = forms.ChoiceField(label="Loại hình", widget=forms.RadioSelect)
    code = text("Mã đơn vị", required=False, max_length=40, help_text=_CODE_HELP)
    children = forms.MultipleChoiceField(
        label="Chuyển về trực thuộc đơn vị mới", required=False, widget=forms.CheckboxSelectMultiple
    )

    def settle(self) -> None:
        """Offer the kinds that may stand here, and the units that may come under the new one."""
        self.choose("unit_kind", kind_choices(self.place.below))
        if len(self.place.below) == 1:
            self.initial["unit_kind"] = self.place.below[0]
        if self.place.children:
            self.choose("children", list(self.place.children))
        else:
            self.drop("children")

    def parts(self) -> dict[str, Any]:
        """Return the new unit and what comes under it."""
        data = self.cleaned_data
        new = NewUnit(
            tidy(data["code"]) or "+1", tidy(data["name"]), data["unit_kind"], self.place.code, tidy(data["short_name"])
        )
        return {"new": (new,), "children": dict.fromkeys(data.get("children", ()), new.code)}


class RenameForm(ActForm):
    """A unit gets another name."""

    kind = ActKind.RENAME
    name = text("Tên mới")
    short_name = text("Tên ngắn mới", required=False, max_length=120)

    @classmethod
    def first_values(cls, place: ActPlace) -> dict[str, Any]:
        """Begin with the name that it has; what it is called for short seldom fits another one."""
        return {"name": place.name}

    def settle(self) -> None:
        """Tell the short name that ends with the old one."""
        if self.place.short_name:
            self.fields[
                "short_name"
            ].help_text = f"Đang dùng «{self.place.short_name}». Để trống thì từ ngày đổi tên không còn tên ngắn"

    def parts(self) -> dict[str, Any]:
        """Return the new name."""
        data = self.cleaned_data
        return {"units": (self.place.code,), "name": tidy(data["name"]), "short_name": tidy(data["short_name"])}


class ChangeKindForm(NewUnitsForm):
    """A cell becomes a committee with cells below it, or a committee becomes a cell."""

    kind = ActKind.CHANGE_KIND
    needed = 0
    unit_kind = forms.ChoiceField(label="Loại hình mới", widget=forms.RadioSelect)
    name = text("Tên mới", required=False, help_text="Để trống nếu giữ tên cũ")
    short_name = text("Tên ngắn mới", required=False, max_length=120)
    counts_as_established = forms.BooleanField(label="Quyết định ghi là thành lập tổ chức đảng", required=False)

    def kinds_of_new(self) -> tuple[str, ...]:
        """Return the kinds of cells that stand below the committee that it becomes."""
        below = [child for code in self.place.instead for child in kinds()[code].children if kinds()[child].members]
        return tuple(dict.fromkeys(sorted(below))) or ("cell",)

    def settle(self) -> None:
        """Offer the kinds that may stand in its place; rows of new cells only for what is a cell now."""
        others = [code for code in self.place.instead if code != self.place.kind]
        self.choose("unit_kind", kind_choices(others))
        if len(others) == 1:
            self.initial["unit_kind"] = others[0]
        if kinds()[self.place.kind].members:
            super().settle()
        else:
            self.rows = 0

    def parts(self) -> dict[str, Any]:
        """Return the new kind with the new cells."""
        data = self.cleaned_data
        return {
            "units": (self.place.code,),
            "unit_kind": data["unit_kind"],
            "name": tidy(data["name"]),
            "short_name": tidy(data["short_name"]),
            "counts_as_established": data["counts_as_established"],
            "new": self.new_units(self.place.code),
        }


class MoveForm(BesideForm):
    """Units come to stand under another one."""

    kind = ActKind.MOVE
    places = {"Cấp trên mới": "parent"}
    parent = forms.ChoiceField(label="Cấp trên mới")

    def settle(self) -> None:
        """Offer the units that may be above."""
        super().settle()
        self.choose("parent", by_committee(self.place.parents, self.place.above), "Chọn cấp trên mới")

    def parts(self) -> dict[str, Any]:
        """Return who goes where."""
        return {"units": self.units(), "parent": self.cleaned_data["parent"]}


class SplitForm(NewUnitsForm):
    """A part of a unit becomes a unit of its own, or the unit falls into new ones."""

    kind = ActKind.SPLIT
    goes_on = forms.ChoiceField(
        label="Đơn vị cũ",
        choices=[("yes", "Tiếp tục hoạt động, một phần tách ra"), ("no", "Kết thúc, chia hết thành các đơn vị mới")],
        initial="yes",
        widget=forms.RadioSelect,
    )
    counts_as_established = forms.BooleanField(label="Quyết định ghi là thành lập các tổ chức đảng mới", required=False)

    def parts(self) -> dict[str, Any]:
        """Return the new units."""
        data = self.cleaned_data
        return {
            "units": (self.place.code,),
            "new": self.new_units(),
            "goes_on": data["goes_on"] == "yes",
            "counts_as_established": data["counts_as_established"],
        }


class MergeForm(BesideForm):
    """Units end and another goes on for them."""

    kind = ActKind.MERGE
    places = {"Sáp nhập vào": "goal"}
    goal = forms.ChoiceField(label="Sáp nhập vào")

    def settle(self) -> None:
        """Offer the units that may go on."""
        super().settle()
        self.fields["goal"].error_messages["required"] = "Chưa chọn đơn vị nhận sáp nhập."
        goals = [one for one in self.place.goals if one[0] != self.place.code]
        self.choose("goal", by_committee(goals, self.place.above), "Chọn đơn vị nhận sáp nhập")

    def parts(self) -> dict[str, Any]:
        """Return who goes on for whom."""
        goal = self.cleaned_data["goal"]
        return {"units": tuple(code for code in self.units() if code != goal), "goal": goal}


class ConsolidateForm(BesideForm, NewUnitsForm):
    """Units end and a new one begins for them; further new units are cells below it."""

    kind = ActKind.CONSOLIDATE
    places = {"Các tổ chức hợp nhất": "beside"}
    lists = ("children",)
    counts_as_established = forms.BooleanField(label="Quyết định ghi là thành lập tổ chức đảng mới", required=False)

    def kinds_of_new(self) -> tuple[str, ...]:
        """Return the kinds that may stand here and, for the cells, below."""
        below = [child for code in self.place.instead for child in sorted(kinds()[code].children)]
        cells = [code for code in below if kinds()[code].members]
        return tuple(dict.fromkeys([self.place.kind, *self.place.instead, *cells]))

    def settle(self) -> None:
        """Offer what stands beside, and rows of new units."""
        BesideForm.settle(self)
        NewUnitsForm.settle(self)
        if "beside" in self.fields:
            self.fields["beside"].label = "Các tổ chức hợp nhất"

    def parts(self) -> dict[str, Any]:
        """Return who is consolidated into what."""
        return {
            "units": self.units(),
            "new": self.new_units(),
            "counts_as_established": self.cleaned_data["counts_as_established"],
        }


class HandOverForm(BesideForm):
    """Units go to another committee with all that stands below them, and with their members."""

    kind = ActKind.HAND_OVER
    places = {"Chuyển giao đến": "outside"}
    outside = text("Chuyển giao đến", max_length=200, help_text="Tên tổ chức đảng nơi nhận, ngoài hệ thống này")

    def parts(self) -> dict[str, Any]:
        """Return what goes and where to."""
        return {"units": self.units(), "outside": tidy(self.cleaned_data["outside"])}


class ReceiveForm(ActForm):
    """Units come from another committee with what stands below them."""

    kind = ActKind.RECEIVE
    places = {"Tiếp nhận từ": "outside", "Đơn vị mới": "listed"}
    outside = text("Tiếp nhận từ", max_length=200, help_text="Tên tổ chức đảng nơi giao, ngoài hệ thống này")
    listed = forms.CharField(
        label="Các tổ chức tiếp nhận",
        widget=forms.Textarea(attrs={"rows": 8, **PLAIN}),
        help_text="Mỗi dòng một tổ chức: tên; loại hình. Tổ chức trực thuộc viết ngay dưới, bắt đầu bằng dấu «-». "
        "Ví dụ: «Đảng bộ Công ty Một; đảng bộ cơ sở», dòng sau «- Chi bộ Phân xưởng 1».",
    )

    def clean_listed(self) -> tuple[NewUnit, ...]:
        """Read the list.

        Raises:
            ValidationError: a line that cannot be read.
        """
        found: list[NewUnit] = []
        top: NewUnit | None = None
        for number, line in enumerate(self.cleaned_data["listed"].splitlines(), 1):
            if not line.strip():
                continue
            below = re.match(r"\s*[-–+]\s*", line)
            name, _sign, word = line[below.end() if below else 0 :].partition(";")
            if below and top is None:
                raise forms.ValidationError(f"Dòng {number}: chưa có tổ chức cấp trên ở dòng trước.")
            above = kinds()[top.unit_kind] if below and top else kinds()[self.place.kind]
            kind = _kind_of(word, sorted(above.children))
            if not tidy(name) or kind is None:
                offered = ", ".join(kinds()[code].label.lower() for code in sorted(above.children)) or "không có"
                raise forms.ValidationError(f"Dòng {number}: cần tên và loại hình ({offered}).")
            one = NewUnit(f"+{len(found) + 1}", tidy(name), kind, top.code if below and top else self.place.code)
            found.append(one)
            top = top if below else one
        return tuple(found)

    def parts(self) -> dict[str, Any]:
        """Return what comes and where from."""
        return {"new": self.cleaned_data["listed"], "outside": tidy(self.cleaned_data["outside"])}


def _kind_of(word: str, allowed: list[str]) -> str | None:
    """Return the kind that a word means among the allowed ones; without a word the one kind that holds members."""
    if not word.strip():
        cells = [code for code in allowed if kinds()[code].members]
        return cells[0] if len(cells) == 1 else None
    return next((code for code in allowed if fold(kinds()[code].label) == fold(tidy(word))), None)


class DissolveForm(ActForm):
    """A unit ends and nothing goes on for it."""

    kind = ActKind.DISSOLVE

    def parts(self) -> dict[str, Any]:
        """Return what ends."""
        return {"units": (self.place.code,)}


FORMS: dict[ActKind, type[ActForm]] = {
    form.kind: form
    for form in (
        EstablishForm,
        RenameForm,
        ChangeKindForm,
        MoveForm,
        SplitForm,
        MergeForm,
        ConsolidateForm,
        HandOverForm,
        ReceiveForm,
        DissolveForm,
    )
}
