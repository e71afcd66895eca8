"""Forms of transfers: people who come, people who go, letters that were withdrawn or handed in elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms

from giaoban.web.forms import DayField, OfficeForm
from giaoban.web.members.forms import ArrivalForm, Choices, TransferForm

_UNTIL = "Chỉ ghi khi chuyển tạm thời có thời hạn"


class ComingForm(ArrivalForm):
    """A member comes with a letter from outside the system, to stay or for a time."""

    temporary = forms.BooleanField(label="Chỉ sinh hoạt tạm thời", required=False)
    until = DayField(label="Đến ngày", required=False, help_text=_UNTIL)
    field_order = [
        *ArrivalForm.field_order[:6],
        "temporary",
        "until",
        *ArrivalForm.field_order[6:],
    ]


class GoingForm(TransferForm):
    """A member goes to another cell, out of the system or out of the country, for good or for a time."""

    abroad = forms.BooleanField(label="Chuyển ra nước ngoài", required=False)
    until = DayField(label="Đến ngày", required=False, help_text=_UNTIL)
    field_order = [
        "goal",
        "goal_code",
        "outside",
        "abroad",
        "day",
        "temporary",
        "until",
        "decision_number",
        "decision_date",
    ]

    def clean(self) -> dict[str, Any]:
        """Refuse a cell of the system that lies abroad."""
        data = super().clean() or self.cleaned_data
        if data.get("abroad") and not (data.get("outside") or "").strip() and not self.errors:
            self.add_error("abroad", "Chuyển ra nước ngoài thì ghi tên tổ chức đảng nơi đến ở ô ngoài hệ thống.")
        return data


class HandInForm(OfficeForm):
    """A letter was handed in at another place than the one it names."""

    goal = forms.ChoiceField(label="Chi bộ đã nhận giấy", required=False)
    outside = forms.CharField(
        label="Tổ chức đảng ngoài hệ thống",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Chỉ ghi khi giấy nộp ngoài hệ thống, ví dụ Đảng bộ phường …, tỉnh …",
    )
    day = DayField(label="Ngày tiếp nhận")
    places = {"Ngày tiếp nhận": "day", "Ngày nộp": "day", "Nơi đến": "outside", "Nơi tiếp nhận": "goal"}

    def __init__(self, *args: Any, cells: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["goal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Chọn trong danh sách"), *cells]

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one place."""
        data = super().clean() or self.cleaned_data
        named = [key for key in ("goal", "outside") if (data.get(key) or "").strip()]
        if len(named) != 1 and not self.errors:
            self.add_error("goal", "Chọn chi bộ đã nhận giấy, hoặc ghi tên tổ chức ngoài hệ thống; một trong hai.")
        return data


class WithdrawForm(OfficeForm):
    """A letter was withdrawn."""

    day = DayField(label="Ngày rút")


class StayEndForm(OfficeForm):
    """A temporary stay is over."""

    day = DayField(label="Ngày kết thúc")
