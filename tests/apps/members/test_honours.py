"""Commendations and badges: dated rules, party age to the day, the forecast of a round, corrections."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.world import NOW, TODAY

from giaoban.apps.members.models import HonourEntry, HonourEvent
from giaoban.apps.members.operations import (
    HonourDraft,
    record_death,
    record_honour,
    record_honour_entries,
    redate_honour_entry,
    resign_member,
    restore_member,
    void_honour_entry,
)
from giaoban.apps.members.queries.badge_claims import BadgeWhy
from giaoban.apps.members.queries.badge_rules import KEYS, BadgeRules, Round
from giaoban.apps.members.queries.badges import badge_forecast, badge_rules, next_badge
from giaoban.apps.members.queries.clocks import PartyTime, party_times
from giaoban.apps.organizations.operations import Decision, set_rule
from giaoban.apps.organizations.rules import rule_kinds
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed
from giaoban.core.period import Period
from giaoban.figures import FigureRequest, Parts

if TYPE_CHECKING:
    from tests.world import World

RULES = BadgeRules.read({key: rule_kinds()[key].on(TODAY).value for key in KEYS})


def day(text: str) -> date:
    return date.fromisoformat(text)


def counted(key: str, period: str = "2023-Q1", unit: str = "DUK") -> tuple[Any, dict[str, dict[str, int]]]:
    [figure] = compute_figures([FigureRequest(key, unit, Period.parse(period))], parts=Parts(breakdowns=True))
    return figure.value, {name: dict(codes) for name, codes in figure.breakdowns.items() if codes}


# Pure rules.


def test_rounds_are_days_in_order() -> None:
    assert [one.key for one in RULES.rounds_of(2023)] == ["3/2/2023", "19/5/2023", "2/9/2023", "7/11/2023"]
    assert RULES.next_round(day("2023-09-02")).key == "2/9/2023"
    assert RULES.next_round(day("2023-11-08")).key == "3/2/2024"
    assert RULES.round_before(Round(day("2023-02-03"))).key == "7/11/2022"
    around = RULES.rounds_around(day("2023-04-05"), before=2, after=3)
    assert [one.key for one in around] == ["7/11/2022", "3/2/2023", "19/5/2023", "2/9/2023", "7/11/2023"]
    assert RULES.find_round("02/09/2023") == Round(day("2023-09-02"))


@pytest.mark.parametrize("text", ["3/2", "4/2/2023", "hôm nay", "", "3/2/23"])
def test_what_is_no_round_is_told(text: str) -> None:
    with pytest.raises(InvalidInput, match="không phải là một đợt"):
        RULES.find_round(text)


@pytest.mark.parametrize(
    ("key", "value"), [("badge_years", "30 bốn mươi"), ("badge_rounds", "3/2 31/4"), ("badge_rounds", "tháng hai")]
)
def test_a_rule_that_cannot_be_read_is_told(key: str, value: str) -> None:
    with pytest.raises(InvalidInput, match="không đọc được"):
        BadgeRules.read({one: rule_kinds()[one].on(TODAY).value for one in KEYS} | {key: value})


@pytest.mark.parametrize(
    ("years", "early_from"), [(30, "2029-03-03"), (65, "2029-03-03"), (70, "2028-03-03"), (90, "2028-03-03")]
)
def test_how_much_earlier_grave_illness_allows(years: int, early_from: str) -> None:
    assert RULES.early_from(years, day("2030-03-03")) == day(early_from)


@pytest.mark.parametrize(
    ("gaps", "reached", "age"),
    [
        ((), "2020-05-19", 32),
        ((("2000-01-01", "2001-01-01"),), "2021-05-20", 31),
        ((("2020-05-18", "2020-05-28"),), "2020-05-29", 32),
        ((("2021-01-01", "2022-01-01"),), "2020-05-19", 31),
    ],
)
def test_time_outside_the_party_is_no_party_age(gaps: tuple[tuple[str, str], ...], reached: str, age: int) -> None:
    time = PartyTime(day("1990-05-19"), tuple((day(start), day(end)) for start, end in gaps))
    assert time.anniversary(30) == day(reached)
    assert time.full_years(day("2022-06-01")) == age
    assert PartyTime(None).anniversary(30) is None
    assert PartyTime(None).full_years(TODAY) is None


# In the register.


@pytest.mark.django_db
class TestInTheRegister:
    """`quy` was admitted on 03/02/1994, `viet` on 03/02/1976, `lam` on 03/02/1981 and died on 30/01/2023."""

    def badge(self, world: World, who: str, years: int, **more: Any) -> HonourEntry:
        draft = HonourDraft(
            more.pop("kind", HonourEvent.BADGE_AWARDED),
            day(more.pop("on", "2023-04-03")),
            world.members[who],
            level="provincial",
            years=years,
            round=more.pop("round", "3/2/2024"),
            **more,
        )
        return record_honour(act=world.act("clerk", at_console=True), draft=draft)

    def test_a_badge_counts_by_years_level_round_and_way(self, world: World) -> None:
        self.badge(world, "viet", 45, round="3/2/2023", on="2023-02-03")
        value, parts = counted("members.badges_awarded", unit="XA")
        assert value == 1
        assert parts == {
            "years": {"45": 1},
            "level": {"provincial": 1},
            "round": {"3/2/2023": 1},
            "how": {"regular": 1},
        }
        [line] = explain_figure(FigureRequest("members.badges_awarded", "XA", Period.parse("2023-Q1"))).lines
        assert line.kind == "Tặng Huy hiệu Đảng 45 năm, đợt 3/2/2023"

    @pytest.mark.parametrize(
        ("who", "years", "more", "told"),
        [
            ("viet", 35, {}, "Không có Huy hiệu 35 năm"),
            ("viet", 45, {"round": "4/4/2023"}, "không phải là một đợt"),
            ("quy", 30, {"round": "7/11/2023"}, "Đủ 30 năm tuổi Đảng ngày 03/02/2024"),
            ("viet", 50, {"early": True, "round": "3/2/2023"}, "Đủ 50 năm tuổi Đảng ngày 03/02/2026"),
            ("viet", 45, {"early": True, "posthumous": True}, "Không vừa tặng sớm vừa truy tặng"),
            ("lam", 45, {"posthumous": True}, "Đủ 45 năm tuổi Đảng ngày 03/02/2026"),
            ("lam", 40, {}, "không sinh hoạt tại chi bộ nào"),
            ("quy", 30, {"posthumous": True}, "Sổ chưa ghi .* từ trần"),
        ],
    )
    def test_what_the_rules_do_not_allow_is_told(
        self, world: World, who: str, years: int, more: dict[str, Any], told: str
    ) -> None:
        with pytest.raises(InvalidInput, match=told):
            self.badge(world, who, years, **more)
        assert not HonourEntry.objects.exists()

    def test_early_and_posthumous(self, world: World) -> None:
        self.badge(world, "quy", 30, early=True, round="19/5/2023")
        record_death(act=world.act("outsider"), member=world.members["viet"], day=day("2023-04-01"))
        entry = self.badge(world, "viet", 45, posthumous=True, round="19/5/2023")
        assert entry.unit.code == "XA.01", "where he stood last"
        assert counted("members.badges_awarded", "2023", "DUK")[1]["how"] == {"early": 1}
        assert counted("members.badges_awarded", "2023", "XA")[1]["how"] == {"posthumous": 1}

    def test_each_badge_once(self, world: World) -> None:
        self.badge(world, "viet", 45, kind=HonourEvent.BADGE_PROPOSED)
        self.badge(world, "viet", 45)
        with pytest.raises(InvalidInput, match="đã được ghi tặng"):
            self.badge(world, "viet", 45, round="19/5/2024")
        self.badge(world, "viet", 40)
        entry = HonourEntry.objects.get(kind=HonourEvent.BADGE_AWARDED, years=45)
        void_honour_entry(act=world.act("outsider"), entry=entry)
        self.badge(world, "viet", 45, round="19/5/2024")

    def test_a_badge_is_no_matter_of_an_organisation(self, world: World) -> None:
        draft = HonourDraft(HonourEvent.BADGE_AWARDED, TODAY, unit=world.units["DUK.02"], years=30, round="3/2/2023")
        with pytest.raises(InvalidInput, match="tặng cho đảng viên"):
            record_honour(act=world.act("clerk"), draft=draft)

    def test_members_and_organisations_are_commended_apart(self, world: World) -> None:
        drafts = [
            HonourDraft(HonourEvent.COMMENDED, day("2023-02-03"), world.members[who], reason=reason, level="upper")
            for who, reason in (("dao", "five_years"), ("em", "five_years"), ("quy", "special"))
        ]
        drafts.append(
            HonourDraft(HonourEvent.COMMENDED, day("2023-02-03"), unit=world.units["DUK.01.01"], reason="yearly")
        )
        drafts.append(
            HonourDraft(HonourEvent.COMMENDATION_PROPOSED, day("2023-03-03"), world.members["dao"], reason="special")
        )
        record_honour_entries(act=world.act("clerk"), drafts=drafts)
        assert counted("members.commended") == (3, {"reason": {"five_years": 2, "special": 1}, "level": {"upper": 3}})
        assert counted("organizations.commended")[0] == 1
        assert counted("members.commendation_proposed")[0] == 1
        assert counted("organizations.commendation_proposed")[0] == 0
        assert counted("members.badges_proposed")[0] == 0

    def test_refusals_of_commendations(self, world: World) -> None:
        act = world.act("clerk")
        with pytest.raises(InvalidInput, match="khen về việc gì"):
            record_honour(act=act, draft=HonourDraft(HonourEvent.COMMENDED, TODAY, world.members["dao"]))
        with pytest.raises(InvalidInput, match="Chưa biết khen ai"):
            record_honour(act=act, draft=HonourDraft(HonourEvent.COMMENDED, TODAY, reason="yearly"))
        draft = HonourDraft(HonourEvent.COMMENDED, TODAY, world.members["dao"], reason="yearly")
        with pytest.raises(NotAllowed):
            record_honour(act=world.act("inspector"), draft=draft)

    def test_corrections(self, world: World) -> None:
        act = world.act("clerk")
        draft = HonourDraft(
            HonourEvent.COMMENDED, day("2022-12-30"), world.members["dao"], reason="yearly", form="letter"
        )
        entry = record_honour(act=act, draft=draft)
        decided = Decision("5-QĐ/ĐUK", day("2023-01-05"))
        again = redate_honour_entry(act=act, entry=entry, day=day("2023-01-05"), decision=decided)
        assert (again.form, again.decision_number) == ("letter", "5-QĐ/ĐUK")
        assert (counted("members.commended", "2022")[0], counted("members.commended")[0]) == (0, 1)
        with pytest.raises(Conflict):
            void_honour_entry(act=act, entry=entry)

    def test_the_forecast_of_a_round(self, world: World) -> None:
        clerk, duk = world.users["clerk"], world.units["DUK"]
        found = badge_forecast(duk, RULES.find_round("3/2/2024"), user=clerk, today=TODAY)
        assert [(one.full_name, one.years, one.why) for one in found] == [("Ngô Thị Quý", 30, BadgeWhy.DUE)]
        before = badge_forecast(duk, RULES.find_round("7/11/2023"), user=clerk, today=TODAY)
        assert [(one.full_name, one.why) for one in before] == [("Ngô Thị Quý", BadgeWhy.EARLY)]
        assert badge_forecast(duk, RULES.find_round("3/2/2024"), user=world.users["outsider"], today=TODAY) == ()

    def test_the_forecast_knows_what_was_proposed_awarded_and_forgotten(self, world: World) -> None:
        clerk, duk = world.users["clerk"], world.units["DUK"]
        self.badge(world, "quy", 30, kind=HonourEvent.BADGE_PROPOSED)
        [line] = badge_forecast(duk, RULES.find_round("3/2/2024"), user=clerk, today=TODAY)
        assert (line.proposed, line.awarded) == (True, False)
        self.badge(world, "quy", 30)
        [line] = badge_forecast(duk, RULES.find_round("3/2/2024"), user=clerk, today=TODAY)
        assert (line.proposed, line.awarded) == (True, True)
        void_honour_entry(act=world.act("clerk"), entry=HonourEntry.objects.get(kind=HonourEvent.BADGE_AWARDED))
        [line] = badge_forecast(duk, RULES.find_round("19/5/2024"), user=clerk, today=TODAY)
        assert (line.full_name, line.why) == ("Ngô Thị Quý", BadgeWhy.LATE)

    def test_the_forecast_of_those_who_died(self, world: World) -> None:
        record_death(act=world.act("clerk"), member=world.members["quy"], day=day("2023-04-01"))
        found = badge_forecast(
            world.units["DUK"], RULES.find_round("19/5/2023"), user=world.users["clerk"], today=TODAY
        )
        assert [(one.full_name, one.years, one.why) for one in found] == [("Ngô Thị Quý", 30, BadgeWhy.POSTHUMOUS)]

    def test_the_forecast_takes_off_the_time_outside(self, world: World) -> None:
        act, quy = world.act("clerk"), world.members["quy"]
        resign_member(act=act, member=quy, day=day("2022-02-01"))
        restore_member(act=act, member=world.refresh("quy"), day=day("2023-02-01"), unit=world.units["DUK.02"])
        quy = world.refresh("quy")
        assert party_times([quy])[quy.pk].anniversary(30) == day("2025-02-02")
        coming = next_badge(quy, today=TODAY)
        assert coming is not None
        assert (coming.years, coming.round.key) == (30, "3/2/2025")
        found = badge_forecast(world.units["DUK"], RULES.find_round("3/2/2024"), user=world.users["clerk"], today=TODAY)
        assert [(one.full_name, one.why) for one in found] == [("Ngô Thị Quý", BadgeWhy.EARLY)]

    def test_a_committee_may_set_its_own_rounds(self, world: World) -> None:
        set_rule(
            act=world.act("clerk"), owner=world.units["DUK"], key="badge_rounds", value="1/7", start=day("2023-01-01")
        )
        assert badge_rules(world.units["DUK.02"], TODAY).next_round(TODAY).key == "1/7/2023"
        assert badge_rules(world.units["XA.01"], TODAY).next_round(TODAY).key == "19/5/2023"

    def test_the_forecast_asks_as_often_for_many(self, world: World, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(19):
            badge_forecast(world.units["DUK"], RULES.find_round("3/2/2024"), user=world.users["clerk"], today=TODAY)
        assert NOW.date() == TODAY
