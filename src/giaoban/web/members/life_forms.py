"""Forms of what happens in a member's life: absences, cards, honours, conclusions, ways out and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from giaoban.apps.members.grounds import grounds_on
from giaoban.apps.members.models import (
    CardReason,
    HonourForm,
    HonourLevel,
    HonourReason,
    VettingPurpose,
)
from giaoban.web.forms import DayField, OfficeForm
from giaoban.web.members.forms import CellForm, Choices, DecisionForm

_PLAIN = {"autocomplete": "off"}


def _text(label: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.TextInput(attrs=_PLAIN), **kwargs)


class AwayForm(OfficeForm):
    """A member goes far away: on a telephone all of it is on one screen."""

    place = _text("Nơi đến", max_length=120, help_text="Chỉ tên địa phương, ví dụ Bình Dương")
    abroad = forms.BooleanField(label="Ra nước ngoài", required=False)
    day = DayField(label="Từ ngày", help_text="")
    until = DayField(label="Đến ngày", required=False, help_text="")


class AwayStepForm(OfficeForm):
    """A member who is away was contacted, or is back."""

    day = DayField(label="Ngày")


class ExemptForm(DecisionForm):
    """A member is exempt from work and meetings, or no longer."""

    what = forms.ChoiceField(
        label="Ghi việc gì",
        choices=[("exempt", "Miễn tiếp (gia hạn)"), ("end", "Kết thúc miễn, sinh hoạt trở lại")],
        widget=forms.RadioSelect,
    )
    day = DayField(label="Từ ngày")
    until = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu miễn không thời hạn")
    field_order = ["what", "day", "until", "decision_number", "decision_date"]

    def __init__(self, *args: Any, exempt: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not exempt:
            del self.fields["what"]


class CardForm(DecisionForm):
    """The first card of an official member."""

    card_number = _text("Số thẻ", max_length=20, help_text="Số in trên thẻ")
    round = forms.ChoiceField(label="Đợt phát thẻ", required=False)
    day = DayField(label="Ngày phát thẻ")
    field_order = ["card_number", "round", "day", "decision_number", "decision_date"]

    def __init__(self, *args: Any, rounds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["round"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Không theo đợt"), *rounds]


class CardAgainForm(DecisionForm):
    """A card is issued once more."""

    reason = forms.ChoiceField(label="Lý do", choices=CardReason.choices, widget=forms.RadioSelect)
    card_number = _text("Số thẻ mới", max_length=20, required=False, help_text="Để trống nếu giữ số cũ")
    day = DayField(label="Ngày cấp lại")
    places = {"Số thẻ": "card_number"}
    field_order = ["reason", "card_number", "day", "decision_number", "decision_date"]


class CommendForm(DecisionForm):
    """A commendation, proposed or given."""

    what = forms.ChoiceField(
        label="Ghi việc gì",
        choices=[("commended", "Đã có quyết định khen"), ("commend_proposed", "Mới đề nghị khen")],
        widget=forms.RadioSelect,
        initial="commended",
    )
    reason = forms.ChoiceField(label="Thành tích", choices=[("", "Chọn thành tích"), *HonourReason.choices])
    level = forms.ChoiceField(label="Cấp khen", choices=[("", "Chọn cấp khen"), *HonourLevel.choices])
    form = forms.ChoiceField(label="Hình thức", required=False, choices=[("", "Chọn hình thức"), *HonourForm.choices])
    day = DayField(label="Ngày", help_text="Ngày quyết định hoặc ngày đề nghị, ví dụ 31/03/2023")
    field_order = ["what", "reason", "level", "form", "day", "decision_number", "decision_date"]


class UnitHonourForm(CommendForm):
    """An organisation is commended, or recognised as «bốn tốt»: that is the achievement itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what, reason = self.fields["what"], self.fields["reason"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [*CommendForm.base_fields["what"].choices, ("four_goods", "Công nhận «bốn tốt»")]  # type: ignore[attr-defined]
        reason.required = False
        reason.help_text = "Để trống khi công nhận «bốn tốt»"

    def clean(self) -> dict[str, Any]:
        """A commendation has its achievement; «bốn tốt» has none, and no form."""
        data = super().clean() or self.cleaned_data
        if data.get("what") == "four_goods":
            data["reason"] = data["form"] = ""
        elif not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Chưa có thành tích.")
        return data


class BadgeForm(DecisionForm):
    """A badge of a member, proposed or awarded."""

    what = forms.ChoiceField(
        label="Ghi việc gì",
        choices=[("badge_awarded", "Đã tặng Huy hiệu"), ("badge_proposed", "Mới đề nghị tặng")],
        widget=forms.RadioSelect,
    )
    years = forms.ChoiceField(label="Huy hiệu")
    round = forms.ChoiceField(label="Đợt")
    how = forms.ChoiceField(
        label="Cách tặng",
        choices=[("regular", "Đúng hạn"), ("early", "Sớm vì bệnh nặng"), ("posthumous", "Truy tặng")],
        widget=forms.RadioSelect,
    )
    level = forms.ChoiceField(label="Cấp tặng", choices=HonourLevel.choices, initial=HonourLevel.PROVINCIAL)
    day = DayField(label="Ngày", help_text="Ngày quyết định hoặc ngày đề nghị, ví dụ 03/02/2023")
    field_order = ["what", "years", "round", "how", "level", "day", "decision_number", "decision_date"]

    def __init__(self, *args: Any, years: Choices, rounds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, choices in (("years", years), ("round", rounds)):
            field = self.fields[key]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class BadgeBatchForm(DecisionForm):
    """Badges of everybody who was ticked, on one decision."""

    what = forms.ChoiceField(
        label="Ghi cho những người đã chọn",
        choices=[("badge_proposed", "Đề nghị tặng Huy hiệu"), ("badge_awarded", "Đã tặng Huy hiệu")],
        widget=forms.RadioSelect,
        initial="badge_proposed",
    )
    level = forms.ChoiceField(label="Cấp tặng", choices=HonourLevel.choices, initial=HonourLevel.PROVINCIAL)
    day = DayField(label="Ngày", help_text="Ngày quyết định hoặc ngày đề nghị")
    field_order = ["what", "level", "day", "decision_number", "decision_date"]


class RatingForm(DecisionForm):
    """What all lines of a sheet of grades share."""

    day = DayField(label="Ngày xếp loại", help_text="Ngày của quyết định hoặc của kỳ họp, ví dụ 20/12/2023")
    field_order = ["day", "decision_number", "decision_date"]


class VettingForm(OfficeForm):
    """A conclusion on the political standard: its number and its date, nothing else (decision D13)."""

    purpose = forms.ChoiceField(label="Mục đích", choices=VettingPurpose.choices, widget=forms.RadioSelect)
    number = _text("Số kết luận", max_length=60, help_text="Ví dụ 45-KL/BTC; nội dung chỉ lưu trên giấy")
    day = DayField(label="Ngày kết luận")


class OpinionForm(DecisionForm):
    """An opinion on a member's standing was given; never what it says."""

    day = DayField(label="Ngày cho ý kiến")
    field_order = ["day", "decision_number", "decision_date"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_number"].label = "Số văn bản"
        self.fields["decision_date"].label = "Ngày văn bản"


class LeaveForm(DecisionForm):
    """A member leaves the Party; expulsion is recorded with the discipline."""

    how = forms.ChoiceField(
        label="Hình thức",
        choices=[("resigned", "Xin ra khỏi Đảng"), ("struck_off", "Xóa tên")],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(label="Căn cứ xóa tên", required=False, help_text="Chỉ chọn khi xóa tên")
    day = DayField(label="Ngày quyết định có hiệu lực")
    field_order = ["how", "ground", "day", "decision_number", "decision_date"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Chọn căn cứ"), *((code, one.label) for code, one in grounds_on(today).items())]

    def clean(self) -> dict[str, Any]:
        """A ground belongs to striking off, and to nothing else."""
        data = super().clean() or self.cleaned_data
        if data.get("how") == "struck_off" and not data.get("ground") and "ground" not in self.errors:
            self.add_error("ground", "Chưa chọn căn cứ xóa tên.")
        if data.get("how") == "resigned" and data.get("ground"):
            self.add_error("ground", "Xin ra khỏi Đảng thì không chọn căn cứ xóa tên.")
        return data


class DeathForm(OfficeForm):
    """A member died."""

    day = DayField(label="Ngày từ trần")


class RestoreForm(CellForm):
    """Membership is restored."""

    day = DayField(label="Ngày khôi phục")
    status = forms.ChoiceField(
        label="Là đảng viên",
        choices=[("official", "Chính thức"), ("probationary", "Dự bị")],
        widget=forms.RadioSelect,
        initial="official",
    )
    field_order = ["cell", "day", "status", "decision_number", "decision_date"]
