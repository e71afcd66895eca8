"""Which reports a committee has for a year, where each stands and what is missing; whose section is due when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import Unit, granted_ancestry, on_day
from giaoban.apps.reporting.models import OwnReport, ReportComment, SectionDuty, Stage
from giaoban.apps.reporting.queries.own_report.state import (
    NO_TEXT,
    ORDER,
    SlotText,
    definition_of,
    definitions_of,
    duty_of,
    fitting,
    is_still,
    reports_of_year,
    section_parents,
    section_titles,
    slot_specs,
    texts_of,
)
from giaoban.core.period import Period, PeriodKind
from giaoban.writer.definitions import Definition

_OPEN = ORDER[: ORDER.index(Stage.SIGNING)]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a report still lacks: slots without words, sections past their day, remarks without an answer."""

    slots: int = 0
    overdue: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report that a committee makes for a period; ``report`` is the newest edition, None where it is not begun."""

    name: str
    period: Period
    report: OwnReport | None
    editions: int
    missing: Missing


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section that somebody owes: of which report, by when, how many of its slots have no words."""

    report: OwnReport
    section: str
    title: str
    duty: SectionDuty
    empty: int


def overview(unit: Unit, chosen: Period, *, today: date) -> tuple[ReportRow, ...]:
    """Return the reports of the year of a period and its parts, and those of the period if it is a month.

    In the order of their last days; four queries and the definitions, however many reports there are.
    """
    found = reports_of_year(unit, chosen.year)
    definitions = definitions_of(unit, day=today)
    newest = [editions[-1] for editions in found.values()]
    texts = texts_of(newest)
    duties: dict[int, list[SectionDuty]] = {}
    for duty in SectionDuty.objects.filter(report__in=newest):
        duties.setdefault(duty.report_id, []).append(duty)
    open_remarks = ReportComment.objects.filter(report__in=newest, answers=None, answered_by=None)
    remarks = list(open_remarks.values_list("report_id", flat=True))
    rows = []
    for period in _periods(chosen):
        begun = [name for name, of in found if of == str(period)]
        for name in dict.fromkeys((*fitting(definitions, period), *begun)):
            editions = found.get((name, str(period)), [])
            report = editions[-1] if editions else None
            missing = Missing()
            if report is not None and not is_still(report):
                definition = definitions.get(name) or definition_of(report, day=today)
                words = texts.get(report.pk, {})
                lines = _sections(report, definition, duties.get(report.pk, ()), words)
                empty = sum(not words.get(spec.slot, NO_TEXT).text for spec in slot_specs(definition))
                late = sum(bool(line.empty and line.duty.due and line.duty.due < today) for line in lines)
                missing = Missing(empty, late, remarks.count(report.pk))
            rows.append(ReportRow(name, period, report, len(editions), missing))
    return tuple(rows)


def _periods(chosen: Period) -> list[Period]:
    year = chosen.year
    names = [f"{year}-Q1", f"{year}-Q2", f"{year}-H1", f"{year}-Q3", f"{year}-9M", f"{year}-Q4", f"{year}"]
    periods = [Period.parse(name) for name in names]
    return periods if chosen in periods or chosen.kind is PeriodKind.YEARS else [chosen, *periods]


def _sections(
    report: OwnReport, definition: Definition, duties: Sequence[SectionDuty], texts: Mapping[str, SlotText]
) -> list[SectionLine]:
    """Return the sections that were given away, with the slots that are theirs: also those of sections below."""
    held = {duty.section: duty for duty in duties}
    parents = section_parents(definition)
    titles = section_titles(definition)
    empty: dict[str, int] = {}
    for spec in slot_specs(definition):
        owner = duty_of(spec.section, held, parents)
        if owner is not None and not texts.get(spec.slot, NO_TEXT).text:
            empty[owner.section] = empty.get(owner.section, 0) + 1
    return [
        SectionLine(report, duty.section, titles.get(duty.section, duty.section), duty, empty.get(duty.section, 0))
        for duty in duties
    ]


def desk_lines(user: User, *, today: date) -> tuple[SectionLine, ...]:
    """Return the sections that were given to a person by name and still have empty slots, the nearest day first."""
    seen = granted_ancestry(user, today=today, right="figures_view").filter(on_day(today)).values("descendant")
    rows = SectionDuty.objects.filter(person=user, report__unit__in=seen, report__stage__in=_OPEN)
    duties = list(rows.select_related("report__unit"))
    reports = {duty.report_id: duty.report for duty in duties}
    texts = texts_of(reports.values())
    together: dict[int, list[SectionDuty]] = {}
    for duty in SectionDuty.objects.filter(report__in=reports):
        together.setdefault(duty.report_id, []).append(duty)
    definitions: dict[tuple[int, str], Definition] = {}
    lines = []
    for duty in duties:
        report = duty.report
        known = definitions.get((report.unit_id, report.name)) or definition_of(report, day=today)
        definitions[report.unit_id, report.name] = known
        found = _sections(report, known, together[report.pk], texts.get(report.pk, {}))
        lines += [replace(line, duty=duty) for line in found if line.duty.pk == duty.pk and line.empty]
    return tuple(sorted(lines, key=lambda line: (line.duty.due or date.max, line.title)))
