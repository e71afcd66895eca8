"""Forms of terms: a whole committee with its term, a term alone, and the correction of what was recorded."""

from __future__ import annotations

from typing import Any

from django import forms

from giaoban.apps.organizations.kinds import Kind, Office
from giaoban.apps.organizations.models import TermEvent
from giaoban.apps.organizations.terms import Sizes
from giaoban.web.forms import DayField
from giaoban.web.organizations.committee_forms import SeatsForm
from giaoban.web.organizations.paper_form import PAPER_FIELDS, PaperForm, number_field, text_field

# The fields of a term by the names that its entry has for them.
TERM_FIELDS = ("name", "until", "committee_size", "standing_size", "inspection_size")


class TermFields(PaperForm):
    """What a term has: its name, its last day, and how many people each body was decided to have."""

    places = {"Nhiệm kỳ": "name"}
    name = text_field("Nhiệm kỳ", required=False, max_length=20)
    until = DayField(label="Hết nhiệm kỳ vào hết ngày", required=False)
    committee_size = number_field("Số lượng cấp ủy viên đã quyết định")
    standing_size = number_field("Số lượng ủy viên ban thường vụ")
    inspection_size = number_field("Số lượng ủy viên ủy ban kiểm tra")

    def leave_out_bodies(self, kind: Kind) -> None:
        """Leave out the numbers of bodies that a unit of this kind does not have."""
        if Office.STANDING_MEMBER not in kind.offices:
            self.fields.pop("standing_size", None)
        if Office.INSPECTION_CHAIR not in kind.offices:
            self.fields.pop("inspection_size", None)

    def sizes(self) -> Sizes:
        """Return the numbers that were typed."""
        data = self.cleaned_data
        return Sizes(data.get("committee_size"), data.get("standing_size"), data.get("inspection_size"))


class CongressForm(TermFields, SeatsForm):
    """A whole committee: elected by a congress, or appointed until there is one."""

    kind_of = forms.ChoiceField(
        label="Hình thức",
        choices=[(TermEvent.CONGRESS, "Đại hội bầu"), (TermEvent.APPOINTED, "Cấp trên chỉ định lâm thời")],
        widget=forms.RadioSelect,
    )
    day = DayField(label="Ngày đại hội hoặc ngày chỉ định")
    name = text_field("Nhiệm kỳ", required=False, max_length=20, help_text="Ví dụ 2025 - 2030")
    field_order = ["kind_of", "day", *TERM_FIELDS, *PAPER_FIELDS]

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.leave_out_bodies(kind)


class TermForm(TermFields):
    """A term that runs already, is made longer or shorter, or ends; a congress has its own form."""

    kind_of = forms.ChoiceField(
        label="Việc",
        choices=[
            (TermEvent.OPENING.value, "Nhiệm kỳ đang chạy khi bắt đầu dùng sổ"),
            (TermEvent.EXTENDED.value, "Kéo dài, rút ngắn nhiệm kỳ hoặc đổi số lượng"),
            (TermEvent.ENDED.value, "Kết thúc nhiệm kỳ"),
        ],
        widget=forms.RadioSelect,
    )
    day = DayField(label="Từ ngày")
    name = text_field("Nhiệm kỳ", required=False, max_length=20, help_text="Chỉ ghi khi nhiệm kỳ bắt đầu")
    field_order = ["kind_of", "day", *TERM_FIELDS, *PAPER_FIELDS]

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leave_out_bodies(kind)


class CorrectEntryForm(PaperForm):
    """An entry is taken back, or replaced by one with the right day, paper and content."""

    how = forms.ChoiceField(
        label="Đính chính thế nào",
        choices=[("replace", "Ghi lại cho đúng"), ("void", "Bỏ hẳn lần ghi này")],
        widget=forms.RadioSelect,
    )
    day = DayField(label="Ngày đúng", required=False)
    field_order = ["how", "day", *TERM_FIELDS, "note", *PAPER_FIELDS]

    def clean(self) -> dict[str, Any]:
        """Ask for the day where the entry is replaced."""
        data = super().clean() or self.cleaned_data
        if data.get("how") == "replace" and not data.get("day") and "day" not in self.errors:
            self.add_error("day", "Chưa có ngày đúng, ví dụ 31/03/2023.")
        return data


class CorrectTermForm(CorrectEntryForm, TermFields):
    """The same of an event of a term."""


class CorrectDecisionForm(CorrectEntryForm):
    """The same of a decision about a committee."""

    note = text_field("Nội dung", required=False, max_length=300)
