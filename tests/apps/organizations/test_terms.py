"""Terms of committees: the replay, the operations with their corrections, terms that end soon, what is proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import START, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import CommitteeEntry, CommitteeEvent, TermEntry, TermEvent
from giaoban.apps.organizations.operations import (
    CommitteeDraft,
    Decision,
    TermDraft,
    record_committee_events,
    record_term_entries,
    record_term_entry,
    set_rule,
    void_committee_entry,
    void_term_entry,
)
from giaoban.apps.organizations.queries.terms import proposed_term, term_on, terms_ending, terms_of
from giaoban.apps.organizations.terms import Sizes, TermFact, last_day_of, replay_terms
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

CONGRESS = date(2022, 6, 15)


def draft(world: World, **changes: object) -> TermDraft:
    one = TermDraft(
        world.units["DUK.01"], TermEvent.CONGRESS, CONGRESS, "2022 - 2027", date(2027, 6, 14), Sizes(15, 5, 3),
        Decision("21-QĐ/DUK", date(2022, 6, 20), "Đảng ủy Khối"),
    )  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]


class TestReplay:
    def test_a_congress_ends_the_term_before(self) -> None:
        old, new = replay_terms(
            "A",
            [
                TermFact(2, TermEvent.CONGRESS, CONGRESS, "2022 - 2027", date(2027, 6, 1)),
                TermFact(1, TermEvent.OPENING, START, "2017 - 2022", date(2022, 5, 1)),
            ],
        )
        assert (old.start, old.end, old.is_over(CONGRESS)) == (START, CONGRESS, True)
        assert new.covers(CONGRESS)
        assert not old.covers(CONGRESS)

    def test_a_change_keeps_what_it_does_not_say(self) -> None:
        facts = [
            TermFact(1, TermEvent.CONGRESS, CONGRESS, "2022 - 2027", date(2027, 6, 1), Sizes(15, 5, 3)),
            TermFact(2, TermEvent.EXTENDED, date(2027, 5, 1), until=date(2027, 12, 1)),
            TermFact(3, TermEvent.EXTENDED, date(2027, 5, 2), sizes=Sizes(committee=17)),
        ]
        [term] = replay_terms("A", facts)
        assert (term.until, term.sizes) == (date(2027, 12, 1), Sizes(17, 5, 3))

    @pytest.mark.parametrize(
        ("facts", "told"),
        [
            ([TermFact(1, TermEvent.ENDED, START)], "Không có nhiệm kỳ nào đang chạy"),
            ([TermFact(1, TermEvent.EXTENDED, START, until=CONGRESS)], "Không có nhiệm kỳ nào đang chạy"),
            (
                [TermFact(1, TermEvent.CONGRESS, START, "A"), TermFact(2, TermEvent.APPOINTED, START, "B")],
                "đã bắt đầu ngày 01/01/2022",
            ),
            ([TermFact(1, TermEvent.CONGRESS, CONGRESS, "A", START)], "trước ngày bắt đầu"),
            (
                [TermFact(1, TermEvent.CONGRESS, CONGRESS, "A"), TermFact(2, TermEvent.ENDED, CONGRESS)],
                "Không có nhiệm kỳ nào đang chạy",
            ),
            (
                [
                    TermFact(1, TermEvent.CONGRESS, CONGRESS, "A"),
                    TermFact(2, TermEvent.EXTENDED, date(2023, 1, 1), until=START),
                ],
                "trước ngày bắt đầu",
            ),
        ],
    )
    def test_what_cannot_be(self, facts: list[TermFact], told: str) -> None:
        with pytest.raises(InvalidInput, match=told):
            replay_terms("A", facts)

    @pytest.mark.parametrize(
        ("start", "months", "last"),
        [
            (date(2020, 6, 15), 60, date(2025, 6, 14)),
            (date(2022, 8, 31), 30, date(2025, 2, 27)),
            (date(2023, 1, 1), 12, date(2023, 12, 31)),
        ],
    )
    def test_the_last_day_of_so_many_months(self, start: date, months: int, last: date) -> None:
        assert last_day_of(start, months) == last


def test_a_term_is_recorded_changed_and_ended(world: World) -> None:
    act, base = world.act("clerk"), world.units["DUK.01"]
    entry = record_term_entry(act=act, draft=draft(world))
    assert (entry.decision_number, entry.committee_size) == ("21-QĐ/DUK", 15)
    assert term_on(base, date(2022, 6, 14)) is None
    running = term_on(base, date(2023, 1, 1))
    assert running is not None
    assert (running.name, running.sizes, running.entry) == ("2022 - 2027", Sizes(15, 5, 3), entry.pk)
    bare = draft(world, name="", until=None, sizes=Sizes())
    record_term_entries(
        act=act,
        drafts=[
            replace(bare, kind=TermEvent.EXTENDED, day=date(2023, 1, 1), until=date(2027, 12, 14)),
            replace(bare, kind=TermEvent.ENDED, day=date(2023, 3, 1)),
        ],
    )  # fmt: skip
    assert term_on(base, date(2023, 3, 1)) is None
    [term] = terms_of([base.pk])[base.pk]
    assert (term.until, term.end) == (date(2027, 12, 14), date(2023, 3, 1))
    assert AuditRow.objects.filter(action__startswith="terms.").count() == 3


def test_corrections(world: World) -> None:
    act, base = world.act("clerk"), world.units["DUK.01"]
    wrong = record_term_entry(act=act, draft=draft(world, name="2022 - 2026"))
    right = record_term_entry(act=act, draft=draft(world, day=date(2022, 6, 16), corrects=wrong.uid))
    found = term_on(base, CONGRESS.replace(day=16))
    assert found is not None
    assert found.name == "2022 - 2027"
    with pytest.raises(Conflict, match="đã được người khác đính chính"):
        record_term_entry(act=act, draft=draft(world, corrects=wrong.uid))
    ended = record_term_entry(act=act, draft=draft(world, kind=TermEvent.ENDED, day=date(2023, 3, 1), name=""))
    with pytest.raises(InvalidInput, match="Không có nhiệm kỳ nào đang chạy"):
        void_term_entry(act=act, entry=right)
    void_term_entry(act=act, entry=ended)
    void_term_entry(act=act, entry=right)
    assert terms_of([base.pk]) == {}
    assert TermEntry.objects.count() == 5, "nothing was overwritten"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"day": date(2021, 12, 31)}, "không hoạt động ngày 31/12/2021"),
        ({"day": date(2025, 1, 1)}, "còn quá xa"),
        ({"name": " "}, "Chưa ghi tên nhiệm kỳ"),
        ({"until": date(2022, 1, 1)}, "trước ngày bắt đầu"),
        ({"sizes": Sizes(15, 16)}, "Ban thường vụ 16 đông hơn cấp ủy 15"),
        ({"sizes": Sizes(0)}, "Số lượng 0"),
        ({"kind": TermEvent.EXTENDED, "until": None, "sizes": Sizes()}, "Chưa ghi thay đổi gì"),
    ],
)
def test_refusals(world: World, changes: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        record_term_entry(act=world.act("clerk"), draft=draft(world, **changes))
    assert not TermEntry.objects.exists()


def test_who_may(world: World) -> None:
    for who, error in (("deputy", NotAllowed), ("outsider", NotFound), ("secretary", NotFound)):
        with pytest.raises(error):
            record_term_entry(act=world.act(who), draft=draft(world))


def test_terms_that_end_soon(world: World) -> None:
    act = world.act("clerk")
    for code, until in (("DUK.01", date(2023, 3, 1)), ("DUK.01.01", date(2023, 7, 31)), ("DUK.02", date(2024, 1, 1))):
        record_term_entry(act=act, draft=draft(world, unit=world.units[code], until=until))
    codes = {unit.pk: code for code, unit in world.units.items()}
    soon = terms_ending(codes, date(2023, 4, 5), months=6)
    assert {codes[pk]: term.is_over(date(2023, 4, 5)) for pk, term in soon.items()} == {
        "DUK.01": True,
        "DUK.01.01": False,
    }
    with CaptureQueriesContext(connection) as queries:
        terms_ending(codes, date(2023, 4, 5), months=6)
    assert len(queries) == 1


def test_the_length_of_a_term_is_proposed_by_the_rule_of_the_day(world: World) -> None:
    committee, cell = world.units["DUK.01"], world.units["DUK.01.01"]
    found = proposed_term(committee, CONGRESS)
    assert found is not None
    assert (found.name, found.until, found.rule.key) == ("2022 - 2027", date(2027, 6, 14), "committee_term_months")
    set_rule(
        act=world.act("clerk"), owner=world.units["DUK"], key="cell_term_months", value="60", start=date(2023, 1, 1)
    )
    assert proposed_term(cell, CONGRESS).until == date(2024, 12, 14)  # type: ignore[union-attr]
    assert proposed_term(cell, date(2023, 2, 1)).until == date(2028, 1, 31)  # type: ignore[union-attr]
    assert proposed_term(cell, date(2021, 1, 1)) is None


def test_decisions_on_committees_can_be_taken_back(world: World) -> None:
    act = world.act("clerk")
    base = CommitteeDraft(world.units["DUK.01"], CommitteeEvent.CONSOLIDATED, date(2023, 1, 9), "bổ sung Phó Bí thư")
    [entry] = record_committee_events(act=act, drafts=[base])
    void_committee_entry(act=act, entry=entry)
    assert not CommitteeEntry.objects.live().exists()
    with pytest.raises(Conflict):
        void_committee_entry(act=act, entry=entry)
    with pytest.raises(InvalidInput, match="không hoạt động"):
        record_committee_events(act=act, drafts=[replace(base, day=date(2021, 1, 1))])
    with pytest.raises(InvalidInput, match="Không có lần ghi cần đính chính"):
        record_committee_events(act=act, drafts=[replace(base, unit=world.units["DUK.02"], corrects=entry.uid)])


def test_recording_many_terms_does_not_ask_more(world: World) -> None:
    act = world.act("clerk")

    def cost(codes: list[str], year: int) -> int:
        drafts = [draft(world, unit=world.units[code], day=date(year, 3, 1)) for code in codes]
        with CaptureQueriesContext(connection) as queries:
            record_term_entries(act=act, drafts=drafts)
        return len(queries)

    assert cost(["DUK"], 2022) == cost(["DUK", "DUK.01", "DUK.02", "DUK.01.01", "DUK.01.02"], 2023)
