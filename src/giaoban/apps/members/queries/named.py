"""Finds the member whom somebody typed: by name, by name with birth year or cell, by card or file number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Member, MembershipSpell
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import fold, tidy

_YEAR = re.compile(r"(1[89]|20)\d\d\Z")
_MOST_NAMED = 6
MOST_OFFERED = 400


def members_named(user: User, unit: Unit, texts: Sequence[str], *, day: date, today: date) -> list[Member]:
    """Return the member whom each text means, in the same order; a fixed number of queries for all of them.

    A text is «Nguyễn Văn An», «Nguyễn Văn An, 1975», «Nguyễn Văn An, 1975, Chi bộ Văn phòng», a card or a file number.
    Where several bear the name, those who stood under the unit on the day come before all others that the person may
    see, and who bears it with these very diacritics before the rest.

    Raises:
        InvalidInput: nobody or several bear the name; ``index`` names the text.
    """
    wanted = [_Wanted(text) for text in texts]
    names = {one.folded for one in wanted} - {""}
    numbers = {one.number for one in wanted} - {""}
    seen = Member.objects.visible_to(user, today=today)
    found = list(
        seen.filter(Q(folded_name__in=names) | Q(card_number__in=numbers) | Q(file_number__in=numbers)).order_by("pk")
    )
    keys = [member.pk for member in found]
    spells = MembershipSpell.objects.filter(on_day(day), member__in=keys)
    standing = dict(spells.values_list("member_id", "unit_id"))
    below = set(
        Ancestry.objects.filter(on_day(day), ancestor=unit, descendant__in=standing.values()).values_list(
            "descendant_id", flat=True
        )
    )
    cards = place_cards({standing.get(member.pk, member.unit_id) for member in found}, day=day)
    known = [
        _Known(member, cards[standing.get(member.pk, member.unit_id)], standing.get(member.pk) in below)
        for member in found
    ]
    chosen = []
    for index, one in enumerate(wanted):
        try:
            chosen.append(one.choose(known, standing.keys(), day))
        except InvalidInput as error:
            error.index = index
            raise
    return chosen


def people_to_offer(user: User, unit: Unit, *, day: date, today: date) -> tuple[str, ...]:
    """Return the members under a unit as texts that ``members_named`` takes; none where they are too many to offer."""
    below = Ancestry.objects.filter(on_day(day), ancestor=unit).values("descendant")
    seen = Member.objects.visible_to(user, today=today).standing().filter(unit__in=below).order_by("sort_key", "pk")
    people = list(seen.values_list("full_name", "birth_date", "unit_id")[: MOST_OFFERED + 1])
    if len(people) > MOST_OFFERED:
        return ()
    cards = place_cards({unit_id for *_rest, unit_id in people}, day=day)
    return tuple(f"{name}, {born.year}, {cards[unit_id].name}" for name, born, unit_id in people)


class _Known:
    """A member who may be meant, with the place where they stood that day."""

    def __init__(self, member: Member, place: UnitCard, near: bool) -> None:
        self.member = member
        self.place = place
        self.near = near

    @property
    def words(self) -> str:
        member = self.member
        card = f", thẻ {member.card_number}" if member.card_number else ""
        return f"{member.full_name}, {member.birth_date.year}, {self.place.place}{card}"


class _Wanted:
    """What was typed, taken apart."""

    def __init__(self, text: str) -> None:
        self.text = tidy(text)
        name, *more = [part.strip() for part in self.text.split(",")]
        self.name = name
        self.folded = fold(name)
        self.number = name.upper() if any(letter.isdigit() for letter in name) else ""
        self.year = next((int(part) for part in more if _YEAR.match(part)), None)
        self.place = fold(" ".join(part for part in more if part and not _YEAR.match(part)))

    def choose(self, known: Sequence[_Known], standing: Iterable[int], day: date) -> Member:
        fitting = [one for one in known if self._fits(one)]
        stood = set(standing)
        for narrow in (
            lambda one: one.member.pk in stood,
            lambda one: one.near,
            lambda one: one.member.full_name.casefold() == self.name.casefold(),
        ):
            fitting = [one for one in fitting if narrow(one)] or fitting
        if len(fitting) == 1:
            return fitting[0].member
        if not fitting:
            raise InvalidInput(
                f"Không tìm thấy đảng viên «{self.text}» ngày {format_date(day)}",
                where="Họ và tên",
                expected="họ tên như trong sổ, hoặc số thẻ, số lý lịch",
            )
        offered = "; ".join(one.words for one in fitting[:_MOST_NAMED])
        more = f" và {len(fitting) - _MOST_NAMED} người khác" if len(fitting) > _MOST_NAMED else ""
        raise InvalidInput(
            f"Có {len(fitting)} đồng chí tên «{self.name}»: {offered}{more}",
            where="Họ và tên",
            expected="ghi thêm năm sinh, chi bộ, hoặc ghi số thẻ",
        )

    def _fits(self, one: _Known) -> bool:
        member = one.member
        if self.number and self.number in (member.card_number.upper(), member.file_number.upper()):
            return True
        return (
            member.folded_name == self.folded
            and self.year in (None, member.birth_date.year)
            and self.place in fold(f"{one.place.place} {one.place.short_name} {one.place.code}")
        )
