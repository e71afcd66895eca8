"""Answers to what was asked once: added up, counted by option, and side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.reporting.forms import Field, FieldKind
from giaoban.apps.reporting.models import Cycle, Submission, SubmissionState
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures
from giaoban.core.period import Period
from giaoban.figures import VALUE_ONLY, FigureRequest
from giaoban.figures.model import Number


@dataclass(frozen=True, slots=True)
class QuestionAnswers:
    """One question: ``total`` of a number as ``figures`` counts it for who asked (None: no answer yet); ``counts`` of
    a choice by option, all options; ``by_unit`` what each unit answered, by code.
    """

    field: Field
    noun: str
    total: Number | None
    counts: Mapping[str, int]
    by_unit: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """All questions of one asking; ``units`` by code, ``answered`` the codes of those that have answered."""

    questions: tuple[QuestionAnswers, ...]
    units: Mapping[str, UnitCard]
    answered: frozenset[str]

    @property
    def silent(self) -> tuple[UnitCard, ...]:
        """Who has not answered."""
        return tuple(card for code, card in self.units.items() if code not in self.answered)


def answers(cycle: Cycle) -> Answers:
    """Return what came in for a cycle of an ad-hoc question; the queries do not grow with the units."""
    body, period = body_of(cycle.form), Period.parse(cycle.period)
    rows = list(
        Submission.objects.filter(cycle=cycle)
        .exclude(state=SubmissionState.RELEASED)
        .select_related("unit")
        .order_by("unit__code")
    )
    cards = place_cards([row.unit_id for row in rows], day=period.window.last_day)
    done = [row for row in rows if row.state == SubmissionState.ACCEPTED]
    asked = [FigureRequest(measure, cycle.owner.code, period) for measure in body.measures]
    totals = {one.request.measure: one.value for one in compute_figures(asked, parts=VALUE_ONLY)}
    questions = []
    for one in body.fields:
        by_unit = {row.unit.code: str(row.draft.get(one.key, {}).get("value", "")) for row in done}
        counts = Counter(value for value in by_unit.values() if value)
        questions.append(
            QuestionAnswers(
                one,
                catalogue()[one.measure].unit if one.measure else "",
                totals.get(one.measure),
                {option: counts[option] for option in one.options} if one.kind is FieldKind.CHOICE else {},
                by_unit,
            )
        )
    units = {row.unit.code: cards[row.unit_id] for row in rows}
    return Answers(tuple(questions), units, frozenset(row.unit.code for row in done))
