"""A submission as the person sees it who fills, reviews or reads it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.reporting.forms import Field, FieldKind, Section
from giaoban.apps.reporting.models import StepKind, Submission, SubmissionStep
from giaoban.apps.reporting.queries.cycles.checking import (
    Checked,
    Finding,
    Missing,
    check_submission,
    is_confirmed,
)
from giaoban.apps.reporting.queries.cycles.files import files_of
from giaoban.apps.reporting.queries.cycles.timing import Timing, locks_at, timing_of
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period


@dataclass(frozen=True, slots=True)
class Rival:
    """What somebody wrote into a field while somebody else was writing there too; kept until it is joined."""

    value: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Input:
    """One place to type: ``name`` is what ``save_field`` takes, ``value`` as people write it.

    ``version`` goes back with the next change; ``unusual`` says why a number is far from those before; ``problems`` are
    the words of the findings about this place.
    """

    name: str
    value: str
    mark: str
    version: int
    by: str
    at: datetime | None
    rivals: tuple[Rival, ...]
    unusual: str
    confirmed: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileLine:
    """An attached file."""

    uid: uuid.UUID
    name: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldView:
    """One line of the form.

    ``known``: of a measure the figure (None: not kept), of a value what the units below have reported; ``unit`` is the
    noun after a number; ``inputs`` are empty where a register knows it.
    """

    field: Field
    unit: str
    known: Decimal | None
    inputs: tuple[Input, ...]
    files: tuple[FileLine, ...] = ()

    @property
    def from_register(self) -> bool:
        """Whether a register knows it already, so that nobody types it."""
        return self.field.kind is FieldKind.MEASURE

    @property
    def known_words(self) -> str:
        """The known number as people read it; «chưa theo dõi» where nobody keeps it."""
        return "chưa theo dõi" if self.known is None else format_number(self.known)


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its lines."""

    section: Section
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as people read it."""

    kind: str
    label: str
    at: datetime
    by: str
    remark: str
    until: datetime | None
    edition: int


@dataclass(frozen=True, slots=True)
class FormPage:
    """The whole page; ``asked`` is how many fields somebody has to fill, ``filled`` how many of them hold something."""

    submission: Submission
    unit: UnitCard
    receiver: UnitCard
    period: Period
    timing: Timing
    locks_at: datetime | None
    sections: tuple[SectionView, ...]
    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    steps: tuple[StepLine, ...]
    asked: int
    filled: int
    last_remark: str


def find_submission(user: User, uid: str, *, now: datetime, right: str = "figures_view") -> Submission:
    """Return a submission that the person may see.

    Raises:
        NotFound: there is none of that uid in their scope.
    """
    from giaoban.apps.audit.act import day_of

    try:
        wanted = uuid.UUID(uid)
    except ValueError:
        raise NotFound("Không tìm thấy báo cáo này trong phạm vi của đồng chí") from None
    rows = Submission.objects.visible_to(user, today=day_of(now), right=right)
    found = (
        rows.filter(uid=wanted).select_related("cycle__form", "cycle__owner", "unit", "receiver", "snapshot").first()
    )
    if found is None:
        raise NotFound("Không tìm thấy báo cáo này trong phạm vi của đồng chí")
    return found


def form_page(submission: Submission, *, now: datetime) -> FormPage:
    """Return a submission with figures, typed values, what is unusual or wrong, files and steps.

    The number of queries depends on the form, never on the units below. Nobody's rights are asked here: load the
    submission with ``find_submission``.
    """
    files = _files(submission)
    checked = check_submission(submission, files=frozenset(files))
    sections = tuple(
        SectionView(section, tuple(_field(one, submission, checked, files) for one in section.fields))
        for section in checked.body.sections
    )
    asked = [view for section in sections for view in section.fields if view.field.asks]
    filled = sum(bool(view.files or any(one.value for one in view.inputs)) for view in asked)
    cards = place_cards([submission.unit_id, submission.receiver_id], day=checked.window.last_day)
    steps = _steps(submission)
    remarks = [one.remark for one in steps if one.kind == StepKind.RETURNED]
    return FormPage(
        submission=submission,
        unit=cards[submission.unit_id],
        receiver=cards[submission.receiver_id],
        period=checked.period,
        timing=timing_of(submission, now),
        locks_at=locks_at(submission),
        sections=sections,
        findings=checked.findings,
        missing=checked.missing,
        steps=steps,
        asked=len(asked),
        filled=filled,
        last_remark=remarks[-1] if remarks else "",
    )


def _field(
    one: Field, submission: Submission, checked: Checked, files: Mapping[str, tuple[FileLine, ...]]
) -> FieldView:
    inputs = tuple(_input(one, name, submission, checked) for name in one.inputs)
    known = checked.known.get(one.key) if one.kind is FieldKind.MEASURE else checked.below.get(one.key)
    unit = catalogue()[one.measure].unit if one.measure else ""
    return FieldView(one, unit, known, inputs, files.get(one.key, ()))


def _input(one: Field, name: str, submission: Submission, checked: Checked) -> Input:
    kept: dict[str, Any] = submission.draft.get(name, {})
    strange = checked.unusual.get(name)
    return Input(
        name=name,
        value=_shown(one, kept.get("value", "")),
        mark=kept.get("mark", ""),
        version=kept.get("version", 0),
        by=_who(kept),
        at=datetime.fromisoformat(kept["at"]) if "at" in kept else None,
        rivals=tuple(
            Rival(_shown(one, rival["value"]), _who(rival), datetime.fromisoformat(rival["at"]))
            for rival in kept.get("rivals", ())
        ),
        unusual=strange.words if strange is not None else "",
        confirmed=is_confirmed(submission, name),
        problems=tuple(found.words for found in checked.findings if found.field == name),
    )


def _shown(one: Field, value: str) -> str:
    return format_number(Decimal(value)) if value and one.kind is FieldKind.VALUE else value


def _who(kept: Mapping[str, Any]) -> str:
    by = str(kept.get("by", ""))
    return f"{by} (nhập thay {kept['for']})" if kept.get("for") else by


def _files(submission: Submission) -> dict[str, tuple[FileLine, ...]]:
    found: dict[str, tuple[FileLine, ...]] = {}
    for row in files_of([submission])[submission.pk]:
        line = FileLine(row.uid, row.name, row.added_by.full_name, row.added_at)
        found[row.field] = (*found.get(row.field, ()), line)
    return found


def _steps(submission: Submission) -> tuple[StepLine, ...]:
    rows = SubmissionStep.objects.filter(submission=submission).select_related("by", "entered_for").order_by("pk")
    return tuple(
        StepLine(
            row.kind,
            str(StepKind(row.kind).label),
            row.at,
            _step_by(row),
            row.remark,
            row.until,
            row.edition,
        )
        for row in rows
    )


def _step_by(row: SubmissionStep) -> str:
    """Return who did a step; what follows from an event of the tree nobody decided for itself."""
    if row.detail.get("tree"):
        return "theo cây tổ chức"
    return row.by.full_name + (f" (nhập thay {row.entered_for.full_name})" if row.entered_for else "")
