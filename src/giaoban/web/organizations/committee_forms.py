"""Forms of committees. People are typed by name into rows; which member is meant is found when the form is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from giaoban.apps.members.models import OfficeEvent
from giaoban.apps.organizations.kinds import Kind, Office
from giaoban.apps.organizations.models import CommitteeEvent
from giaoban.core.errors import GiaobanError
from giaoban.web.forms import DayField, sentence
from giaoban.web.organizations.paper_form import PAPER_FIELDS, PLAIN, PaperForm, text_field

PEOPLE_LIST = "people"
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class TypedSeat:
    """A row that was filled: its number, the text of the person, the office."""

    row: int
    text: str
    office: Office


class SeatsForm(PaperForm):
    """Rows of a person and an office; blank rows are passed over."""

    def __init__(self, *args: Any, kind: Kind, rows: int, seats: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        choices = [("", "Chọn chức vụ"), *((office, kind.office_name(Office(office))) for office in kind.offices)]
        for row in range(rows):
            text, office = seats[row] if row < len(seats) else ("", "")
            self.fields[f"person_{row}"] = forms.CharField(
                label=f"Họ và tên, dòng {row + 1}",
                required=False,
                max_length=200,
                initial=text,
                widget=forms.TextInput(attrs={**PLAIN, "list": PEOPLE_LIST}),
            )
            self.fields[f"office_{row}"] = forms.ChoiceField(
                label=f"Chức vụ, dòng {row + 1}", required=False, choices=choices, initial=office
            )

    @property
    def lines(self) -> list[tuple[BoundField, BoundField]]:
        """The rows, for the template."""
        return [(self[f"person_{row}"], self[f"office_{row}"]) for row in range(self.rows)]

    @property
    def others(self) -> list[BoundField]:
        """The fields that are not in rows."""
        return [bound for bound in self if not bound.name.startswith(("person_", "office_"))]

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of a row that was begun."""
        data = super().clean() or self.cleaned_data
        for row in range(self.rows):
            person, office = (data.get(f"person_{row}") or "").strip(), data.get(f"office_{row}")
            if person and not office and f"office_{row}" not in self.errors:
                self.add_error(f"office_{row}", f"Chưa chọn chức vụ của {person}.")
            elif office and not person and f"person_{row}" not in self.errors:
                self.add_error(f"person_{row}", "Chưa ghi họ tên; dòng không dùng thì bỏ chức vụ.")
        return data

    def seats(self) -> list[TypedSeat]:
        """Return the rows that were filled."""
        data = self.cleaned_data
        return [
            TypedSeat(row, data[f"person_{row}"].strip(), Office(data[f"office_{row}"]))
            for row in range(self.rows)
            if data[f"person_{row}"].strip()
        ]

    def refuse_row(self, error: GiaobanError, seats: Sequence[TypedSeat], offset: int = 0) -> None:
        """Put a refusal beside the row that it speaks of (``offset``: other drafts come first), else above the form."""
        index = None if error.index is None else error.index - offset
        if index is None or not 0 <= index < len(seats):
            self.refuse(error)
        else:
            self.add_error(f"person_{seats[index].row}", sentence(error))


