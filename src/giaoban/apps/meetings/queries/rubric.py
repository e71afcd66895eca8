"""Which rubric holds for a meeting: the one that the nearest committee above chose for its day (decision D14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingState, OfficeRubric, ScoreEntry
from giaoban.apps.meetings.rubrics import Rubric, read_rubric, rubrics
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.core.errors import NotFound

RULE = "meeting_rubric"


@dataclass(frozen=True, slots=True)
class RubricInForce(Rubric):
    """A rubric with the day that tells its version: of a shipped one from which it holds at the unit, of an office's
    own the version's first day."""

    since: date = date.min


def _since(rubric: Rubric, since: date) -> RubricInForce:
    fields = {name: getattr(rubric, name) for name in Rubric.__dataclass_fields__}
    return RubricInForce(**fields, since=since)


def rubric_of(meeting: Meeting, own: ScoreEntry | None = None) -> tuple[RubricInForce, bool]:
    """Return the rubric for a meeting, and whether its month has a thematic meeting.

    Args:
        own: the cell's own sheet where there is one: it keeps the rubric by which it was begun, for its corrections
            and for its review as well, whatever is set later.
    """
    thematic = (
        Meeting.objects.filter(unit=meeting.unit_id, month=meeting.month, kind=MeetingKind.THEMATIC)
        .exclude(state=MeetingState.CANCELLED)
        .exists()
    )
    if own is not None:
        return _kept(own.rubric, own.rubric_from), thematic
    return rubric_on(meeting.unit, meeting.day), thematic


def rubric_on(unit: Unit, day: date) -> RubricInForce:
    """Return the rubric that holds for a unit on a day."""
    value = rule_for(RULE, unit, day)
    shipped = rubrics().get(value.value)
    if shipped is not None:
        return _since(shipped, value.valid_from)
    row = OfficeRubric.objects.get(on_day(day), code=value.value)
    return _since(read_rubric(row.body), row.valid_from)


def _kept(code: str, since: date) -> RubricInForce:
    shipped = rubrics().get(code)
    if shipped is not None:
        return _since(shipped, since)
    row = OfficeRubric.objects.get(code=code, valid_from=since)
    return _since(read_rubric(row.body), row.valid_from)


def own_rubrics(unit: Unit, *, day: date) -> tuple[OfficeRubric, ...]:
    """Return the versions that a unit and the committees above it ever set, by code, the latest first."""
    above = Ancestry.objects.filter(on_day(day), descendant=unit).values("ancestor")
    rows = OfficeRubric.objects.filter(owner__in=above).select_related("owner", "set_by")
    return tuple(rows.order_by("code", "-valid_from"))


def find_rubric(unit: Unit, uid: str, *, day: date) -> OfficeRubric:
    """Return a version that a unit or a committee above it set.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in own_rubrics(unit, day=day) if str(one.uid) == uid), None)
    if found is None:
        raise NotFound("Không tìm thấy mẫu chấm điểm này ở đơn vị đang chọn")
    return found


def own_choices(unit: Unit, day: date | None) -> Mapping[str, str]:
    """Return the own rubrics among which a unit can choose on a day (None: that ever were), by code."""
    above = (
        Ancestry.objects.filter(descendant=unit)
        if day is None
        else Ancestry.objects.filter(on_day(day), descendant=unit)
    )
    rows = OfficeRubric.objects.filter(owner__in=above.values("ancestor"))
    if day is not None:
        rows = rows.filter(on_day(day))
    return dict(rows.order_by("code", "valid_from").values_list("code", "title"))
