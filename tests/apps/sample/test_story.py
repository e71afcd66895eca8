"""The story behind the sample: the same each time, about invented people, and refused where it cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from giaoban.apps.sample.facts import Facts, QuarterFact, facts
from giaoban.apps.sample.names import Ages, People
from giaoban.apps.sample.roll import Chapter
from giaoban.apps.sample.story import tell_mau, tell_ward

Tell = Callable[[Facts], Iterator[Chapter]]


def _words(chapters: Iterator[Chapter]) -> list[tuple[object, ...]]:
    told: list[tuple[object, ...]] = []
    for chapter in chapters:
        told += [(one.day, one.kind, one.person.name, one.cell, one.outside) for one in chapter.arrivals]
        told += [(one.day, one.kind, one.person.name, one.cell, one.goal) for one in (*chapter.letters, *chapter.steps)]
        told += [(one.day, one.form, one.person.name, one.level, "") for one in chapter.punishments]
        told += [(one.day, one.kind, one.person.name, one.unit, one.office) for one in chapter.offices]
    return told


@pytest.mark.parametrize("tell", [tell_mau, tell_ward])
def test_the_same_facts_tell_the_same_story(tell: Tell) -> None:
    first = _words(tell(facts()))
    assert len(first) > 300
    assert _words(tell(facts())) == first


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("recognised", "nobody can be recognised who was not admitted a year before"),
        ("cards", "nobody gets a card who was not recognised"),
        ("died", "nobody dies who is not in the roll"),
    ],
)
def test_facts_that_ask_for_more_than_there_is_are_refused(key: str, reason: str) -> None:
    known = facts()
    first, *rest = known.quarters["PHUONG"]
    greedy = replace(first, numbers={**first.numbers, key: 999})
    with pytest.raises(LookupError):
        list(tell_ward(replace(known, quarters={"PHUONG": (greedy, *rest)})))


def test_every_planned_number_is_told() -> None:
    known = facts()
    for fact, chapter in zip(known.quarters["PHUONG"], list(tell_ward(known))[1:], strict=True):
        kinds = [step.kind for step in chapter.steps]
        assert _counts(fact) == {
            "admitted": [one.kind for one in chapter.arrivals].count("admitted"),
            "came": [one.kind for one in chapter.arrivals].count("transferred"),
            "recognised": kinds.count("recognised"),
            "cards": kinds.count("card_issued"),
            "died": kinds.count("died"),
            "waiting": len(chapter.letters) - sum(step.letter is not None for step in chapter.steps),
        }
        assert all(fact.period.start <= step.day < fact.period.end for step in chapter.steps)


def _counts(fact: QuarterFact) -> dict[str, int]:
    return {key: fact[key] for key in ("admitted", "came", "recognised", "cards", "died", "waiting")}


def test_people_are_invented() -> None:
    people = People(Random(7))
    drawn = [people.name(people.sex(50)) for _ in range(4000)]
    assert not set(drawn) & people.known
    assert all(3 <= len(name.split(" ")) <= 4 for name in drawn)
    assert len(set(drawn)) > 2500
    day = date(2020, 1, 1)
    for _ in range(500):
        assert 25 <= (day - people.birth(day, Ages(25, 60))).days / 365.25 <= 60
