"""Fields that every form shares: days as people write them, words instead of «trường này là bắt buộc»."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from giaoban.core.dates_vi import PartialDate, format_date, parse_date, parse_partial_date
from giaoban.core.errors import GiaobanError, InvalidInput, NotAllowed, NotFound

Done = TypeVar("Done")


def sentence(error: GiaobanError) -> str:
    """Write an error for the place beside its field: what is wrong, what would be right, what to do."""
    text = error.message
    if error.expected:
        text += f"; cần {error.expected}"
    if error.hint:
        text += f". {error.hint}"
    return text.rstrip(".") + "."


_LIMITS = {
    "min_value": "Số này nhỏ hơn %(limit_value)s; cần từ %(limit_value)s trở lên.",
    "max_value": "Số này lớn hơn %(limit_value)s; cần không quá %(limit_value)s.",
    "max_length": "Dài %(show_value)s ký tự; cần không quá %(limit_value)s ký tự.",
    "min_length": "Dài %(show_value)s ký tự; cần từ %(limit_value)s ký tự trở lên.",
}


class OfficeForm(forms.Form):
    """A form whose errors say what would be right; it keeps what was typed."""

    # Names of fields by the words that operations use for them in `GiaobanError.where`.
    places: dict[str, str] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name = str(field.label or "").lower()
            field.error_messages["required"] = f"Chưa có {name}."
            field.error_messages["invalid_choice"] = f"Hãy chọn {name} trong danh sách."
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
                field.error_messages["required"] = f"Chưa chọn {name}."
            field.error_messages |= _LIMITS

    def point_at_first_error(self) -> None:
        """Put the cursor into the first field that was refused."""
        wrong = next((name for name in self.fields if name in self.errors), None)
        if wrong:
            self.fields[wrong].widget.attrs["autofocus"] = True

    def refuse(self, error: GiaobanError) -> None:
        """Put an operation's refusal beside the field it speaks of, or above the form."""
        place = self.places.get(error.where)
        if place is None:
            place = next((key for key, field in self.fields.items() if field.label == error.where), None)
        self.add_error(place, sentence(error))


def attempt(place: OfficeForm | Callable[[GiaobanError], object], record: Callable[[], Done]) -> Done | None:
    """Record, or put the refusal into its place: into a form, or where a function takes it; then the answer is None.

    Where what records gives nothing back, the place tells whether it was refused.

    Raises:
        NotAllowed, NotFound: missing rights go on to pages of their own.
    """
    try:
        return record()
    except (NotAllowed, NotFound):
        raise
    except GiaobanError as error:
        (place.refuse if isinstance(place, OfficeForm) else place)(error)
        return None


class DayField(forms.Field):
    """A whole day, written 31/03/2023."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Ngày/tháng/năm, ví dụ 31/03/2023")
        widget = forms.TextInput(attrs={"class": "date", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widget=kwargs.pop("widget", widget), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a day as people write it."""
        return format_date(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        """Read the day.

        Raises:
            ValidationError: no such form, or no such day.
        """
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except InvalidInput as error:
            # A month or a year alone would not do here.
            raise ValidationError(f"{error.message}; cần đủ ngày, tháng, năm, ví dụ 31/03/2023.") from None


class PartialDayField(DayField):
    """A day of which only the month or the year may be known (decision D9)."""

    def prepare_value(self, value: Any) -> Any:
        """Show what is known of the day."""
        return str(value) if isinstance(value, PartialDate) else super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        """Read the day.

        Raises:
            ValidationError: no such form, or no such day.
        """
        if value in self.empty_values or isinstance(value, PartialDate):
            return value or None
        try:
            return parse_partial_date(str(value))
        except InvalidInput as error:
            raise ValidationError(sentence(error)) from None
