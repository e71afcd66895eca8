"""The rows of a page are those of the whole list, though names are read of its days alone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from giaoban.apps.members.queries.parts import inside, same_days

_DAYS = st.lists(st.integers(0, 5).map(lambda days: date(2024, 2, 27) + timedelta(days)), max_size=30)
_PLACE = st.none() | st.integers(0, 40)


@given(_DAYS, _PLACE, _PLACE, st.randoms())
def test_a_stretch_is_the_one_of_the_whole_list(days, start, stop, chance) -> None:  # type: ignore[no-untyped-def]
    names = list(range(len(days)))
    chance.shuffle(names)
    rows, dues = slice(start, stop), sorted(zip(days, range(len(days)), strict=True))
    near = same_days(dues, rows)
    named = sorted((day, names[key]) for day, key in dues[near])
    whole = sorted((day, names[key]) for day, key in dues)
    assert named[inside(near, rows, len(dues))] == whole[rows]


def test_no_other_day_is_near() -> None:
    one, two, three = (date(2024, 3, day) for day in (1, 2, 3))
    dues = [(one, 1), (two, 2), (two, 3), (two, 4), (three, 5)]
    assert dues[same_days(dues, slice(2, 3))] == dues[1:4]
    assert dues[same_days(dues, slice(9, 12))] == []
