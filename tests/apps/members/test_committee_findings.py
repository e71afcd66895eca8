"""What the dated rules say of committees: a table of cases, each right, wrong or undecidable; then the queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import START, TODAY, World

from giaoban.apps.members.committee_rules import (
    RULES,
    CommitteeState,
    Finding,
    Seat,
    Verdict,
    judge_committee,
)
from giaoban.apps.members.models import MemberEvent, OfficeEvent
from giaoban.apps.members.operations import EntryDraft, OfficeDraft, record_member_entries, record_office_events
from giaoban.apps.members.queries.committee_findings import committee_findings
from giaoban.apps.members.queries.office_holders import offices_held, offices_to_end
from giaoban.apps.organizations.kinds import Office, kinds
from giaoban.apps.organizations.models import RegisterUse, TermEvent, UnitEvent
from giaoban.apps.organizations.operations import TermDraft, TreeDraft, record_term_entry, record_tree_events, set_rule
from giaoban.apps.organizations.rules import RuleValue, rule_kinds
from giaoban.apps.organizations.terms import Sizes, Term

DAY = date(2023, 4, 1)
WRONG, RIGHT, UNKNOWN = Verdict.WRONG, Verdict.RIGHT, Verdict.UNKNOWN
TERM = Term(1, TermEvent.CONGRESS, "2020 - 2025", date(2020, 6, 1), date(2025, 5, 31), Sizes())
SECRETARY, DEPUTY, STANDING, COMMON = (
    Office.SECRETARY,
    Office.DEPUTY_SECRETARY,
    Office.STANDING_MEMBER,
    Office.COMMITTEE_MEMBER,
)
CHAIR, INSPECTOR = Office.INSPECTION_CHAIR, Office.INSPECTION_MEMBER


def default(key: str) -> RuleValue:
    return rule_kinds()[key].on(DAY)


def seats(**offices: int) -> tuple[Seat, ...]:
    """So many people for each office, all different."""
    names = [(office, number) for office, many in offices.items() for number in range(many)]
    return tuple(Seat(place, f"{office} {number}", office) for place, (office, number) in enumerate(names))


def state(kind: str, *, sizes: Sizes | None = None, term: Term | None = TERM, **more: object) -> CommitteeState:
    if sizes is not None and term is not None:
        term = replace(term, sizes=sizes)
    known = {key: value for key, value in more.items() if key in ("official", "kept", "seats")}
    offices = {key: value for key, value in more.items() if key not in known}
    filled = known.pop("seats", None) or seats(**offices)  # type: ignore[arg-type]
    return CommitteeState(kinds()[kind], DAY, filled, term=term, **known)  # type: ignore[arg-type]


BASE, CELL, CELL_BASE, UPPER, GROUP = "grassroots_committee", "cell", "grassroots_cell", "upper", "group"

# code of the check, the state, the verdict (None: the check does not concern this kind or state), why
CASES: list[tuple[str, CommitteeState, Verdict | None, str]] = [
    ("no_secretary", state(CELL, secretary=1), RIGHT, "there is one"),
    ("no_secretary", state(CELL, deputy_secretary=1), WRONG, "a deputy is none"),
    ("no_secretary", state(CELL), WRONG, "nobody at all in a register that is kept"),
    ("no_secretary", state(CELL, kept=False), None, "a register that is not kept says nothing"),
    ("register", state(CELL, kept=False), UNKNOWN, "but that is told"),
    ("no_secretary", state(GROUP, group_leader=1), RIGHT, "a group has a leader"),
    ("no_secretary", state(GROUP), WRONG, "or has none"),
    ("several_secretary", state(BASE, secretary=1), RIGHT, "one"),
    ("several_secretary", state(BASE, secretary=2), WRONG, "two secretaries"),
    ("several_inspection_chair", state(BASE, inspection_chair=2), WRONG, "two chairs"),
    ("several_inspection_chair", state(CELL, secretary=1), None, "a cell has no commission"),
    ("cell_committee", state(CELL, official=9, secretary=1, committee_member=2), RIGHT, "nine official members"),
    ("cell_committee", state(CELL, official=8, secretary=1, committee_member=2), WRONG, "eight"),
    ("cell_committee", state(CELL, secretary=1, committee_member=2), UNKNOWN, "the roll is not kept"),
    ("cell_committee", state(CELL, official=3, secretary=1, deputy_secretary=1), RIGHT, "leaders are none"),
    ("no_cell_committee", state(CELL, official=8, secretary=1), RIGHT, "eight need none"),
    ("no_cell_committee", state(CELL_BASE, official=9, secretary=1, deputy_secretary=1), WRONG, "nine must elect one"),
    ("no_cell_committee", state(CELL, official=9, secretary=1, committee_member=2), RIGHT, "and did"),
    ("no_cell_committee", state(CELL, secretary=1), None, "the roll is not kept"),
    ("cell_committee_most", state(CELL, official=40, secretary=1, committee_member=6), RIGHT, "seven"),
    ("cell_committee_most", state(CELL, official=40, secretary=1, committee_member=7), WRONG, "eight"),
    ("cell_committee_most", state(BASE, secretary=1, committee_member=9), None, "an đảng ủy is no chi ủy"),
    ("standing_committee", state(BASE, secretary=1, committee_member=8), RIGHT, "without one"),
    ("standing_committee", state(BASE, secretary=1, standing_member=2, committee_member=6), RIGHT, "of nine"),
    ("standing_committee", state(BASE, secretary=1, standing_member=2, committee_member=5), WRONG, "of eight"),
    (
        "standing_committee",
        state(BASE, sizes=Sizes(9), secretary=1, standing_member=2, committee_member=5),
        RIGHT,
        "eight of nine decided: one left meanwhile",
    ),
    ("standing_committee", state(BASE, secretary=1, standing_member=2), UNKNOWN, "only the leaders were recorded"),
    ("standing_share", state(BASE, secretary=1, standing_member=2), UNKNOWN, "a third of whom?"),
    ("standing_share", state(BASE, secretary=1, standing_member=4, committee_member=10), RIGHT, "5 of 15"),
    ("standing_share", state(BASE, secretary=1, standing_member=5, committee_member=9), WRONG, "6 of 15"),
    ("standing_share", state(UPPER, secretary=1, standing_member=4, committee_member=9), WRONG, "5 of 14"),
    ("standing_share", state(UPPER, sizes=Sizes(15), secretary=1, standing_member=4), RIGHT, "5 of 15 decided"),
    ("standing_share", state(CELL, secretary=1), None, "a cell has no standing committee"),
    ("grassroots_committee", state(BASE, secretary=1, committee_member=14), RIGHT, "fifteen"),
    ("grassroots_committee", state(BASE, secretary=1, committee_member=15), WRONG, "sixteen"),
    ("grassroots_committee", state(UPPER, secretary=1, committee_member=30), None, "only at the grassroots"),
    ("inspection_size", state(BASE, inspection_chair=1, inspection_member=2), RIGHT, "three"),
    ("inspection_size", state(BASE, inspection_chair=1, inspection_member=4), RIGHT, "five"),
    ("inspection_size", state(BASE, inspection_chair=1, inspection_member=1), WRONG, "two"),
    ("inspection_size", state(BASE, inspection_chair=1, inspection_deputy=1, inspection_member=4), WRONG, "six"),
    ("inspection_size", state(BASE, secretary=1), RIGHT, "none is a vacancy, not a wrong size"),
    ("inspection_size", state(UPPER, inspection_chair=1), None, "the rule is of the grassroots"),
    ("over_committee_size", state(BASE, sizes=Sizes(5), secretary=1, committee_member=4), RIGHT, "five of five"),
    ("over_committee_size", state(BASE, sizes=Sizes(5), secretary=1, committee_member=5), WRONG, "six of five"),
    ("over_committee_size", state(BASE, secretary=1), UNKNOWN, "the term does not say how many"),
    ("over_committee_size", state(BASE, term=None, secretary=1), None, "no term: told once, as that"),
    ("over_committee_size", state(CELL, secretary=1), None, "a small cell decides about no size"),
    ("over_committee_size", state(CELL, secretary=1, committee_member=1), UNKNOWN, "a chi ủy does"),
    ("over_standing_size", state(BASE, sizes=Sizes(15, 3), secretary=1, standing_member=2), RIGHT, "three of three"),
    ("over_standing_size", state(BASE, sizes=Sizes(15, 3), secretary=1, standing_member=3), WRONG, "four of three"),
    ("over_inspection_size", state(BASE, sizes=Sizes(15, 3, 3), inspection_member=4), WRONG, "four of three"),
    ("term_over", state(BASE), RIGHT, "runs until 2025"),
    ("term_over", state(BASE, term=replace(TERM, until=date(2023, 3, 31))), WRONG, "was over the day before"),
    ("term_over", state(BASE, term=replace(TERM, until=DAY)), RIGHT, "the last day still belongs to it"),
    ("term_over", state(BASE, term=replace(TERM, until=None)), UNKNOWN, "no last day"),
    ("term_over", state(BASE, term=None), UNKNOWN, "no term"),
    ("term_over", state(GROUP, term=None), None, "a group has no terms"),
    ("office_not_of_kind", state(CELL, secretary=1), RIGHT, "an office of a cell"),
    ("office_not_of_kind", state(CELL, standing_member=1), WRONG, "it was a committee once"),
    ("outside_holder", state(BASE, seats=(Seat(1, "An", COMMON),)), RIGHT, "one of theirs"),
    ("outside_holder", state(BASE, seats=(Seat(1, "An", COMMON, inside=False),)), WRONG, "a guest"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "given", "verdict"), [case[:3] for case in CASES], ids=[f"{case[0]}: {case[3]}" for case in CASES]
)
def test_the_table(code: str, given: CommitteeState, verdict: Verdict | None) -> None:
    found = {one.code: one for one in judge_committee(given, default)}
    assert (found[code].verdict if code in found else None) == verdict


def test_every_check_is_seen_right_and_wrong() -> None:
    seen: dict[str, set[Verdict | None]] = {}
    for code, _given, verdict, _why in CASES:
        seen.setdefault(code, set()).add(verdict)
    told = {one.code for _code, given, _verdict, _why in CASES for one in judge_committee(given, default)}
    assert told - seen.keys() <= {"several_standing_deputy", "several_group_leader"}, "the same check of another office"
    assert [code for code, found in seen.items() if WRONG not in found and code != "register"] == []


def test_one_person_in_two_offices_is_counted_once() -> None:
    both = (Seat(1, "An", SECRETARY), Seat(1, "An", STANDING), Seat(1, "An", COMMON), Seat(2, "Ba", COMMON))
    found = {one.code: one for one in judge_committee(state(BASE, seats=both, sizes=Sizes(2)), default)}
    assert found["over_committee_size"].found == 2
    assert found["standing_share"].found == 1


def test_a_finding_brings_its_numbers_and_its_rule() -> None:
    found = {one.code: one for one in judge_committee(state(BASE, secretary=1, committee_member=15), default)}
    one = found["grassroots_committee"]
    assert one.message == "Đảng ủy cơ sở có 16 đồng chí, nhiều nhất 15"
    assert (one.found, one.limit) == (16, 15)
    assert one.rule is not None
    assert one.rule.version == ":grassroots_committee_most@1900-01-01"
    assert not one.rule.confirmed


def told(world: World, day: date = TODAY) -> dict[str, dict[str, Finding]]:
    codes = {unit.pk: code for code, unit in world.units.items()}
    return {codes[pk]: {one.code: one for one in findings} for pk, findings in committee_findings(codes, day).items()}


def hold(world: World, unit: str, office: Office, *names: str, day: date = START) -> None:
    drafts = [OfficeDraft(world.members[name], world.units[unit], office, OfficeEvent.OPENING, day) for name in names]
    record_office_events(act=world.act("clerk", at_console=True), drafts=drafts)


def test_the_findings_of_a_world(world: World) -> None:
    hold(world, "DUK.01.01", COMMON, "dao")
    hold(world, "DUK.02", SECRETARY, "son")
    hold(world, "DUK.01", COMMON, "viet")
    found = told(world)
    assert "no_secretary" in found["DUK"]
    assert found["DUK.01.01"]["cell_committee"].message == (
        "Có chi ủy khi chi bộ có 3 đảng viên chính thức, quy định từ 9"
    )
    assert found["DUK.02"]["several_secretary"].message == "Có 2 Bí thư: Ngô Thị Quý, Dương Hồng Sơn"
    assert found["DUK.01"]["outside_holder"].message.endswith("Hồ Quốc Việt")
    assert next(iter(found["DUK.02"].values())).verdict is WRONG, "what is wrong comes first"
    assert list(found["DUK.01.02"]) == ["term_over"], "only that no term is recorded"
    assert told(world, date(2021, 12, 31)) == {}, "nothing stood then"


def test_the_rule_of_the_nearest_committee_decides(world: World) -> None:
    hold(world, "DUK.01.01", COMMON, "dao")
    set_rule(
        act=world.act("clerk"),
        owner=world.units["DUK.01"],
        key="cell_committee_official",
        value="3",
        start=date(2023, 1, 1),
        source="Quy định 5",
    )
    assert "cell_committee" not in told(world)["DUK.01.01"]
    before = told(world, date(2022, 12, 31))["DUK.01.01"]["cell_committee"].rule
    assert before is not None
    assert before.owner == ""
    other = told(world)["DUK.01.02"]["no_cell_committee"].rule
    assert other is not None
    assert (other.version, other.source) == ("DUK.01:cell_committee_official@2023-01-01", "Quy định 5")


def test_before_the_registers_are_in_use_nothing_is_known(world: World) -> None:
    RegisterUse.objects.filter(register="committees", unit=world.units["DUK"]).update(in_use_from=date(2023, 6, 1))
    found = told(world)
    assert {code: list(one) for code, one in found.items() if code.startswith("DUK")} == {
        code: ["register"] for code in world.units if code.startswith("DUK")
    }
    RegisterUse.objects.filter(register="members", unit=world.units["XA"]).update(in_use_from=date(2023, 6, 1))
    hold(world, "XA.01", COMMON, "xuan")
    assert told(world)["XA.01"]["cell_committee"].verdict is UNKNOWN


class TestOfficesToEnd:
    def due(self, world: World, day: date = TODAY) -> dict[str, str]:
        held = offices_held([unit.pk for unit in world.units.values()], day)
        return {one.held.full_name: one.why for one in offices_to_end(held, day)}

    def test_who_died_left_or_moved_away(self, world: World) -> None:
        hold(world, "DUK.01", COMMON, "lam", "hung", "minh", "khoa")
        assert self.due(world) == {
            "Vũ Ngọc Lâm": "Từ trần ngày 30/01/2023",
            "Phạm Mạnh Hùng": "Chuyển sinh hoạt ra ngoài hệ thống ngày 14/03/2023",
        }, "Minh stayed, Khoa changed cells within DUK.01"
        assert self.due(world, date(2023, 1, 29)) == {}
        assert "outside_holder" not in told(world)["DUK.01"], "they are told as to be ended, not as guests"

    def test_who_changed_to_a_cell_outside_the_subtree(self, world: World) -> None:
        hold(world, "DUK.01.01", Office.DEPUTY_SECRETARY, "khoa")
        assert self.due(world) == {
            "Lê Đăng Khoa": "Sinh hoạt tại Chi bộ Thanh tra, Đảng bộ cơ quan Sở Thử nghiệm từ ngày 06/03/2023"
        }

    def test_a_temporary_transfer_keeps_the_seat(self, world: World) -> None:
        hold(world, "DUK.01", COMMON, "em")
        gone = EntryDraft(
            world.members["em"],
            MemberEvent.TRANSFERRED,
            date(2023, 4, 1),
            world.units["DUK.01.01"],
            from_unit=world.units["DUK.01.01"],
            outside="Học viện",
            temporary=True,
        )
        record_member_entries(act=world.act("clerk"), drafts=[gone])
        assert self.due(world) == {}

    def test_a_cell_that_moves_takes_its_people_with_it(self, world: World) -> None:
        hold(world, "DUK.01", COMMON, "minh")
        new = TreeDraft(
            UnitEvent.ESTABLISHED, date(2023, 2, 1), "DUK.03", parent="DUK", name="Đảng bộ cơ quan Sở Mới",
            unit_kind="grassroots_committee",
        )  # fmt: skip
        moved = TreeDraft(UnitEvent.MOVED, date(2023, 3, 1), "DUK.01.02", parent="DUK.03")
        record_tree_events(act=world.act("clerk"), drafts=[new, moved])
        assert self.due(world)["Hoàng Nhật Minh"].endswith("từ ngày 01/03/2023")

    def test_the_people_of_a_group_stand_in_the_cell_above(self, world: World) -> None:
        group = TreeDraft(
            UnitEvent.ESTABLISHED, date(2023, 2, 1), "DUK.02.T1", parent="DUK.02", name="Tổ đảng 1", unit_kind="group"
        )
        record_tree_events(act=world.act("clerk"), drafts=[group])
        world.units["DUK.02.T1"] = type(world.units["DUK"]).objects.get(code="DUK.02.T1")
        hold(world, "DUK.02.T1", Office.GROUP_LEADER, "tam", day=date(2023, 2, 1))
        assert self.due(world) == {}
        assert "DUK.02.T1" not in told(world)


def test_many_units_do_not_ask_more(world: World) -> None:
    hold(world, "DUK.01", COMMON, "lam", "hung", "viet")
    hold(world, "DUK.01.01", COMMON, "dao")
    for code in ("DUK.01", "DUK.02"):
        draft = TermDraft(world.units[code], TermEvent.CONGRESS, START, "2020 - 2025", sizes=Sizes(5))
        record_term_entry(act=world.act("clerk"), draft=draft)

    def cost(codes: list[str]) -> int:
        keys = [world.units[code].pk for code in codes]
        with CaptureQueriesContext(connection) as queries:
            held = offices_held(keys, TODAY)
            offices_to_end(held, TODAY)
            committee_findings(keys, TODAY, held=held)
        return len(queries)

    assert cost(["DUK.01", "DUK.01.01"]) == cost(list(world.units))
    assert cost(list(world.units)) <= 20


def test_the_rules_exist() -> None:
    assert set(RULES) <= set(rule_kinds())
    assert tuple(
        office for office in kinds()[BASE].offices if office not in (COMMON, "standing_deputy", "inspection_deputy")
    ) == (SECRETARY, DEPUTY, STANDING, CHAIR, INSPECTOR)
