"""Lists of members: searched with or without diacritics, filtered, page by page, with the columns that are wanted."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from giaoban.apps.accounts.models import User
from giaoban.apps.members.measures.declarations import AGE_GROUPS
from giaoban.apps.members.models import (
    STANDING,
    AbsenceKind,
    AbsenceSpan,
    Member,
    MemberQuerySet,
    MemberState,
    OfficeTerm,
    Trait,
    TraitSpan,
)
from giaoban.apps.members.queries.name_words import by_text
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.period import same_day_last_year
from giaoban.core.text_vi import tidy

PAGE = 50
# Beyond this a list says «more than»: counting every match of a common name in a large tree takes longer than reading.
COUNTED = 10_000
# Of a search that fits more people than this the first that are found are shown: who wants one person types more.
FOUND = 1_000
STATES: dict[str, tuple[str, ...]] = {
    "": tuple(STANDING),
    MemberState.OFFICIAL.value: (MemberState.OFFICIAL,),
    MemberState.PROBATIONARY.value: (MemberState.PROBATIONARY,),
    "gone": (MemberState.GONE_OUT, MemberState.LEFT, MemberState.DIED),
}
_TRAITS = {"sex": Trait.SEX, "education": Trait.EDUCATION, "theory": Trait.THEORY, "occupation": Trait.OCCUPATION}


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What is looked for; empty parts do not narrow.

    ``age`` is a code of ``AGE_GROUPS``, ``absence`` one of ``AbsenceKind``; ``admitted_from`` and ``admitted_to`` are
    both included.
    """

    text: str = ""
    state: str = ""
    sex: str = ""
    education: str = ""
    theory: str = ""
    age: str = ""
    absence: str = ""
    admitted_from: date | None = None
    admitted_to: date | None = None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in a list; of the birth only the year, the day is opened in the file and recorded there.

    ``traits`` by ``Trait`` and ``offices`` are filled where they were asked for.
    """

    uid: uuid.UUID
    full_name: str
    birth_year: int
    unit: UnitCard
    admitted_on: date | None
    recognised_on: date | None
    state: str
    state_label: str
    traits: dict[str, str] = field(default_factory=dict)
    offices: tuple[str, ...] = ()
    file_number: str = ""
    card_number: str = ""


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of a list: ``first`` is the number of its first line, counted from 1; 0 in an empty list.

    ``total`` is exact up to ``COUNTED``, of a search up to ``FOUND``; ``more`` says that there are more.
    """

    lines: tuple[MemberLine, ...]
    total: int
    first: int
    page: int
    pages: int
    more: bool = False


def _years_before(day: date, years: int) -> date:
    for _ in range(years):
        day = same_day_last_year(day)
    return day


def _of_age(found: MemberQuerySet, code: str, today: date) -> MemberQuerySet:
    for index, (least, group, _label) in enumerate(AGE_GROUPS):
        if group != code:
            continue
        if least:
            found = found.filter(birth_date__lte=_years_before(today, least))
        if index + 1 < len(AGE_GROUPS):
            found = found.filter(birth_date__gt=_years_before(today, AGE_GROUPS[index + 1][0]))
    return found


def _tries(user: User, unit: Unit, wanted: MemberFilter, today: date) -> tuple[MemberQuerySet, ...]:
    """Return what is looked through in turn until somebody is found, of those at or under a unit whom a person sees."""
    found = _narrowed(user, unit, wanted, today)
    if not tidy(wanted.text):
        return (found,)
    return tuple(found.filter(named) for named in by_text(wanted.text))


def _narrowed(user: User, unit: Unit, wanted: MemberFilter, today: date) -> MemberQuerySet:
    found = members_under(user, unit, today=today).filter(state__in=STATES.get(wanted.state, STATES[""]))
    for key in ("sex", "education", "theory"):
        value = getattr(wanted, key)
        if value:
            held = TraitSpan.objects.filter(on_day(today), member=OuterRef("pk"), trait=_TRAITS[key], value=value)
            found = found.filter(Exists(held))
    if wanted.absence in AbsenceKind.values:
        span = AbsenceSpan.objects.filter(on_day(today), member=OuterRef("pk"), kind=wanted.absence)
        found = found.filter(Exists(span))
    if wanted.age:
        found = _of_age(found, wanted.age, today)
    if wanted.admitted_from:
        found = found.filter(admitted_on__gte=wanted.admitted_from)
    if wanted.admitted_to:
        found = found.filter(admitted_on__lt=wanted.admitted_to + timedelta(days=1))
    return found


def list_members(
    user: User,
    unit: Unit,
    wanted: MemberFilter,
    *,
    today: date,
    page: int = 1,
    size: int = PAGE,
    details: Collection[str] = (),
) -> MemberPage:
    """Return a page of the members at or under a unit today, in the order of Vietnamese names.

    A page beyond the last gives the last.

    Args:
        details: what is wanted beside the ordinary columns: names of traits («sex», «education», ...) and «offices».
    """
    tries = _tries(user, unit, wanted, today)
    most = FOUND if tidy(wanted.text) else COUNTED
    if tidy(wanted.text):
        # Unordered, so that the search may stop: sorting every bearer of a common name takes longer than reading.
        looked = (list(one.order_by().values_list("sort_key", "pk")[: most + 1]) for one in tries)
        keys = next(filter(None, looked), [])
        counted = len(keys)
    else:
        counted = tries[0].order_by()[: most + 1].count()
    more, total = counted > most, min(counted, most)
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    start = (page - 1) * size
    if tidy(wanted.text):
        # All are put in order here, and of one page everything is read: asked for the first fifty of a thousand,
        # PostgreSQL goes through everybody in the order of names until it has met fifty of these.
        shown = sorted(keys[:most])[start : start + size]
        rows = Member.objects.filter(pk__in=[pk for _name, pk in shown]).order_by("sort_key", "pk")
    else:
        rows = tries[0].order_by("sort_key", "pk")[start : start + size]
    lines = tuple(lines_of(rows, today=today, details=details))
    return MemberPage(lines, total, start + 1 if lines else 0, page, pages, more)


def lines_of(members: MemberQuerySet, *, today: date, details: Collection[str] = ()) -> Iterator[MemberLine]:
    """Write members as lines; a number of queries that does not grow with them."""
    rows = list(members)
    cards = place_cards({row.unit_id for row in rows}, day=today)
    traits: dict[int, dict[str, str]] = {}
    wanted = [trait for name, trait in _TRAITS.items() if name in details]
    if wanted:
        spans = TraitSpan.objects.filter(on_day(today), member__in=rows, trait__in=wanted)
        for pk, trait, value in spans.values_list("member_id", "trait", "value"):
            traits.setdefault(pk, {})[trait] = value
    offices: dict[int, list[str]] = {}
    if "offices" in details:
        terms = OfficeTerm.objects.filter(on_day(today), member__in=rows).order_by("valid_from")
        for term in terms:
            offices.setdefault(term.member_id, []).append(str(term.get_office_display()))
    for row in rows:
        yield MemberLine(
            row.uid,
            row.full_name,
            row.birth_date.year,
            cards[row.unit_id],
            row.admitted_on,
            row.recognised_on,
            row.state,
            row.get_state_display(),
            traits.get(row.pk, {}),
            tuple(offices.get(row.pk, ())),
            row.file_number,
            row.card_number,
        )
