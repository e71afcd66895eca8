"""Who stood where in the finished sample: what the registers beside the roll draw their people from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from giaoban.apps.members.models import Member, MembershipSpell
from giaoban.apps.organizations.models import Ancestry
from giaoban.core.period import Window


@dataclass(frozen=True, slots=True)
class Place:
    """Days on which a member stood in a cell under the committee; ``top`` is its grassroots organisation."""

    member: Member
    unit: int
    cell: str
    top: str
    official: bool
    start: date
    end: date


class LifeRoll:
    """The members of one committee over the years."""

    def __init__(self, committee: str, seed: int) -> None:
        self.rng = Random(seed)
        self.committee = committee
        members = Member.objects.in_bulk()
        under: dict[int, list[tuple[date, date]]] = {}
        rows = Ancestry.objects.filter(ancestor__code=committee).order_by("descendant", "valid_from")
        for unit, start, end in rows.values_list("descendant_id", "valid_from", "valid_to"):
            under.setdefault(unit, []).append((start, end))
        self.places: list[Place] = []
        spells = MembershipSpell.objects.filter(unit__in=under).order_by("member_id", "valid_from")
        fields = ("member_id", "unit_id", "unit__code", "official", "valid_from", "valid_to")
        for member, unit, code, official, first, last in spells.values_list(*fields):
            for start, end in under[unit]:
                if max(first, start) < min(last, end):
                    top = ".".join(code.split(".")[:2])
                    place = Place(members[member], unit, code, top, official, max(first, start), min(last, end))
                    self.places.append(place)

    def on(self, day: date) -> Iterator[Place]:
        """Give where everybody stood on a day."""
        return (place for place in self.places if place.start <= day < place.end)

    def through(self, window: Window) -> list[Place]:
        """Return those official members who stood in one cell through all the days."""
        return [
            place for place in self.places if place.official and place.start <= window.start and place.end >= window.end
        ]

    def some(self, people: Sequence[Place], number: int, fits: Callable[[Place], bool] = lambda _: True) -> list[Place]:
        """Draw so many different people.

        Raises:
            LookupError: there are not as many.
        """
        fitting = [place for place in people if fits(place)]
        if len(fitting) < number:
            raise LookupError(f"{self.committee}: only {len(fitting)} of {number}")
        return self.rng.sample(fitting, number)

    def some_in(self, people: Sequence[Place], number: int, units: int) -> list[Place]:
        """Draw so many people of exactly so many grassroots organisations."""
        by_top: dict[str, list[Place]] = {}
        for place in people:
            by_top.setdefault(place.top, []).append(place)
        tops = self.rng.sample(sorted(top for top, found in by_top.items() if len(found) >= number), units)
        chosen = [self.rng.choice(by_top[top]) for top in tops]
        rest = [place for top in tops for place in by_top[top] if place not in chosen]
        return chosen + self.rng.sample(rest, number - units)
