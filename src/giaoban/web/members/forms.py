"""Forms of members: each asks only what the register does not know."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from giaoban.apps.inspection.models import DecidingLevel, DisciplineForm
from giaoban.apps.organizations.operations import Decision
from giaoban.web.forms import DayField, OfficeForm, PartialDayField

Choices = list[tuple[str, str]]
SEX = [("male", "Nam"), ("female", "Nữ")]
_PLAIN = {"autocomplete": "off"}


def _text(label: str, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("max_length", 120)
    return forms.CharField(label=label, widget=forms.TextInput(attrs=_PLAIN), **kwargs)


class DecisionForm(OfficeForm):
    """The paper on which something is recorded."""

    decision_number = _text("Số quyết định", required=False, max_length=60, help_text="Ví dụ 125-QĐ/ĐU")
    decision_date = DayField(label="Ngày quyết định", required=False)

    def decision(self) -> Decision:
        """Return the decision that was typed."""
        data = self.cleaned_data
        return Decision(data["decision_number"].strip(), data["decision_date"], "")


class CellForm(DecisionForm):
    """A form about one cell below the chosen unit."""

    cell = forms.ChoiceField(label="Chi bộ")

    def __init__(self, *args: Any, cells: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cell"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = cells if len(cells) == 1 else [("", "Chọn chi bộ"), *cells]


class AdmissionForm(CellForm):
    """A person is admitted."""

    places = {"Họ và tên": "full_name"}
    full_name = _text("Họ và tên khai sinh", help_text="Viết có dấu, như trong lý lịch, ví dụ Nguyễn Thị Hường")
    birth = PartialDayField(
        label="Ngày sinh", help_text="Ví dụ 12/04/1998; chỉ biết tháng hoặc năm thì ghi 04/1998 hoặc 1998"
    )
    sex = forms.ChoiceField(label="Giới tính", choices=SEX, widget=forms.RadioSelect)
    day = DayField(label="Ngày kết nạp", help_text="Theo quyết định kết nạp, ví dụ 31/03/2023")
    identity_number = _text("Số định danh cá nhân", required=False, max_length=20, help_text="12 chữ số; được mã hóa")
    file_number = _text("Số lý lịch đảng viên", required=False, max_length=20)
    phone = _text("Điện thoại", required=False, max_length=20)
    field_order = [
        "cell",
        "full_name",
        "birth",
        "sex",
        "day",
        "decision_number",
        "decision_date",
        "identity_number",
        "file_number",
        "phone",
    ]


class ArrivalForm(CellForm):
    """A member comes with a letter from a Party organisation outside the system."""

    places = {"Họ và tên": "full_name"}
    full_name = _text("Họ và tên khai sinh", help_text="Như trong giấy giới thiệu")
    birth = PartialDayField(label="Ngày sinh", help_text="Ví dụ 12/04/1971; chỉ biết năm thì ghi 1971")
    sex = forms.ChoiceField(label="Giới tính", choices=SEX, widget=forms.RadioSelect)
    outside = _text("Nơi chuyển đến từ", max_length=200, help_text="Tên tổ chức đảng nơi đi, ví dụ Đảng bộ phường …")
    day = DayField(label="Ngày tiếp nhận")
    status = forms.ChoiceField(
        label="Là đảng viên",
        choices=[("official", "Chính thức"), ("probationary", "Dự bị")],
        widget=forms.RadioSelect,
    )
    admitted_on = DayField(label="Ngày kết nạp", required=False)
    recognised_on = DayField(label="Ngày công nhận chính thức", required=False)
    card_number = _text("Số thẻ đảng viên", required=False, max_length=20)
    field_order = [
        "cell",
        "full_name",
        "birth",
        "sex",
        "outside",
        "day",
        "status",
        "admitted_on",
        "recognised_on",
        "card_number",
        "decision_number",
        "decision_date",
    ]


class TransferForm(DecisionForm):
    """A member goes to another cell: one in the list, one known by its code, or one outside the system."""

    places = {"Nơi đến": "goal"}
    goal = forms.ChoiceField(label="Chi bộ nơi đến", required=False)
    goal_code = _text(
        "Mã chi bộ nơi đến",
        required=False,
        max_length=40,
        help_text="Chỉ ghi khi chi bộ nơi đến dùng chung hệ thống này mà không có trong danh sách trên",
    )
    outside = _text(
        "Tổ chức đảng ngoài hệ thống",
        required=False,
        max_length=200,
        help_text="Chỉ ghi khi chuyển ra ngoài, ví dụ Đảng bộ phường …, tỉnh …",
    )
    day = DayField(label="Ngày giới thiệu", help_text="Ngày của giấy giới thiệu, ví dụ 31/03/2023")
    temporary = forms.BooleanField(label="Chuyển sinh hoạt tạm thời", required=False)
    field_order = ["goal", "goal_code", "outside", "day", "temporary", "decision_number", "decision_date"]

    def __init__(self, *args: Any, cells: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["goal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Chọn trong danh sách"), *cells]
        self.fields["decision_number"].label = "Số giấy giới thiệu"
        self.fields["decision_number"].help_text = ""
        self.fields["decision_date"].label = "Ngày ký giấy giới thiệu"

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one place."""
        data = super().clean() or self.cleaned_data
        named = [key for key in ("goal", "goal_code", "outside") if (data.get(key) or "").strip()]
        if not named and not self.errors.get("goal"):
            self.add_error("goal", "Chưa có nơi đến; hãy chọn chi bộ, ghi mã chi bộ hoặc tên tổ chức ngoài hệ thống.")
        elif len(named) > 1:
            self.add_error(named[-1], "Đã ghi nơi đến ở ô khác; chỉ giữ một trong ba ô.")
        return data


