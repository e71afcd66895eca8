"""Forms of candidates: each step asks only what that step needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from giaoban.apps.members.models import CandidateEvent
from giaoban.apps.members.operations import Numbers
from giaoban.apps.organizations.operations import Decision
from giaoban.web.forms import DayField, OfficeForm, PartialDayField
from giaoban.web.members.forms import SEX, Choices, CorrectionForm

E = CandidateEvent
_PLAIN = {"autocomplete": "off"}
_FOLDED = ("issuer", "sponsor_text", "sponsor_body", "file_number", "identity_number", "phone")


@dataclass(frozen=True, slots=True)
class StepWords:
    """What a step's day and paper are called; no paper where ``number`` is empty."""

    day: str
    number: str = ""
    example: str = ""


WORDS: Mapping[CandidateEvent, StepWords] = {
    E.CLASS_PASSED: StepWords("Ngày cấp giấy chứng nhận", "Số giấy chứng nhận", "112/GCN"),
    E.APPLIED: StepWords("Ngày viết đơn"),
    E.SPONSORED: StepWords("Ngày giới thiệu"),
    E.VETTED: StepWords("Ngày kết luận", "Số kết luận", "45-KL/BTC"),
    E.CELL_RESOLVED: StepWords("Ngày chi bộ họp xét", "Số nghị quyết", "07-NQ/CB"),
    E.BASE_RESOLVED: StepWords("Ngày đảng ủy họp xét", "Số nghị quyết", "19-NQ/ĐU"),
    E.PROPOSED: StepWords("Ngày tờ trình", "Số tờ trình", "33-TTr/ĐU"),
    E.DECIDED: StepWords("Ngày quyết định", "Số quyết định", "125-QĐ/ĐU"),
    E.DECISION_RECEIVED: StepWords("Ngày chi bộ nhận quyết định"),
    E.CEREMONY: StepWords("Ngày lễ kết nạp"),
    E.STOPPED: StepWords("Ngày thôi xem xét"),
}


class _OneOfChoice(forms.ChoiceField):
    """One of several fields of which exactly one is wanted: not marked as optional, and not asked for by itself."""

    def validate(self, value: Any) -> None:
        """Let an empty one pass: the form says which is missing."""
        if value not in self.empty_values:
            super().validate(value)


class _OneOfText(forms.CharField):
    """As ``_OneOfChoice``, for text."""

    def validate(self, value: Any) -> None:
        """Let an empty one pass."""
        if value not in self.empty_values:
            super().validate(value)


def _text(label: str, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("max_length", 120)
    return forms.CharField(label=label, widget=forms.TextInput(attrs={**_PLAIN}), **kwargs)


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=5000,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", **_PLAIN}),
        error_messages={"invalid": "Chưa phải là số; cần số phiếu, ví dụ 12."},
    )


class CandidateListForm(OfficeForm):
    """What is looked for in the list of candidates."""

    tim = _text("Họ tên", required=False)
    dien = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Đang xem xét"), ("admitted", "Đã kết nạp"), ("stopped", "Thôi xem xét"), ("all", "Tất cả")],
    )


