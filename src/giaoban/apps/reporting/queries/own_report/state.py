"""Finding a report, the words in it, and what its definition asks for."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import may
from giaoban.apps.reporting.models import OwnReport, ReportText, SectionDuty, Stage
from giaoban.apps.reporting.queries.definitions import definition_names, report_definition
from giaoban.core.errors import NotFound
from giaoban.core.period import Period
from giaoban.writer.definitions import Definition

ORDER = tuple(Stage)
# From this stage on the words stand still.
FIRST_STILL = ORDER.index(Stage.SIGNING)


@dataclass(frozen=True, slots=True)
class SlotSpec:
    """A place for free text: its section, and the section's title with those above it."""

    slot: str
    guidance: str
    section: str
    title: str


@dataclass(frozen=True, slots=True)
class SlotText:
    """The newest words of a slot; version 0 where nobody wrote yet."""

    text: str
    version: int
    row: ReportText | None = None


NO_TEXT = SlotText("", 0)


def definitions_of(unit: Unit, *, day: date) -> dict[str, Definition]:
    """Return the definitions that a unit can follow on a day, by name."""
    return {name: report_definition(unit, name, day=day) for name in definition_names(unit, day=day)}


def names_for(unit: Unit, period: Period, *, day: date) -> tuple[str, ...]:
    """Return the names of the reports that a unit makes for a period of this length."""
    return fitting(definitions_of(unit, day=day), period)


def fitting(definitions: Mapping[str, Definition], period: Period) -> tuple[str, ...]:
    """Return the names of the definitions that are made for a period of this length; one without any serves for all."""
    return tuple(name for name, one in definitions.items() if not one.periods or period.kind in one.periods)


def definition_of(report: OwnReport, *, day: date) -> Definition:
    """Return the definition that a report follows on a day: the office may change its own.

    A report that is begun keeps being one: where the definition ended since, or the unit moved out of its reach, it is
    the one that held for the unit on the report's last day.

    Raises:
        NotFound: there was none then either.
    """
    try:
        return report_definition(report.unit, report.name, day=day)
    except NotFound:
        return report_definition(report.unit, report.name, day=Period.parse(report.period).window.last_day)


def is_still(report: OwnReport) -> bool:
    """Tell whether the words are frozen: from «trình ký» on."""
    return ORDER.index(Stage(report.stage)) >= FIRST_STILL


def find_report(user: User, uid: uuid.UUID, *, today: date, right: str = "figures_view") -> OwnReport:
    """Return a report of a unit on which the person holds the right.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    seen = OwnReport.objects.visible_to(user, today=today, right=right)
    found = _with_snapshots(seen.filter(uid=uid)).first()
    if found is None:
        raise NotFound("Không tìm thấy báo cáo này trong phạm vi của đồng chí")
    return found


def section_titles(definition: Definition) -> dict[str, str]:
    """Return the title of each section by its id, in the order of the definition."""
    return {section.id: section.title for section in definition.sections}


def slot_specs(definition: Definition) -> tuple[SlotSpec, ...]:
    """Return the places for free text in the order of the definition."""
    return tuple(
        SlotSpec(paragraph.slot, paragraph.guidance, section.id, section.title)
        for section in definition.sections
        for paragraph in section.paragraphs
        if paragraph.slot and not paragraph.each
    )


def section_parents(definition: Definition) -> dict[str, str]:
    """Return the section above each section; «» above those of the first level."""
    parents: dict[str, str] = {}
    way: list[str] = []
    for section in definition.sections:
        way = way[: section.level - 1]
        parents[section.id] = way[-1] if way else ""
        way.append(section.id)
    return parents


def texts_of(reports: Iterable[OwnReport]) -> dict[int, dict[str, SlotText]]:
    """Return the newest words of every slot of each report by its key; one query."""
    newest = Window(RowNumber(), partition_by=["report", "slot"], order_by=F("version").desc())
    rows = ReportText.objects.filter(report__in=[one.pk for one in reports]).annotate(place=newest).filter(place=1)
    found: dict[int, dict[str, SlotText]] = {}
    for row in rows.select_related("written_by"):
        found.setdefault(row.report_id, {})[row.slot] = SlotText(row.text, row.version, row)
    return found


def slot_texts(report: OwnReport) -> dict[str, SlotText]:
    """Return the newest words of every slot of a report."""
    return texts_of([report]).get(report.pk, {})


def filled(texts: Mapping[str, SlotText], definition: Definition) -> dict[str, str]:
    """Return the words by slot, without empty slots and those that the definition no longer has."""
    known = set(definition.slots())
    return {slot: held.text for slot, held in texts.items() if held.text and slot in known}


def duty_of(section: str, duties: Mapping[str, SectionDuty], parents: Mapping[str, str]) -> SectionDuty | None:
    """Return who owns a section: its own department, else that of the section above it."""
    while section:
        if section in duties:
            return duties[section]
        section = parents.get(section, "")
    return None


def may_write(user: User, report: OwnReport, slot: str, *, today: date) -> bool:
    """Tell whether a person may write into a slot: by right, or because its section was given to them by name."""
    if may(user, "reports_write", report.unit, today=today):
        return True
    if not may(user, "figures_view", report.unit, today=today):
        return False
    definition = definition_of(report, day=today)
    spec = next((one for one in slot_specs(definition) if one.slot == slot), None)
    duties = {duty.section: duty for duty in report.duties.all()}
    duty = duty_of(spec.section, duties, section_parents(definition)) if spec is not None else None
    return duty is not None and duty.person_id == user.pk


def reports_of_year(unit: Unit, year: int) -> dict[tuple[str, str], list[OwnReport]]:
    """Return the reports of a unit on a year and its parts by definition and period, oldest edition first."""
    rows = OwnReport.objects.filter(unit=unit, period__startswith=f"{year}")
    found: dict[tuple[str, str], list[OwnReport]] = {}
    for row in rows.order_by("edition"):
        found.setdefault((row.name, row.period), []).append(row)
    return found


def editions_of(report: OwnReport) -> list[OwnReport]:
    """Return all editions of a report, oldest first."""
    rows = OwnReport.objects.filter(unit=report.unit_id, name=report.name, period=report.period)
    return list(_with_snapshots(rows).order_by("edition"))


def _with_snapshots(rows: QuerySet[OwnReport]) -> QuerySet[OwnReport]:
    """Read the snapshots with the reports, but for what is large and few pages need: it comes when it is asked for."""
    large = [f"{kept}__{part}" for kept in ("cutoff", "signed") for part in ("entries", "tree", "texts")]
    return rows.select_related("unit", "cutoff", "signed", "replaces").defer(*large)
