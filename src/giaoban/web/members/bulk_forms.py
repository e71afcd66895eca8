"""Forms of what may be recorded for several members at once: what all of them share."""

from __future__ import annotations

from typing import Any

from django import forms

from giaoban.apps.members.models import Grade
from giaoban.web.forms import DayField, OfficeForm
from giaoban.web.members.forms import DecisionForm


class BulkEntryForm(DecisionForm):
    """A day and the decision."""

    field_order = ["day", "decision_number", "decision_date"]
    day = DayField(label="Ngày")


class BulkCardForm(BulkEntryForm):
    """Cards of a round; the number of each stands beside the name."""

    field_order = ["day", "round", "decision_number", "decision_date"]
    round = forms.CharField(label="Đợt", max_length=20, required=False, help_text="Đợt phát thẻ, ví dụ 19/5")


class BulkExemptForm(BulkEntryForm):
    """An exemption, or its extension, without an end or for a time."""

    field_order = ["day", "until", "decision_number", "decision_date"]
    until = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu miễn không thời hạn")


class BulkDayForm(OfficeForm):
    """Only a day."""

    day = DayField(label="Ngày")


class BulkRatingForm(BulkEntryForm):
    """One grade of one year for all who were chosen."""

    field_order = ["year", "grade", "day", "decision_number", "decision_date"]
    year = forms.IntegerField(label="Năm", min_value=1990, max_value=2100)
    grade = forms.ChoiceField(label="Mức xếp loại", choices=Grade.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].error_messages |= {
            "invalid": "Năm gồm bốn chữ số, ví dụ 2023.",
            "min_value": "Năm gồm bốn chữ số, ví dụ 2023.",
            "max_value": "Năm gồm bốn chữ số, ví dụ 2023.",
        }
