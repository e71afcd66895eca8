"""What the recording screens of committees share: the unit with its kind, people typed by name, the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from giaoban.apps.members.models import Member
from giaoban.apps.members.queries.committee_people import offices_ended
from giaoban.apps.members.queries.named import members_named, people_to_offer
from giaoban.apps.members.queries.office_holders import HeldOffice, offices_held
from giaoban.apps.organizations.kinds import Kind, Office, kinds
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import UnitCard, find_unit, unit_cards
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.web.access import Desk
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import OfficeForm
from giaoban.web.organizations.committee_forms import MOST_ROWS, SeatsForm, TypedSeat

BOTH = ("GET", "POST")
BLANK_ROWS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A unit whose committee is recorded."""

    unit: Unit
    card: UnitCard
    kind: Kind


class Seen:
    """What stood in the register when a form was opened, carried by the form.

    It is compared by the operation. The second of two is told once: then the form bears what stands there now, and
    sending it again means it.
    """

    def __init__(self, desk: Desk, now: str) -> None:
        self._now = now
        self.sent = desk.posted.get("seen") if desk.posted is not None else None
        self.tried = False

    @property
    def shown(self) -> str:
        """Return what the form bears: as it was sent while its own fields are wrong, else what stands there now."""
        return self._now if self.tried or self.sent is None else self.sent


def open_place(desk: Desk, code: str) -> Place:
    """Return a unit at which the person may record.

    Raises:
        NotFound: outside the scope; NotAllowed: no right ``organizations_manage`` there; InvalidInput: it has ended.
    """
    today = desk.act.today
    unit = find_unit(desk.act.user, code, today=today)
    require(desk.act, "organizations_manage", [unit])
    card = unit_cards([unit.pk], day=today)[unit.pk]
    spans = kind_spans([unit.pk])[unit.pk]
    kind = kind_on(spans, today) or next((kinds()[name] for name, start, _end in spans if start > today), None)
    if kind is None:
        raise InvalidInput(f"{card.name} không còn hoạt động", hint="Chỉ đính chính được những lần ghi đã có")
    return Place(unit, card, kind)


def held_now(desk: Desk, place: Place) -> list[HeldOffice]:
    """Return who holds the offices today, in protocol order."""
    order = list(Office)
    held = offices_held([place.unit.pk], desk.act.today)
    return sorted(held, key=lambda one: (order.index(Office(one.office)), one.since, one.sort_key))


def holder_key(one: HeldOffice) -> str:
    """Return a text that names a person in an office."""
    return f"{one.member_uid}:{one.office}"


def seat_words(place: Place, one: HeldOffice) -> str:
    """Write a seat: «Bí thư Nguyễn Văn An»."""
    return f"{place.kind.office_name(Office(one.office))} {one.full_name}"


def holders_of(desk: Desk, place: Place, keys: Sequence[str]) -> list[tuple[Member, Office]]:
    """Return the holders whom keys name, in the order of the keys; who holds nothing any more is left out."""
    held = {holder_key(one): one for one in held_now(desk, place)}
    people = Member.objects.in_bulk([held[key].member for key in keys if key in held])
    return [(people[held[key].member], Office(held[key].office)) for key in keys if key in held]


def gone_words(place: Place, keys: Sequence[str], held: Sequence[HeldOffice]) -> tuple[str, ...]:
    """Tell of each who was ticked to leave an office and holds it no more, who wrote so."""
    missing = set(keys) - {holder_key(one) for one in held}
    seats = [(uid, office) for uid, _mark, office in (key.partition(":") for key in sorted(missing))]
    return tuple(
        f"{place.kind.office_name(Office(one.office))} {one.full_name} đã thôi giữ chức vụ từ ngày "
        f"{format_date(one.day)} ({one.told}); không cần ghi nữa."
        for one in offices_ended(place.unit.pk, seats)
    )


def typed_people(desk: Desk, place: Place, seats: Sequence[TypedSeat], form: SeatsForm) -> list[Member]:
    """Return the members whom the rows mean; those who are not found are told beside their row."""
    day = form.cleaned_data["day"]
    return members_named(desk.act.user, place.unit, [seat.text for seat in seats], day=day, today=desk.act.today)


def asked_rows(posted: QueryDict | None, first: int) -> int:
    """Return how many rows the form has: as many as were sent, and more where more are asked for."""
    if posted is None:
        return first
    sent = posted.get("rows", "")
    rows = int(sent) if sent.isdecimal() else first
    return min(MOST_ROWS, rows + (5 if "more" in posted else 0))


def typed_initial(posted: QueryDict) -> dict[str, object]:
    """Return what was typed, to show it again in a form that is not judged yet."""
    return {key: values if key == "leaving" else values[-1] for key, values in posted.lists()}


def saved(desk: Desk, code: str, words: str) -> HttpResponse:
    """Say what was recorded, on the page of the committee."""
    messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("organizations:committee", code))


def show_form(
    desk: Desk, template: str, page: RecordPage, form: OfficeForm, people: tuple[str, ...] = ()
) -> HttpResponse:
    """Show a form; with errors the cursor stands in the first field that was refused."""
    refused = form.is_bound and bool(form.errors)
    if refused:
        form.point_at_first_error()
    context = {"page": page, "form": form, "people": people}
    return desk.render(template, context, status=422 if refused else 200)


def offered(desk: Desk, place: Place) -> tuple[str, ...]:
    """Return the names to choose from."""
    today = desk.act.today
    return people_to_offer(desk.act.user, place.unit, day=today, today=today)
