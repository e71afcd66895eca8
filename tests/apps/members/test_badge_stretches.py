"""The days of admission that are asked about, told by stretch and told by badge, are the same days."""

from __future__ import annotations

from datetime import date

from giaoban.apps.members.queries.badge_stretches import Stretch, days_by_badge

_TURNS = [date(1990 + number, 1, 1) for number in range(6)]
_NEAR = (
    Stretch(_TURNS[0], _TURNS[1], (0, 30, 40)),
    Stretch(_TURNS[1], _TURNS[2], (0, 30)),
    Stretch(_TURNS[3], _TURNS[4], (0, 40)),
    Stretch(_TURNS[4], _TURNS[5], (0, 30, 40)),
)


def test_neighbouring_stretches_of_a_badge_are_one() -> None:
    told = dict(days_by_badge(_NEAR))
    assert told[(0,)] == ((_TURNS[0], _TURNS[2]), (_TURNS[3], _TURNS[5]))
    assert told[(30,)] == ((_TURNS[0], _TURNS[2]), (_TURNS[4], _TURNS[5]))


def test_badges_of_the_same_days_stand_together() -> None:
    whole = (Stretch(_TURNS[0], _TURNS[1], (0, 30)), Stretch(_TURNS[1], _TURNS[2], (30, 0)))
    assert days_by_badge(whole) == [((0, 30), ((_TURNS[0], _TURNS[2]),))]


def test_each_day_keeps_its_badges() -> None:
    by_badge = days_by_badge(_NEAR)
    for number, day in enumerate(_TURNS[:5]):
        expected = {badge for one in _NEAR if one.first <= day < one.end for badge in one.badges}
        found = {badge for badges, times in by_badge for badge in badges if any(a <= day < b for a, b in times)}
        assert found == expected, number