class CandidateForm(OfficeForm):
    """A person whom a cell begins to consider."""

    places = {"Họ và tên": "full_name", "Ngày sinh": "birth", "Chi bộ": "cell"}
    cell = forms.ChoiceField(label="Chi bộ")
    full_name = _text("Họ và tên khai sinh", help_text="Viết có dấu, như trong lý lịch, ví dụ Nguyễn Thị Hường")
    birth = PartialDayField(
        label="Ngày sinh", help_text="Ví dụ 12/04/1998; chỉ biết tháng hoặc năm thì ghi 04/1998 hoặc 1998"
    )
    sex = forms.ChoiceField(label="Giới tính", choices=SEX, widget=forms.RadioSelect)

    def __init__(self, *args: Any, cells: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cell"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = cells if len(cells) == 1 else [("", "Chọn chi bộ"), *cells]


class StepForm(OfficeForm):
    """One step of a thread; fields that the step does not need are not there.

    Args:
        kind: the step.
        sponsors: official members of the cell, of whom one may be the sponsor.
        admits: the step enters the person as a member, so their numbers are asked for.
    """

    places = {"Người giới thiệu": "sponsor", "Họ và tên": "sponsor_text"}
    day = DayField(label="Ngày", help_text="")
    number = _text("Số", required=False, max_length=60)
    issuer = _text("Cơ quan ra quyết định", required=False, max_length=200)
    sponsor = _OneOfChoice(label="Đảng viên giới thiệu")
    sponsor_text = _OneOfText(
        label="Hoặc đảng viên ở chi bộ khác",
        max_length=120,
        widget=forms.TextInput(attrs={**_PLAIN}),
        help_text="Họ tên như trong sổ, thêm năm sinh nếu trùng tên; hoặc số thẻ",
    )
    sponsor_body = _OneOfText(
        label="Hoặc tổ chức đoàn thể",
        max_length=120,
        widget=forms.TextInput(attrs={**_PLAIN}),
        help_text="Tên tổ chức, ví dụ Đoàn thanh niên Sở Nội vụ",
    )
    votes_for = _count("Đảng viên chính thức tán thành")
    votes_of = _count("Tổng số được triệu tập")
    file_number = _text("Số lý lịch đảng viên", required=False, max_length=20)
    identity_number = _text("Số định danh cá nhân", required=False, max_length=20, help_text="12 chữ số; được mã hóa")
    phone = _text("Điện thoại", required=False, max_length=20)

    def __init__(
        self, *args: Any, kind: CandidateEvent, sponsors: Choices | None = None, admits: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.alone = kind, kind == E.SPONSORED and not sponsors
        words = WORDS[kind]
        self.fields["day"].label = words.day
        self.fields["day"].error_messages["required"] = f"Chưa có {words.day.lower()}."
        self._keep("number", bool(words.number))
        if words.number:
            field = self.fields["number"]
            field.label, field.help_text = words.number, f"Ví dụ {words.example}"
            if kind == E.DECIDED:
                field.required = True
                field.error_messages["required"] = "Chưa có số quyết định."
        self._keep("issuer", kind == E.DECIDED)
        for name in ("sponsor", "sponsor_text", "sponsor_body"):
            self._keep(name, kind == E.SPONSORED)
        for name in ("votes_for", "votes_of"):
            self._keep(name, kind in (E.CELL_RESOLVED, E.BASE_RESOLVED))
        if kind == E.BASE_RESOLVED:
            self.fields["votes_for"].label = "Đảng ủy viên tán thành"
            self.fields["votes_of"].label = "Tổng số được triệu tập"
            self.fields["votes_for"].required = self.fields["votes_of"].required = False
        for name in ("file_number", "identity_number", "phone"):
            self._keep(name, admits)
        if kind == E.SPONSORED:
            chooser = self.fields["sponsor"]
            assert isinstance(chooser, forms.ChoiceField)
            chooser.choices = [("", "Chọn trong chi bộ"), *(sponsors or [])]

    def _keep(self, name: str, wanted: bool) -> None:
        if not wanted:
            del self.fields[name]

    @property
    def asked(self) -> list[BoundField]:
        """The fields that stand open."""
        return [self[name] for name in self.fields if name not in _FOLDED]

    @property
    def folded(self) -> list[BoundField]:
        """The fields that few need: they are folded, so that the step takes one screen of a telephone."""
        return [self[name] for name in self.fields if name in _FOLDED]

    @property
    def folded_words(self) -> str:
        """What stands over the folded fields."""
        if self.kind == E.SPONSORED:
            return "Người ở chi bộ khác, tổ chức đoàn thể"
        return "Cơ quan ra quyết định" + (", số lý lịch, điện thoại" if "phone" in self.fields else "")

    @property
    def opened(self) -> bool:
        """Whether something is written or wrong in the fold, or nobody in the cell can be chosen as a sponsor."""
        return self.alone or any(item.value() or item.errors for item in self.folded)

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one sponsor."""
        data = super().clean() or self.cleaned_data
        if self.kind == E.SPONSORED:
            named = [key for key in ("sponsor", "sponsor_text", "sponsor_body") if (data.get(key) or "").strip()]
            if not named and "sponsor" not in self.errors:
                self.add_error("sponsor", "Chưa có người giới thiệu; chọn trong danh sách, hoặc mở phần dưới để ghi.")
            elif len(named) > 1:
                self.add_error(named[-1], "Đã ghi người giới thiệu ở ô khác; mỗi lần ghi một người.")
        return data

    def decision(self) -> Decision:
        """Return the paper: its day is the step's own."""
        data = self.cleaned_data
        number = (data.get("number") or "").strip()
        return Decision(number, data["day"] if number else None, (data.get("issuer") or "").strip())

    def numbers(self) -> Numbers:
        """Return the numbers under which the person enters the register of members."""
        data = self.cleaned_data
        return Numbers(data.get("file_number", ""), data.get("identity_number", ""), data.get("phone", ""))


class StepCorrectionForm(CorrectionForm):
    """A step is taken back, or given the right day and paper."""

    def __init__(self, *args: Any, kind: CandidateEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = WORDS[kind]
        self.fields["decision_number"].label = words.number or "Số văn bản"
        self.fields["decision_number"].help_text = ""
        self.fields["decision_date"].label = "Ngày văn bản"


class ReviewForm(OfficeForm):
    """The cell reviewed a probationary member, or the decision came."""

    places = {"Ngày chi bộ xét": "day", "Ngày công nhận chính thức": "day"}
    day = DayField(label="Ngày chi bộ xét")
    fit = forms.ChoiceField(
        label="Chi bộ đề nghị",
        choices=[("yes", "Công nhận đảng viên chính thức"), ("no", "Không công nhận")],
        widget=forms.RadioSelect,
    )
    number = _text("Số nghị quyết", required=False, max_length=60, help_text="Ví dụ 07-NQ/CB")
