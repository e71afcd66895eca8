"""Forms of the board and of what committees ask of their units."""

from __future__ import annotations

from typing import Any

from django import forms

from giaoban.apps.obligations.evidence import evidence_sources
from giaoban.apps.obligations.models import Rhythm
from giaoban.apps.obligations.shipped import shipped_duties
from giaoban.apps.organizations.kinds import kinds
from giaoban.web.forms import DayField, OfficeForm

_PLAIN = {"autocomplete": "off"}


class BoardForm(OfficeForm):
    """What the board shows."""

    den = DayField(label="Đã làm đến hết ngày", required=False, help_text="")
    thieu = forms.BooleanField(label="Chỉ hiện đến hạn chưa xong", required=False)
    cu = forms.BooleanField(label="Cả việc ngoài kỳ chưa xong", required=False)


def _number(label: str, help_text: str, **kwargs: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric", **_PLAIN})
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        widget=widget,
        error_messages={"invalid": "Cần một số nguyên.", "min_value": "Số quá nhỏ.", "max_value": "Số quá lớn."},
        **kwargs,
    )


_NARROWING = ("groups", "listed")


class DutyForm(OfficeForm):
    """A standing duty of the chosen committee."""

    places = {
        "Mã việc": "code",
        "Tên việc": "title",
        "Tên ngắn": "short",
        "Căn cứ": "evidence",
        "Loại hình": "kinds",
        "Hạn": "due_on",
        "Số ngày": "due_days",
        "Từ ngày": "start",
        "Cụm, khối": "groups",
        "Đơn vị": "listed",
    }
    title = forms.CharField(label="Tên việc", max_length=300, widget=forms.TextInput(attrs=_PLAIN))
    short = forms.CharField(
        label="Tên ngắn", max_length=40, widget=forms.TextInput(attrs=_PLAIN), help_text="Đứng ở đầu cột của bảng"
    )
    code = forms.CharField(
        label="Mã việc",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text="Để trống: đặt theo tên ngắn. Đặt lại một việc thì giữ mã cũ, ví dụ action-programme:01-NQ/MAU",
    )
    evidence = forms.ChoiceField(label="Căn cứ để biết đã làm")
    subject = forms.CharField(
        label="Về văn bản, cuộc nào", max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    rhythm = forms.ChoiceField(label="Bao lâu một lần", choices=Rhythm.choices, initial=Rhythm.MONTH)
    due_on = DayField(label="Hạn của việc một lần", required=False)
    due_from = forms.ChoiceField(
        label="Hạn của việc theo kỳ tính từ",
        choices=[("end", "ngày cuối kỳ"), ("start", "ngày đầu kỳ")],
        initial="end",
        widget=forms.RadioSelect,
        required=False,
    )
    due_days = _number("Số ngày", "0 là chính ngày đó; -10 là mười ngày trước", required=False)
    lock_days = _number(
        "Khóa sau", "Số ngày sau hạn thì không nhận nữa; để trống: luôn nhận", required=False, min_value=0
    )
    kinds = forms.MultipleChoiceField(
        label="Loại hình đơn vị phải làm",
        choices=[(code, kind.label) for code, kind in kinds().items()],
        widget=forms.CheckboxSelectMultiple,
    )
    groups = forms.MultipleChoiceField(
        label="Chỉ các cụm, khối",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn cụm, khối, đơn vị nào: mọi đơn vị thuộc loại hình đã chọn phải làm",
    )
    listed = forms.MultipleChoiceField(
        label="Chỉ các đơn vị",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Cả các chi bộ ở dưới đơn vị được chọn, nếu thuộc loại hình đã chọn",
    )
    start = DayField(label="Từ ngày", help_text="Tính từ kỳ bắt đầu từ ngày này trở đi, ví dụ 01/04/2023")
    source = forms.CharField(
        label="Văn bản giao việc", max_length=200, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )

    def __init__(self, *args: Any, groups: list[tuple[str, str]], units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(key, source.title) for key, source in evidence_sources().items()]
        for name, choices in (("evidence", sources), ("groups", groups), ("listed", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            if not choices:
                del self.fields[name]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that everybody fills."""
        return [field for field in self if field.name not in _NARROWING]

    @property
    def narrowing_fields(self) -> list[forms.BoundField]:
        """The fields that say that only some owe it."""
        return [field for field in self if field.name in _NARROWING]

    @property
    def is_narrowed(self) -> bool:
        """Whether something is chosen or refused there, so that it must be seen."""
        return any(field.value() or field.errors for field in self.narrowing_fields)


class CopyForm(OfficeForm):
    """Shipped duties to be taken over: those that need nothing named all at once."""

    places = {"Từ ngày": "start", "Về": "subject", "Hạn": "due_on"}
    keys = forms.MultipleChoiceField(label="Việc mẫu", widget=forms.CheckboxSelectMultiple)
    start = DayField(label="Từ ngày", help_text="Tính từ kỳ bắt đầu từ ngày này trở đi, ví dụ 01/04/2023")
    subject = forms.CharField(
        label="Về văn bản, cuộc nào",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text="Chỉ cho việc một lần, ví dụ 01-NQ/MAU",
    )
    due_on = DayField(label="Hạn của việc một lần", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keys"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.error_messages["required"] = "Chưa chọn việc nào."
        known = evidence_sources()
        field.choices = [
            (key, f"{one.title.replace(' {subject}', '')} ({one.note})")
            for key, one in shipped_duties().items()
            if one.evidence in known
        ]


class EndForm(OfficeForm):
    """From when a duty holds no more."""

    day = DayField(label="Từ ngày", help_text="Kỳ bắt đầu trước ngày này vẫn phải làm")
