"""Forms of sign-in, password, people and their grants."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import GrantTerms
from giaoban.web.forms import DayField, OfficeForm

_NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


class SignInForm(OfficeForm):
    """Name and password."""

    username = forms.CharField(label="Tên đăng nhập", max_length=60, widget=forms.TextInput(attrs=_NAME))
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class FirstPasswordForm(OfficeForm):
    """Name, the printed code, and the new password twice."""

    username = forms.CharField(label="Tên đăng nhập", max_length=60, widget=forms.TextInput(attrs=_NAME))
    code = forms.CharField(
        label="Mã một lần",
        max_length=40,
        help_text="Mã in trên phiếu của văn phòng, dùng được một lần, ví dụ ABCD-EFGH-JKLM",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        max_length=200,
        help_text="Ít nhất 10 ký tự; một câu ngắn dễ nhớ là tốt nhất",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu mới",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Compare both passwords."""
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Hai lần nhập chưa giống nhau; hãy nhập lại đúng mật khẩu mới ở trên.")
        return data


def _roles() -> list[tuple[str, str]]:
    return [(role.code, role.label) for role in rights_table().roles.values()]


class GrantForm(OfficeForm):
    """A role on a unit with its subtree, from a day to a day."""

    places = {"Thời hạn": "last_day"}
    role = forms.ChoiceField(label="Vai trò", widget=forms.RadioSelect, choices=_roles)
    unit = forms.CharField(
        label="Mã đơn vị",
        max_length=40,
        help_text="Quyền có ở đơn vị này và mọi tổ chức trực thuộc; mã ghi ở trang của đơn vị, ví dụ MAU.15",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    first_day = DayField(label="Từ ngày")
    last_day = DayField(label="Đến hết ngày", required=False, help_text="Để trống: đến khi có người kết thúc")
    decision = forms.CharField(label="Theo văn bản", required=False, max_length=120)

    def terms(self, unit: Unit) -> GrantTerms:
        """Return what was typed; the last day belongs to the grant, terms are half-open."""
        data = self.cleaned_data
        last = data["last_day"]
        end = last + timedelta(days=1) if last else None
        return GrantTerms(data["role"], unit, data["first_day"], end, data["decision"].strip())


class PersonForm(GrantForm):
    """A new person with their first grant."""

    places = {"Thời hạn": "last_day", "Tên đăng nhập": "username", "Họ và tên": "full_name"}
    full_name = forms.CharField(
        label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, số, dấu chấm, ví dụ lan.nguyen",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["full_name", "username", "role", "unit", "first_day", "last_day", "decision"]


class EndForm(OfficeForm):
    """The last day of a grant."""

    last_day = DayField(label="Ngày cuối còn quyền", help_text="Hết ngày này thì thôi quyền, ví dụ 31/03/2023")


class HandOverForm(OfficeForm):
    """Who takes over a post, and from which day."""

    places = {"Người nhận bàn giao": "successor"}
    successor = forms.ChoiceField(label="Người nhận bàn giao")
    day = DayField(label="Từ ngày", help_text="Từ ngày này quyền chuyển sang người nhận")
    decision = forms.CharField(label="Theo văn bản", required=False, max_length=120)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Chọn người"), *people]
