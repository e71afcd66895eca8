"""The built sample gives the numbers of the two real periods that it was made after, and stands on every law."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from tests.sample_office import NOW, is_sqlite, seconds_to_build

from giaoban.apps.accounts.models import User
from giaoban.apps.audit import integrity as audit_integrity
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.directives.models import AnnualTarget
from giaoban.apps.members import integrity as members_integrity
from giaoban.apps.members.committee_rules import Verdict
from giaoban.apps.members.models import Member, MemberEntry, OfficeTerm
from giaoban.apps.members.operations import open_personal_file
from giaoban.apps.members.queries.committee_findings import committee_findings
from giaoban.apps.members.queries.vacancies import vacancies
from giaoban.apps.members.queries.visits import visit_board
from giaoban.apps.organizations import integrity as organizations_integrity
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import Ancestry, GroupMembership, Unit, UnitKindSpan, on_day
from giaoban.apps.organizations.queries.terms import terms_on
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.apps.sample.accounts import is_sample, sign_ins
from giaoban.apps.sample.record import console
from giaoban.core.period import Period
from giaoban.figures import ALL_PARTS, VALUE_ONLY, Figure, FigureRequest

pytestmark = [pytest.mark.xdist_group("sample"), pytest.mark.usefixtures("sample_db")]

HALF = date(2021, 6, 30)


def figure(measure: str, period: str, unit: str = "MAU") -> Figure:
    [found] = compute_figures([FigureRequest(measure, unit, Period.parse(period))], parts=ALL_PARTS)
    return found


# One row for each number of a real half year or quarter: measure, period, value, last year's, parts.
SCENARIO: list[tuple[str, str, int, int | None, Mapping[str, int] | None]] = [
    ("organizations.grassroots", "2021-H1", 62, None, None),
    ("members.admitted", "2021-H1", 59, None, None),
    ("organizations.grassroots", "2023-Q1", 82, 62, None),
    ("organizations.established", "2023-Q1", 1, None, {"grassroots_committee": 1}),
    ("organizations.handed_over", "2023-Q1", 3, None, {"section": 3}),
    ("organizations.members_handed_over", "2023-Q1", 210, None, None),
    ("committees.consolidated", "2023-Q1", 12, None, None),
    ("offices.inspection_commissions_planned", "2023-Q1", 5, None, None),
    ("offices.inspection_commissions_approved", "2023-Q1", 2, None, None),
    ("organizations.establishment_opinions", "2023-Q1", 1, None, None),
    (
        "offices.appointed",
        "2023-Q1",
        12,
        9,
        {"secretary": 2, "deputy_secretary": 3, "standing_member": 2, "committee_member": 5},
    ),
    ("offices.moved", "2023-Q1", 1, None, {"deputy_secretary": 1}),
    (
        "offices.planned",
        "2023-Q1",
        15,
        2,
        {"secretary": 3, "deputy_secretary": 3, "standing_member": 4, "committee_member": 5},
    ),
    ("offices.confidence_votes", "2023-Q4", 12, None, None),
    ("members.admitted", "2023-Q1", 53, 33, None),
    ("members.recognised", "2023-Q1", 116, None, None),
    ("members.cards_issued", "2023-Q1", 77, None, {"3/2": 77}),
    ("members.cards_issued_organizations", "2023-Q1", 29, None, None),
    ("members.transferred", "2023-Q1", 114, None, {"in": 33, "out": 59, "within": 22}),
    ("members.transferred_in", "2023-Q1", 33, None, None),
    ("members.transferred_out", "2023-Q1", 59, None, None),
    ("members.transferred_within", "2023-Q1", 22, None, None),
    ("members.vetted", "2023-Q1", 53, None, None),
    ("members.vetted_organizations", "2023-Q1", 16, None, None),
    ("members.commended", "2023-Q1", 5, None, {"five_years": 5}),
    ("members.commendation_proposed", "2023-Q1", 14, None, {"five_years": 13, "special": 1}),
    ("organizations.commendation_proposed", "2023-Q1", 1, None, None),
    ("discipline.members", "2023-Q1", 6, 5, {"reprimand": 5, "warning": 1}),
    ("organizations.received", "2022-Q4", 20, None, {"grassroots_committee": 13, "grassroots_cell": 7}),
    ("organizations.members_received", "2022-Q4", 1200, None, None),
]


@pytest.mark.parametrize(("measure", "period", "value", "previous", "parts"), SCENARIO)
def test_the_numbers_of_the_real_periods_come_out(
    measure: str, period: str, value: int, previous: int | None, parts: Mapping[str, int] | None
) -> None:
    found = figure(measure, period)
    assert found.value == value
    if previous is not None:
        assert found.previous == previous
    if parts is not None:
        assert dict(found.breakdown) == parts
    evidence = explain_figure(found.request)
    assert sum(line.number for line in evidence.lines) == value


def test_growth_and_targets_are_those_of_the_reports() -> None:
    assert figure("members.admitted", "2023-Q1").growth_percent == 60.6
    half = figure("members.admitted", "2021-H1")
    assert (half.target, half.percent_of_target) == (150, 39.3)
    assert [one.value for one in figure("members.admitted", "2023").targets] == [190, 200]
    start = figure("members.total", "2020").value
    assert start is not None
    assert Decimal("2.95") <= Decimal(150) * 100 / Decimal(start) <= Decimal("3.05"), "150 a year are 3 %"
    assert AnnualTarget.objects.filter(unit__code="MAU", year=2023, is_main=True).count() == 1


@pytest.mark.parametrize(("period", "low", "high"), [("2021-H1", 4950, 5050), ("2023-Q1", 6050, 6200)])
def test_the_committee_has_the_size_of_the_real_one(period: str, low: int, high: int) -> None:
    found = figure("members.total", period)
    assert found.value is not None
    assert low <= found.value <= high
    assert found.breakdown["official"] + found.breakdown["probationary"] == found.value


def test_the_units_of_2021_stand_as_the_notice_lists_them() -> None:
    tops = dict(
        UnitKindSpan.objects.filter(on_day(HALF), kind__startswith="grassroots").values_list("unit__code", "kind")
    )
    assert Counter(tops.values()) == {"grassroots_committee": 41, "grassroots_cell": 21}
    assert set(tops) == {f"MAU.{number:02}" for number in range(1, 63)}
    cells = Counter(
        Ancestry.objects.filter(on_day(HALF), ancestor__code__in=tops, descendant__kind_spans__kind="cell")
        .filter(on_day(HALF, "descendant__kind_spans__"))
        .values_list("ancestor__code", flat=True)
    )
    assert sum(cells.values()) == 356
    listed = {"MAU.13": 12, "MAU.14": 28, "MAU.04": 20, "MAU.15": 20, "MAU.16": 8, "MAU.08": 11, "MAU.17": 12}
    assert {code: cells[code] for code in listed} == listed
    clusters = GroupMembership.objects.filter(on_day(HALF), group__kind="cluster").values_list("group__code", flat=True)
    assert Counter(clusters) == {"1": 11, "2": 12, "3": 11, "4": 12, "5": 16}


def test_the_enterprises_do_not_change_the_figures_of_2021() -> None:
    assert set(figure("members.admitted", "2021-H1").children) == {f"MAU.{number:02}" for number in range(1, 63)}
    assert len(figure("members.admitted", "2023-Q1").children) == 82


def test_the_roll_adds_up_for_every_unit_and_month_of_2023() -> None:
    """Decision D5: opening + admitted + in + moved in - out - left - died - moved out = closing."""
    ins = ("members.admitted", "members.restored", "members.transferred_in", "organizations.members_received")
    outs = ("members.transferred_out", "members.left", "members.died", "organizations.members_handed_over")
    units = sorted(set(Ancestry.objects.filter(ancestor__code="MAU").values_list("descendant__code", flat=True)))
    months = [Period.parse(f"2023-M{number:02}") for number in range(1, 13)]
    asked = [FigureRequest("members.total", unit, month) for unit in units for month in (Period.parse("2022"), *months)]
    asked += [FigureRequest(key, unit, month) for key in (*ins, *outs) for unit in units for month in months]
    values = {one.request: one.value or 0 for one in compute_figures(asked, parts=VALUE_ONLY)}
    temporary = _temporary_transfers()
    wrong = []
    for unit in units:
        opening = values[FigureRequest("members.total", unit, Period.parse("2022"))]
        for month in months:
            closing = values[FigureRequest("members.total", unit, month)]
            came = sum(values[FigureRequest(key, unit, month)] for key in ins)
            went = sum(values[FigureRequest(key, unit, month)] for key in outs) - temporary[unit, str(month)]
            if opening + came - went != closing:
                wrong.append((unit, str(month), opening, came, went, closing))
            opening = closing
    assert len(units) > 500
    assert wrong == []


def _temporary_transfers() -> Counter[tuple[str, str]]:
    """Temporary transfers out are a flow that changes no stock, at the cell and at everything above it."""
    found: Counter[tuple[str, str]] = Counter()
    for entry in MemberEntry.objects.live().filter(temporary=True, effective_date__year=2023):
        month = f"2023-M{entry.effective_date.month:02}"
        above = Ancestry.objects.filter(on_day(entry.effective_date), descendant=entry.unit)
        found.update((code, month) for code in above.values_list("ancestor__code", flat=True))
    return found


def test_no_temporary_transfer_in_the_first_quarter_of_2023() -> None:
    entries = MemberEntry.objects.filter(temporary=True, effective_date__range=(date(2023, 1, 1), date(2023, 3, 31)))
    assert not entries.exists()


def test_everything_that_verify_looks_at_is_right() -> None:
    checks = (*audit_integrity.CHECKS, *organizations_integrity.CHECKS, *members_integrity.CHECKS)
    assert {check.name: list(check.rows()) for check in checks} == {check.name: [] for check in checks}
    assert AuditRow.objects.count() > 10_000, "each act left its row"


def test_the_ward_is_another_tree_of_older_members() -> None:
    cells = Unit.objects.filter(code__startswith="PHUONG.")
    assert cells.count() == 12
    standing = Member.objects.standing().filter(unit__in=cells)
    assert all(12 <= number <= 32 for number in Counter(standing.values_list("unit", flat=True)).values())
    old = sum(born.year <= 1968 for born in standing.values_list("birth_date", flat=True))
    assert old > 0.9 * standing.count()
    assert not Ancestry.objects.filter(ancestor__code="MAU", descendant__in=cells).exists()


@pytest.mark.parametrize(
    ("key", "tops"),
    [
        ("clerk", {"MAU"}),
        ("organizer", {"MAU"}),
        ("inspector", {"MAU"}),
        ("deputy", {"MAU"}),
        ("secretary", {"PHUONG"}),
        ("outsider", {"PHUONG"}),
        ("administrator", {"MAU", "PHUONG"}),
    ],
)
def test_each_person_signs_in_and_sees_their_own_committee(key: str, tops: set[str]) -> None:
    person = next(one for one in sign_ins() if one.key == key)
    user = User.objects.get(username=person.username)
    assert check_password(person.password, user.password)
    seen = Unit.objects.visible_to(user, today=NOW.date()).values_list("code", flat=True)
    assert {code.partition(".")[0] for code in seen} == tops
    assert (len(seen) == 1) == (key == "secretary")


def test_a_changed_password_is_not_told() -> None:
    user = User.objects.get(username="lan")
    user.set_password("mot-mat-khau-khac")
    user.save()
    told = {one.username: one.password for one in sign_ins()}
    assert told.pop("lan") == ""
    assert set(told.values()) == {"chao-dong-chi"}
    assert is_sample()


def test_the_registers_beside_the_roll_are_alive() -> None:
    """Absences, badges and grades of some thousand people, within the rules that the product ships."""
    rated = figure("members.rated", "2022")
    assert rated.value is not None
    assert rated.value > 5500
    assert figure("members.rated", "2021").value is None, "the register of grades was opened in December 2022"
    good_and_up = rated.breakdown["excellent"] + rated.breakdown["good"]
    assert Decimal(rated.breakdown["excellent"]) * 100 / good_and_up < 20
    over = figure("members.rated", "2022", "MAU.08").breakdown
    assert over["excellent"] * 5 > over["excellent"] + over["good"], "one goes beyond the cap, for all to see"
    assert set(figure("members.badges_awarded", "2023").breakdown) == {"30", "40"}
    assert len(figure("members.badges_awarded", "2026", "PHUONG").breakdown) >= 4
    assert 10 <= (figure("members.exempted", "2023-Q1").value or 0) <= 60
    assert 5 <= (figure("members.away", "2023-Q1").value or 0) <= 60
    assert Member.objects.filter(entries__kind="card_issued").exclude(card_number="").count() > 500


def test_identity_numbers_are_sealed_and_belong_to_no_province() -> None:
    member = Member.objects.exclude(identity_cipher="").order_by("id").first()
    assert member is not None
    assert member.identity_cipher.isascii()
    act = console(User.objects.get(username="binh"), NOW.date())
    number = open_personal_file(act=act, member=member).identity_number
    assert number.startswith("099")
    assert number.endswith(member.identity_tail)


def test_every_grassroots_organisation_has_its_secretary() -> None:
    day = date(2023, 3, 31)
    tops = UnitKindSpan.objects.filter(on_day(day), kind__startswith="grassroots", unit__code__startswith="MAU")
    secretaries = OfficeTerm.objects.filter(on_day(day), office=Office.SECRETARY).values("unit")
    assert tops.exclude(unit__in=secretaries).count() == 0


def test_every_committee_has_its_term_and_most_are_as_the_rules_want() -> None:
    day = date(2023, 3, 31)
    below = set(Ancestry.objects.filter(on_day(day), ancestor__code="MAU").values_list("descendant_id", flat=True))
    assert below == terms_on(below, day).keys()
    findings = committee_findings(below, day)
    wrong = {unit for unit, told in findings.items() if any(one.verdict is Verdict.WRONG for one in told)}
    assert 0 < len(wrong) < len(below) / 5, "something to mend, but no office would have more"
    codes = Unit.objects.in_bulk(vacancies(below, day))
    assert {"MAU.17", "MAU.35"} <= {unit.code for unit in codes.values()}
    board = visit_board(Unit.objects.get(code="MAU"), day)
    assert [card.code for card in board.without] == ["MAU.30", "MAU.55", "MAU.81"]
    assert len(board.by_unit) == 79


def test_the_build_tells_its_time(request: pytest.FixtureRequest, record_property: Any, capsys: Any) -> None:
    if not is_sqlite():
        assert Member.objects.count() > 7000
        return
    folder: Path = request.getfixturevalue("sample_folder")
    seconds = seconds_to_build(folder)
    record_property("sample built in seconds", seconds)
    size = (folder / "giaoban.sqlite3").stat().st_size / 1e6
    with capsys.disabled():
        sys.stdout.write(f"\nsample built in {seconds} s, {size:.1f} MB\n")
    assert size < 60


def test_decisions_are_numbered_in_the_order_of_days() -> None:
    entries = MemberEntry.objects.filter(
        effective_date__range=(date(2023, 1, 1), date(2023, 12, 31)), decision_number__endswith="-QĐ/ĐUK"
    ).order_by("effective_date")
    numbers = [(entry.effective_date, int(entry.decision_number.partition("-")[0])) for entry in entries]
    assert len(numbers) > 500
    last_of_day: dict[date, int] = {}
    for day, number in numbers:
        last_of_day[day] = max(number, last_of_day.get(day, 0))
    assert list(last_of_day.values()) == sorted(last_of_day.values())
