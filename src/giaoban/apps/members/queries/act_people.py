"""The members about whom an act on the tree asks where they go; and the people whom a list of names means."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Member, MembershipSpell
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.organizations.permissions import units_allowed
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import fold, quoted, tidy

MOST_ASKED = 150


@dataclass(frozen=True, slots=True)
class PersonToPlace:
    """A member of a cell on the day; of the birth only the year."""

    uid: uuid.UUID
    unit: str
    full_name: str
    birth_year: int
    card_number: str
    file_number: str
    official: bool


@dataclass(frozen=True, slots=True)
class PeopleToPlace:
    """Who stands in each cell: always how many; names only for those who may see them."""

    counts: dict[str, int]
    people: tuple[PersonToPlace, ...]

    @property
    def one_by_one(self) -> bool:
        """Whether they can be asked about one by one on one page."""
        return 0 < len(self.people) <= MOST_ASKED


def people_to_place(user: User, codes: Iterable[str], *, day: date, today: date) -> PeopleToPlace:
    """Return who stands in some cells on a day, by cell and name; three questions whatever their number."""
    units = {unit.pk: unit.code for unit in Unit.objects.filter(code__in=set(codes))}
    allowed = units_allowed(user, "members_view", units, today=today)
    counts = dict.fromkeys(sorted(units.values()), 0)
    people = []
    rows = MembershipSpell.objects.filter(on_day(day), unit__in=units).select_related("member")
    for row in rows.order_by("unit__code", "member__sort_key", "pk"):
        counts[units[row.unit_id]] += 1
        if row.unit_id in allowed:
            people.append(_person(row.member, units[row.unit_id], row.official))
    return PeopleToPlace(counts, tuple(people))


def _person(member: Member, unit: str, official: bool) -> PersonToPlace:
    return PersonToPlace(
        member.uid,
        unit,
        member.full_name,
        member.birth_date.year,
        member.card_number,
        member.file_number,
        official,
    )


def find_in(people: Sequence[PersonToPlace], text: str) -> PersonToPlace:
    """Return whom a card number, a file number or a name means among some people.

    Raises:
        InvalidInput: nobody, or more than one.
    """
    wanted, number = fold(tidy(text)), tidy(text).upper()
    numbered = [one for one in people if number and number in (one.card_number, one.file_number)]
    found = numbered or [one for one in people if fold(one.full_name) == wanted]
    if not found:
        raise InvalidInput(
            f"Không có {quoted(tidy(text))} trong các chi bộ này", expected="họ tên, số thẻ hoặc số lý lịch"
        )
    if len(found) > 1:
        raise InvalidInput(
            f"Có {len(found)} người tên {quoted(tidy(text))}", expected="số thẻ hoặc số lý lịch để phân biệt"
        )
    return found[0]
