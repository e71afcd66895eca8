"""The yearly rating: one grade a year, which year holds on a day, the cap of excellent grades, corrections."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.world import TODAY

from giaoban.apps.members.measures.life import rated_year
from giaoban.apps.members.models import Grade, Member, MemberEvent, RatingEntry
from giaoban.apps.members.operations import (
    FirstEntry,
    MemberDraft,
    RatingDraft,
    enrol_member,
    join_records,
    record_ratings,
    redate_rating,
    transfer_out,
    undo_join,
    void_rating,
)
from giaoban.apps.members.queries.ratings import (
    excellent_cap,
    rated_by_default,
    rating_rows,
    unit_rating_rows,
)
from giaoban.apps.organizations.operations import Decision, set_rule
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed
from giaoban.core.period import Period
from giaoban.figures import FigureRequest, Parts

if TYPE_CHECKING:
    from tests.world import World

DECIDED = date(2022, 12, 20)


def counted(key: str, period: str, unit: str = "DUK") -> tuple[Any, dict[str, int]]:
    [figure] = compute_figures([FigureRequest(key, unit, Period.parse(period))], parts=Parts(breakdown=True))
    return figure.value, dict(figure.breakdown)


def rate(world: World, who: str, grade: Grade, year: int = 2022, **more: Any) -> RatingEntry:
    draft = RatingDraft(year, grade, more.pop("day", DECIDED), world.members[who], **more)
    return record_ratings(act=world.act("secretary" if who in ("dao", "em") else "clerk"), drafts=[draft])[0]


@pytest.mark.parametrize(
    ("day", "year"), [("2022-12-30", 2021), ("2022-12-31", 2022), ("2023-01-01", 2022), ("2023-12-30", 2022)]
)
def test_which_years_grade_holds(day: str, year: int) -> None:
    assert rated_year(date.fromisoformat(day)) == year


@pytest.mark.parametrize(("day", "year"), [("2023-09-30", 2022), ("2023-10-01", 2023)])
def test_which_year_is_rated_now(day: str, year: int) -> None:
    assert rated_by_default(date.fromisoformat(day)) == year


@pytest.mark.django_db
class TestInTheRegister:
    def test_a_grade_is_shown_at_the_end_of_its_year_and_through_the_next(self, world: World) -> None:
        rate(world, "dao", Grade.EXCELLENT)
        rate(world, "em", Grade.GOOD)
        rate(world, "quy", Grade.NOT_RATED)
        assert counted("members.rated", "2022") == (2, {"excellent": 1, "good": 1})
        assert counted("members.rated", "2022-9M")[0] == 0, "nobody knew it yet"
        assert counted("members.rated", "2023-Q1", "DUK.01.01") == (2, {"excellent": 1, "good": 1})
        assert counted("members.rated", "2023", "DUK")[0] == 0, "the end of 2023 shows the grades of 2023"

    def test_a_grade_decided_after_the_year_belongs_to_it(self, world: World) -> None:
        rate(world, "dao", Grade.GOOD, day=date(2023, 1, 15))
        assert counted("members.rated", "2022")[0] == 1

    def test_whoever_moved_takes_the_grade_along(self, world: World) -> None:
        entry = rate(world, "khoa", Grade.GOOD)
        assert entry.unit.code == "DUK.01.01"
        assert counted("members.rated", "2022", "DUK.01.01")[0] == 1
        assert counted("members.rated", "2023-M03", "DUK.01.01")[0] == 0
        assert counted("members.rated", "2023-M03", "DUK.01.02")[0] == 1

    def test_organisations_are_rated_by_the_level_above(self, world: World) -> None:
        draft = RatingDraft(2022, Grade.GOOD, DECIDED, unit=world.units["DUK.01.01"])
        with pytest.raises(NotAllowed):
            record_ratings(act=world.act("secretary"), drafts=[draft])
        record_ratings(act=world.act("clerk"), drafts=[draft])
        assert counted("organizations.rated", "2022") == (1, {"good": 1})
        assert counted("members.rated", "2022")[0] == 0
        [first, second] = unit_rating_rows(world.units["DUK.01"], 2022, today=TODAY)
        assert (first.rated is not None and first.rated.grade, second.rated) == (Grade.GOOD, None)

    @pytest.mark.parametrize(
        ("who", "year", "day", "told"),
        [
            ("an", 2022, DECIDED, "không sinh hoạt tại chi bộ nào trong năm 2022"),
            ("dao", 2023, DECIDED, "trước năm 2023"),
            ("dao", 2022, date(2023, 4, 6), "ở tương lai"),
        ],
    )
    def test_what_cannot_be_is_told(self, world: World, who: str, year: int, day: date, told: str) -> None:
        with pytest.raises(InvalidInput, match=told):
            rate(world, who, Grade.GOOD, year, day=day)

    def test_one_grade_a_year_and_changes_are_corrections(self, world: World) -> None:
        first = rate(world, "dao", Grade.EXCELLENT)
        with pytest.raises(InvalidInput, match="đã được xếp loại năm 2022"):
            rate(world, "dao", Grade.GOOD)
        rate(world, "dao", Grade.GOOD, corrects=first.uid)
        assert counted("members.rated", "2022") == (1, {"good": 1})
        with pytest.raises(Conflict):
            rate(world, "dao", Grade.FAIR, corrects=first.uid)
        with pytest.raises(InvalidInput, match="Không có lần ghi"):
            rate(world, "em", Grade.FAIR, corrects=first.uid)

    def test_redated_and_taken_back(self, world: World) -> None:
        act = world.act("clerk")
        entry = rate(world, "dao", Grade.FAIR)
        decided = Decision("9-QĐ/CB", date(2022, 12, 28))
        entry = redate_rating(act=act, entry=entry, day=date(2022, 12, 28), decision=decided)
        assert (entry.grade, entry.effective_date) == (Grade.FAIR, date(2022, 12, 28))
        void_rating(act=act, entry=entry)
        assert counted("members.rated", "2022")[0] == 0
        rate(world, "dao", Grade.GOOD)

    def test_a_whole_cell_in_as_many_questions_as_one_member(
        self, world: World, django_assert_max_num_queries: Any
    ) -> None:
        names = ["dao", "em", "minh", "nga", "oanh", "quy", "son", "tam", "uyen"]
        drafts = [RatingDraft(2022, Grade.GOOD, DECIDED, world.members[one]) for one in names]
        # On PostgreSQL one more than on SQLite: the tree is kept from moving meanwhile.
        with django_assert_max_num_queries(13):
            record_ratings(act=world.act("clerk"), drafts=drafts)
        assert counted("members.rated", "2022")[0] == 9

    def test_the_sheet_lists_those_of_the_last_day(self, world: World, django_assert_num_queries: Any) -> None:
        rate(world, "dao", Grade.EXCELLENT)
        with django_assert_num_queries(3):
            rows = rating_rows(world.units["DUK.01.01"], 2022, today=TODAY)
        assert [row.member.full_name for row in rows] == [
            "Đặng Thị Chi",
            "Nguyễn Đức Đạo",
            "Trần Thị Em",
            "Phạm Mạnh Hùng",
            "Lê Đăng Khoa",
        ]
        assert [row.official for row in rows] == [False, True, True, True, True]
        assert [row.rated.grade if row.rated else None for row in rows] == [None, Grade.EXCELLENT, None, None, None]

    @pytest.mark.parametrize(
        ("base", "most", "over"),
        [("good_and_up", 4, 1), ("good", 3, 2), ("all", 5, 0)],
    )
    def test_the_cap_is_counted_as_the_dated_rule_says(self, world: World, base: str, most: int, over: int) -> None:
        grades = {"excellent": 5, "good": 16, "fair": 3, "poor": 1}
        unit = world.units["DUK.01"]
        set_rule(act=world.act("clerk"), owner=unit, key="excellent_cap_base", value=base, start=date(2022, 1, 1))
        cap = excellent_cap(unit, DECIDED, grades)
        assert (cap.most, cap.over, cap.percent) == (most, over, Decimal(20))
        set_rule(act=world.act("clerk"), owner=unit, key="excellent_cap_percent", value="30", start=date(2023, 1, 1))
        assert excellent_cap(unit, date(2023, 1, 1), grades).over == max(0, 5 - int(cap.base * Decimal("0.3")))

    def test_a_second_record_that_tells_a_part_of_the_life_keeps_its_grade(self, world: World) -> None:
        act = world.act("clerk")
        rate(world, "em", Grade.GOOD)
        transfer_out(act=act, member=world.refresh("em"), day=date(2022, 1, 2), outside="Đảng bộ X")
        assert counted("members.rated", "2022")[0] == 0, "gone"
        alias = join_records(act=act, kept=self.newcomer(world), other=world.refresh("em"), takes_history=True)
        assert counted("members.rated", "2022") == (1, {"good": 1})
        undo_join(act=act, alias=alias)
        assert counted("members.rated", "2022")[0] == 0

    def newcomer(self, world: World) -> Member:
        birth = PartialDate(date(1980, 7, 27), Precision.YEAR)
        first = FirstEntry(MemberEvent.TRANSFERRED, date(2022, 2, 1), world.units["DUK.02"], outside="Đảng bộ X")
        return enrol_member(act=world.act("clerk"), draft=MemberDraft("Trần Thị Em", birth, first))
