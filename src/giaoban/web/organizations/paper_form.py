"""Fields that the forms about units share, and the paper on which something is recorded."""

from __future__ import annotations

from typing import Any

from django import forms

from giaoban.apps.organizations.operations import Decision
from giaoban.web.forms import DayField, OfficeForm

PLAIN = {"autocomplete": "off"}
PAPER_FIELDS = ("decision_number", "decision_date", "decision_issuer")


def text_field(label: str, **kwargs: Any) -> forms.CharField:
    """A line of text."""
    kwargs.setdefault("max_length", 120)
    return forms.CharField(label=label, widget=forms.TextInput(attrs=PLAIN), **kwargs)


def number_field(label: str, **kwargs: Any) -> forms.IntegerField:
    """A small number; blank where it is not known."""
    widget = forms.TextInput(attrs={**PLAIN, "class": "short", "inputmode": "numeric"})
    messages = {"invalid": "Hãy ghi một số, ví dụ 15.", "min_value": "Hãy ghi một số từ 1.", "max_value": "Số quá lớn."}
    return forms.IntegerField(
        label=label, min_value=1, max_value=500, required=False, widget=widget, error_messages=messages, **kwargs
    )


class PaperForm(OfficeForm):
    """The paper on which something is recorded, with its issuer."""

    decision_number = text_field("Số văn bản", required=False, max_length=60, help_text="Ví dụ 125-QĐ/ĐU")
    decision_date = DayField(label="Ngày văn bản", required=False)
    decision_issuer = text_field("Cơ quan ban hành", required=False, max_length=200, help_text="Ví dụ Đảng ủy Khối")

    def decision(self) -> Decision:
        """Return the paper that was typed."""
        data = self.cleaned_data
        return Decision(data["decision_number"].strip(), data["decision_date"], data["decision_issuer"].strip())
