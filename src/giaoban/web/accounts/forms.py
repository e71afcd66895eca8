"""Forms of sign-in and password."""

from __future__ import annotations

from typing import Any

from django import forms

from giaoban.web.forms import OfficeForm

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