class ChangeForm(SeatsForm):
    """Somebody comes to an office, somebody leaves one; as a rule by a decision that consolidates the committee."""

    places = {"Nội dung": "note"}
    how = forms.ChoiceField(
        label="Người mới nhận chức vụ bằng",
        choices=[
            (kind.value, str(kind.label))
            for kind in (OfficeEvent.APPOINTED, OfficeEvent.APPROVED, OfficeEvent.ELECTED, OfficeEvent.MOVED)
        ],
    )
    day = DayField(label="Có hiệu lực từ ngày")
    leaving = forms.MultipleChoiceField(
        label="Thôi giữ chức vụ", required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    consolidates = forms.BooleanField(
        label="Là việc kiện toàn, bổ sung cấp ủy (tính vào số liệu của kỳ)", required=False, initial=True
    )
    note = text_field(
        "Nội dung kiện toàn",
        required=False,
        max_length=300,
        help_text="Để trống thì ghi theo các thay đổi trên, ví dụ «bổ sung Phó Bí thư»",
    )
    field_order = ["day", "how", "leaving", "consolidates", "note", *PAPER_FIELDS]

    def __init__(self, *args: Any, holders: Sequence[tuple[str, str]], gone: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["leaving"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = holders
        self.gone = gone
        if not holders:
            del self.fields["leaving"]

    def clean(self) -> dict[str, Any]:
        """Tell who was to leave and has left already, in place of «choose from the list»."""
        data = super().clean()
        if self.gone:
            self.errors.pop("leaving", None)
            for words in self.gone:
                self.add_error(None, words)
        return data


class NoteForm(SeatsForm):
    """What is noted of people and offices without a change: who is planned for one, of whom a vote was taken."""

    kind_of = forms.ChoiceField(
        label="Việc",
        choices=[(kind.value, str(kind.label)) for kind in (OfficeEvent.PLANNED, OfficeEvent.CONFIDENCE)],
        widget=forms.RadioSelect,
    )
    day = DayField(label="Ngày")
    note = text_field("Nhiệm kỳ quy hoạch hoặc dịp lấy phiếu", required=False, help_text="Ví dụ nhiệm kỳ 2025 - 2030")
    field_order = ["kind_of", "day", "note", *PAPER_FIELDS]


class EndingForm(PaperForm):
    """Each holder with a box and a day; who died, left or moved away comes first, with the day on which they did.

    The fields bear the key of the holder: a list that has changed meanwhile puts nobody into another's place. ``gone``
    tells of those who were ticked and hold the office no more: somebody else was faster.
    """

    def __init__(
        self, *args: Any, holders: Sequence[tuple[str, str, date | None]], gone: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.gone = gone
        self.keys = [key for key, _words, _day in holders]
        for key, words, left_on in holders:
            self.fields[f"end_{key}"] = forms.BooleanField(label=words, required=False, initial=left_on is not None)
            self.fields[f"day_{key}"] = DayField(
                label=f"Ngày thôi, {words}", required=False, initial=left_on, help_text=""
            )

    @property
    def lines(self) -> list[tuple[BoundField, BoundField]]:
        """The rows, for the template."""
        return [(self[f"end_{key}"], self[f"day_{key}"]) for key in self.keys]

    @property
    def others(self) -> list[BoundField]:
        """The fields that are not in rows."""
        return [bound for bound in self if not bound.name.startswith(("end_", "day_"))]

    def clean(self) -> dict[str, Any]:
        """Ask for a day of everybody who is ticked, and for somebody."""
        data = super().clean() or self.cleaned_data
        ticked = [key for key in self.keys if data.get(f"end_{key}")]
        for words in self.gone:
            self.add_error(None, words)
        if not ticked and not self.gone:
            self.add_error(None, "Chưa chọn ai thôi giữ chức vụ; hãy đánh dấu vào ô trước tên.")
        for key in ticked:
            if not data.get(f"day_{key}") and f"day_{key}" not in self.errors:
                self.add_error(f"day_{key}", "Chưa có ngày thôi giữ chức vụ.")
        return data

    def refuse_row(self, error: GiaobanError, endings: Sequence[tuple[str, date]]) -> None:
        """Put a refusal beside the person whom it speaks of, else above the form."""
        if error.index is None:
            self.refuse(error)
        else:
            self.add_error(f"day_{endings[error.index][0]}", sentence(error))

    def endings(self) -> list[tuple[str, date]]:
        """Return (key, day) of those who leave."""
        data = self.cleaned_data
        return [(key, data[f"day_{key}"]) for key in self.keys if data.get(f"end_{key}")]


class CommitteeDecisionForm(PaperForm):
    """A decision about the committee that changes nobody's office."""

    kind_of = forms.ChoiceField(
        label="Việc",
        choices=[(kind.value, str(kind.label)) for kind in CommitteeEvent if kind != CommitteeEvent.CONSOLIDATED],
        widget=forms.RadioSelect,
    )
    day = DayField(label="Ngày")
    note = text_field("Nội dung", required=False, max_length=300, help_text="Ví dụ nhiệm kỳ 2020 - 2025")
    field_order = ["kind_of", "day", "note", *PAPER_FIELDS]