class DayForm(OfficeForm):
    """Only a day."""

    places = {"Ngày tiếp nhận": "day"}
    day = DayField(label="Ngày tiếp nhận")


class RecognitionForm(DecisionForm):
    """A probationary member becomes an official one."""

    day = DayField(label="Ngày công nhận chính thức")
    field_order = ["day", "decision_number", "decision_date"]


class DisciplineEntryForm(DecisionForm):
    """A decision of discipline."""

    form = forms.ChoiceField(label="Hình thức kỷ luật", choices=DisciplineForm.choices, widget=forms.RadioSelect)
    level = forms.ChoiceField(label="Cấp quyết định", choices=[("", "Chọn cấp quyết định"), *DecidingLevel.choices])
    day = DayField(label="Ngày quyết định có hiệu lực")
    field_order = ["form", "level", "day", "decision_number", "decision_date"]


class CorrectionForm(DecisionForm):
    """An entry is taken back, or replaced by one with the right day and decision."""

    how = forms.ChoiceField(
        label="Đính chính thế nào",
        choices=[("replace", "Ghi lại cho đúng ngày, đúng quyết định"), ("void", "Bỏ hẳn lần ghi này")],
        widget=forms.RadioSelect,
    )
    day = DayField(label="Ngày đúng", required=False)
    decision_issuer = _text("Cơ quan ban hành", required=False, max_length=200)
    field_order = ["how", "day", "decision_number", "decision_date", "decision_issuer"]

    def clean(self) -> dict[str, Any]:
        """Ask for the day where the entry is replaced."""
        data = super().clean() or self.cleaned_data
        if data.get("how") == "replace" and not data.get("day") and not self.errors.get("day"):
            self.add_error("day", "Chưa có ngày đúng, ví dụ 31/03/2023.")
        return data

    def decision(self) -> Decision:
        """Return the decision that was typed, with its issuer."""
        data = self.cleaned_data
        signed: date | None = data["decision_date"]
        return Decision(data["decision_number"].strip(), signed, data["decision_issuer"].strip())
