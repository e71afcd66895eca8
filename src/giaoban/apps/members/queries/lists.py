"""Lists of members: searched with or without diacritics, filtered, page by page."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import STANDING, Member, MemberQuerySet, MemberState, Trait, TraitSpan
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.text_vi import fold, tidy

PAGE = 50
STATES: dict[str, tuple[str, ...]] = {
    "": tuple(STANDING),
    MemberState.OFFICIAL.value: (MemberState.OFFICIAL,),
    MemberState.PROBATIONARY.value: (MemberState.PROBATIONARY,),
    "gone": (MemberState.GONE_OUT, MemberState.LEFT, MemberState.DIED),
}


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What is looked for; empty parts do not narrow."""

    text: str = ""
    state: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in a list; of the birth only the year, the day is opened in the file and recorded there."""

    uid: uuid.UUID
    full_name: str
    birth_year: int
    unit: UnitCard
    admitted_on: date | None
    recognised_on: date | None
    state: str
    state_label: str


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of a list: ``first`` is the number of its first line, counted from 1; 0 in an empty list."""

    lines: tuple[MemberLine, ...]
    total: int
    first: int
    page: int
    pages: int


def _by_text(found: MemberQuerySet, text: str) -> MemberQuerySet:
    """Keep those whose name holds every word, or whose card or file number is the text.

    A word typed with diacritics must stand so in the name; one typed without finds them all (SQLite and PostgreSQL
    without an ICU collation compare other letters than a-z by case, so both usual spellings are asked for).
    """
    named = Q()
    for word in tidy(text).split(" "):
        named &= Q(folded_name__contains=fold(word))
        if fold(word) != word.lower():
            named &= Q(full_name__contains=word) | Q(full_name__contains=word.capitalize())
    number = tidy(text).upper()
    return found.filter(named | Q(card_number=number) | Q(file_number=number))


def list_members(
    user: User, unit: Unit, wanted: MemberFilter, *, today: date, page: int = 1, size: int = PAGE
) -> MemberPage:
    """Return a page of the members at or under a unit today, in the order of Vietnamese names.

    A page beyond the last gives the last.
    """
    below = Ancestry.objects.filter(on_day(today), ancestor=unit).values("descendant")
    found = Member.objects.visible_to(user, today=today).filter(
        unit__in=below, state__in=STATES.get(wanted.state, STATES[""])
    )
    if tidy(wanted.text):
        found = _by_text(found, wanted.text)
    if wanted.sex:
        held = TraitSpan.objects.filter(on_day(today), member=OuterRef("pk"), trait=Trait.SEX, value=wanted.sex)
        found = found.filter(Exists(held))
    total = found.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    start = (page - 1) * size
    rows = list(found.order_by("sort_key", "pk")[start : start + size])
    cards = place_cards({row.unit_id for row in rows}, day=today)
    lines = tuple(
        MemberLine(
            row.uid,
            row.full_name,
            row.birth_date.year,
            cards[row.unit_id],
            row.admitted_on,
            row.recognised_on,
            row.state,
            row.get_state_display(),
        )
        for row in rows
    )
    return MemberPage(lines, total, start + 1 if rows else 0, page, pages)
