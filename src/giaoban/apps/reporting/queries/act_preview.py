"""What an act on the tree will do, found by doing it and rolling it back: what is shown is what then happens."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.members.queries.act_effects import Following, act_warnings, followings, people_consequences
from giaoban.apps.organizations.kinds import UnitKind
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import ActDraft, record_unit_act
from giaoban.apps.organizations.permissions import units_allowed
from giaoban.apps.organizations.queries.act_effects import (
    Consequence,
    UnitChange,
    place_consequences,
    unit_changes,
    units_of,
    units_of_act,
    with_all_above,
)
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.rules import rules_for
from giaoban.apps.organizations.queries.standing import KindSpans, kind_on, kind_spans
from giaoban.apps.organizations.queries.telling import ActStory, act_story, story_taken_back
from giaoban.apps.reporting.queries.act_duties import highest, owed_below, owed_changes
from giaoban.apps.reporting.queries.figures import catalogue, sources
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.figures import VALUE_ONLY, Figure, FigureRequest, Parts, compute_many
from giaoban.figures.calendar import OneDay

KEYS = ("organizations.grassroots", "organizations.cells", "members.total")
# What a quarter's report says of such acts: of committees, and of members who come and go with units, of cells too.
FLOWS = (
    "organizations.established",
    "organizations.dissolved",
    "organizations.merged",
    "organizations.consolidated",
    "organizations.split",
    "organizations.received",
    "organizations.handed_over",
)
MEMBER_FLOWS = ("organizations.members_received", "organizations.members_handed_over")
_MOST_UNITS = 40
_LEAST_OFFICIAL = "unit_least_official"
_TO_COMMITTEE = "cell_to_committee_members"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure of one unit without the act and with it; None: the unit does not stand.

    Stocks are those of the day of the act, flows those of its quarter: then ``label`` names it.
    """

    unit: UnitCard
    label: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class ActReport:
    """What an act does beside its sentence: units, people, places, rights; what people must look after themselves."""

    story: ActStory | None
    units: tuple[UnitChange, ...]
    followings: tuple[Following, ...]
    consequences: tuple[Consequence, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActPreview:
    """An act that was not recorded: its report, the figures and duties (``owed``) that it changes, what dated rules
    say; ``fingerprint`` as in ``ActDone``.
    """

    draft: ActDraft
    report: ActReport
    figures: tuple[FigureChange, ...]
    owed: tuple[Consequence, ...]
    fingerprint: str


def act_report(event: uuid.UUID, *, act: Act, day: date) -> ActReport:
    """Return what an act did at units of which the person may know; names only of people whom they may see."""
    scope = units_of_act(act, event)
    units = [unit.pk for unit in units_of(event)]
    grants = act.at_console or bool(units_allowed(act.user, "accounts_manage", units, today=act.today))
    people = people_consequences(event, act=act, scope=scope, day=day)
    return ActReport(
        act_story(event, scope=scope) or story_taken_back(event, scope=scope),
        unit_changes(event, scope=scope, day=day),
        followings(event, act=act, scope=scope, day=day),
        (*people, *place_consequences(event, scope=scope, day=day, grants=grants)),
        act_warnings(event, act=act, scope=scope, day=day),
    )


def preview_act(*, act: Act, draft: ActDraft) -> ActPreview:
    """Return what an act would do. It is done inside a savepoint that is rolled back, so nothing is left of it.

    Raises:
        InvalidInput, Conflict, NotAllowed, NotFound: as ``record_unit_act``.
    """
    with transaction.atomic():
        done = record_unit_act(act=act, draft=draft)
        report = act_report(done.event, act=act, day=draft.day)
        cells = {card.pk for one in report.followings for card in (one.origin, one.goal)}
        units = with_all_above({unit.pk for unit in units_of(done.event)} | cells, day=draft.day)
        shown = _shown(act, units)
        cards = place_cards([unit.pk for unit in units], day=draft.day)
        after = _figures([unit.code for unit in shown], draft.day)
        flows_after = _flows(shown, cards, draft.day)
        top = highest(shown, draft.day)
        owed_after = owed_below(act, top, draft.day)
        spans = kind_spans([unit.pk for unit in shown])
        transaction.set_rollback(True)
    before = _figures(_known([unit.code for unit in shown]), draft.day)
    known = _known([unit.code for unit in shown])
    flows_before = _flows([unit for unit in shown if unit.code in known], cards, draft.day)
    flows = tuple(_flow_changes(shown, cards, flows_before, flows_after, draft.day))
    owed = owed_changes(owed_below(act, top, draft.day), owed_after, cards, draft.day)
    # What is so already is not told again.
    changed = [
        unit for unit in shown if _total(before, unit) != _total(after, unit) or _new_kind(spans, unit, draft.day)
    ]
    warnings = (*report.warnings, *_rule_warnings(changed, cards, spans, after, draft))
    report = replace(report, warnings=warnings)
    return ActPreview(done.draft, report, (*_changes(shown, cards, before, after), *flows), owed, done.fingerprint)


def _total(figures: Mapping[tuple[str, str], Figure], unit: Unit) -> float | None:
    found = figures.get((unit.code, "members.total"))
    return found.value if found is not None else None


def _new_kind(spans: KindSpans, unit: Unit, day: date) -> bool:
    return kind_on(spans[unit.pk], day) != kind_on(spans[unit.pk], day - timedelta(days=1))


def _shown(act: Act, units: Sequence[Unit]) -> list[Unit]:
    """Units whose figures the person may see, as the tree is after the act or was before it; at most 40."""
    seen = Unit.objects.filter(pk__in=[unit.pk for unit in units])
    if not act.at_console:
        seen = seen.visible_to(act.user, today=act.today, right="figures_view")
    return list(seen.order_by("code")[:_MOST_UNITS])


def _known(codes: Sequence[str]) -> list[str]:
    return list(Unit.objects.filter(code__in=codes).order_by("code").values_list("code", flat=True))


def _figures(codes: Sequence[str], day: date) -> Mapping[tuple[str, str], Figure]:
    asked = [FigureRequest(key, code, Period.quarter_of(day)) for code in codes for key in KEYS]
    found = compute_many(sources(OneDay(day)), asked, parts=Parts(breakdown=True))
    return {(one.request.unit, one.request.measure): one for one in found}


def _flow_keys(card: UnitCard) -> tuple[str, ...]:
    """The flows of a unit: organisations come and go in committees only."""
    return MEMBER_FLOWS if card.holds_members else FLOWS + MEMBER_FLOWS


def _flows(units: Sequence[Unit], cards: Mapping[int, UnitCard], day: date) -> Mapping[tuple[str, str], Figure]:
    """What happened in the quarter of a day, by unit and measure."""
    quarter = Period.quarter_of(day)
    asked = [FigureRequest(key, unit.code, quarter) for unit in units for key in _flow_keys(cards[unit.pk])]
    return {(one.request.unit, one.request.measure): one for one in compute_many(sources(), asked, parts=VALUE_ONLY)}


def _flow_changes(
    units: Sequence[Unit],
    cards: Mapping[int, UnitCard],
    before: Mapping[tuple[str, str], Figure],
    after: Mapping[tuple[str, str], Figure],
    day: date,
) -> Iterator[FigureChange]:
    quarter = Period.quarter_of(day).name()
    for unit in units:
        for key in _flow_keys(cards[unit.pk]):
            old, new = (found.get((unit.code, key)) for found in (before, after))
            values = (old.value if old else None, new.value if new else None)
            if values[0] != values[1] and any(values):
                yield FigureChange(cards[unit.pk], f"{catalogue()[key].label}, {quarter}", *values)


def _changes(
    units: Sequence[Unit],
    cards: Mapping[int, UnitCard],
    before: Mapping[tuple[str, str], Figure],
    after: Mapping[tuple[str, str], Figure],
) -> Iterator[FigureChange]:
    for unit in units:
        # How many organisations a cell is goes without saying.
        for key in KEYS[2:] if cards[unit.pk].holds_members else KEYS:
            old, new = before.get((unit.code, key)), after.get((unit.code, key))
            values = (old.value if old else None, new.value if new else None)
            if values[0] != values[1] and any(values):
                yield FigureChange(cards[unit.pk], catalogue()[key].label, *values)


def _rule_warnings(
    units: Sequence[Unit],
    cards: Mapping[int, UnitCard],
    spans: KindSpans,
    after: Mapping[tuple[str, str], Figure],
    draft: ActDraft,
) -> Iterator[str]:
    """What the rules in force on the day say of the units as they will be; warnings, never a refusal."""
    if not draft.decision.number.strip():
        yield "Chưa ghi số quyết định."
    ids = [unit.pk for unit in units]
    least, many = rules_for(_LEAST_OFFICIAL, ids, draft.day), rules_for(_TO_COMMITTEE, ids, draft.day)
    for unit in units:
        kind, figure = kind_on(spans[unit.pk], draft.day), after.get((unit.code, "members.total"))
        if kind is None or figure is None or figure.value is None:
            continue
        name, total = cards[unit.pk].place, int(figure.value)
        official = figure.breakdown.get("official", 0)
        if kind.members and official < least[unit.pk].whole:
            yield (
                f"{name} có {format_number(official)} đảng viên chính thức, ít hơn {least[unit.pk].value} "
                f"({least[unit.pk].source})."
            )
        if kind.code == UnitKind.GRASSROOTS_CELL and total >= many[unit.pk].whole:
            yield (
                f"{name} có {format_number(total)} đảng viên, từ {many[unit.pk].value} trở lên thì lập đảng bộ cơ sở "
                f"({many[unit.pk].source})."
            )
        if kind.code == UnitKind.GRASSROOTS_COMMITTEE and total < many[unit.pk].whole:
            yield (
                f"{name} có {format_number(total)} đảng viên, chưa đủ {many[unit.pk].value}: lập đảng bộ cơ sở "
                f"phải được cấp ủy cấp trên trực tiếp đồng ý bằng văn bản ({many[unit.pk].source})."
            )
