"""What is looked for in the tree."""

from __future__ import annotations

from django import forms

from giaoban.web.forms import DayField, OfficeForm


class TreeForm(OfficeForm):
    """A day, a day to compare with, and a piece of a name."""

    tim = forms.CharField(
        label="Tìm trong cây", required=False, max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    tai_ngay = DayField(label="Tại ngày", required=False, help_text="")
    so_voi = DayField(label="So với ngày", required=False, help_text="")
    mo = forms.CharField(required=False, widget=forms.HiddenInput)
