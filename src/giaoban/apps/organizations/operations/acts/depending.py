"""What was recorded after an act and needs it: as long as that is there the act cannot be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.organizations.models import ActEffect, Dated, Unit, UnitEntry, UnitEvent
from giaoban.apps.organizations.operations._replay import begins
from giaoban.apps.organizations.operations.acts.following import Hindrance, followers, ref_of
from giaoban.apps.organizations.operations.acts.recording import MARKS
from giaoban.core.dates_vi import format_date

# Tables that are rebuilt from journals: what made their rows is looked at instead.
PROJECTIONS = frozenset(
    {
        "organizations.Ancestry",
        "organizations.Placement",
        "organizations.UnitKindSpan",
        "organizations.UnitName",
        "organizations.UnitSum",
        "members.AbsenceSpan",
        "members.Candidate",
        "members.FollowedSum",
        "members.Member",
        "members.MembershipSpell",
        "members.RollCount",
        "members.WaitingLetter",
        "members.OfficeTerm",
        "reporting.MadeReport",
    }
)
# What a row of a table that is no journal is called.
WORDS = {
    "organizations.Grant": "phân quyền",
    "organizations.Group": "cụm, khối của đơn vị",
    "organizations.GroupMembership": "vị trí trong cụm, khối",
    "organizations.OfficialCode": "mã chính thức",
    "organizations.RegisterUse": "ngày bắt đầu dùng sổ",
    "organizations.ReportingBounds": "mốc số liệu",
    "organizations.RuleSetting": "quy tắc của đơn vị",
    "obligations.StandingDuty": "việc giao thường kỳ",
    "obligations.UnitContact": "người liên hệ của đơn vị",
    "obligations.ReminderEntry": "lời nhắc đã gửi",
    "members.VisitAssignment": "phân công theo dõi",
    "meetings.Meeting": "kỳ sinh hoạt",
    "meetings.OfficeRubric": "mẫu chấm điểm sinh hoạt",
    "directives.AnnualTarget": "chỉ tiêu năm",
    "papers.OfficeForm": "mẫu giấy tờ",
    "reporting.Letterhead": "mẫu đầu văn bản",
    "reporting.HeadingMemory": "cách đọc tệp Excel của đơn vị",
    "reporting.NoticeText": "nội dung thông báo",
    "reporting.OwnMeasure": "chỉ tiêu riêng của cơ quan",
    "reporting.ValueFeed": "cách lấy số liệu",
    "reporting.ReportDefinition": "đề cương báo cáo của cơ quan",
    "reporting.ReportForm": "mẫu báo cáo",
    "reporting.Cycle": "kỳ báo cáo",
    "reporting.Submission": "báo cáo của đơn vị",
    "reporting.Snapshot": "bản chốt số liệu",
    "reporting.OwnReport": "báo cáo của cấp ủy",
}
_MOST = 50


def act_entries(event: uuid.UUID) -> list[UnitEntry]:
    """Return the live entries of an act, in order."""
    return list(UnitEntry.objects.live().filter(event=event).select_related("subject", "to_parent").in_order())


def hindrances(event: uuid.UUID) -> tuple[Hindrance, ...]:
    """Return what stands in the way of taking an act back, by day, at most 50."""
    entries = act_entries(event)
    effects = list(ActEffect.objects.filter(event=event).order_by("pk"))
    if not entries:
        return ()
    kept = next((one.detail for one in effects if one.follower == MARKS), None)
    known = kept if kept is not None else {UnitEntry._meta.label_lower: max(entry.pk for entry in entries)}
    refs = {one.ref for one in effects}
    found = [*_later_events(event, entries), *_about_new_units(entries, known, refs)]
    for follower in followers():
        own = [one for one in effects if one.follower == follower.key]
        if own:
            found += follower.hindrances(own)
    return tuple(sorted(set(found))[:_MOST])


def _later_events(event: uuid.UUID, entries: Sequence[UnitEntry]) -> Iterator[Hindrance]:
    """Events of the tree, recorded later, that begin where the act left a unit."""
    # Another name needs nothing and nothing needs it.
    lasting = [entry for entry in entries if entry.kind != UnitEvent.RENAMED]
    subjects = {entry.subject_id: entry.effective_date for entry in lasting}
    last = max(entry.pk for entry in entries)
    rows = (
        UnitEntry.objects.live()
        .filter(Q(subject__in=subjects) | Q(to_parent__in=subjects) | Q(other__in=subjects), pk__gt=last)
        .exclude(event=event)
        .select_related("subject")
        .in_order()
    )
    for row in rows:
        own = row.subject_id in subjects and row.kind != UnitEvent.RENAMED
        placed = row.to_parent_id in subjects or row.other_id in subjects
        since = min(subjects[pk] for pk in (row.subject_id, row.to_parent_id, row.other_id) if pk in subjects)
        if (own or placed) and row.effective_date >= since:
            yield _told(row, row.subject.code)


def changes_where_they_stood(event: uuid.UUID) -> tuple[Hindrance, ...]:
    """Return what was recorded later of the units to which those of an act would go back, by day.

    Most of it hinders nothing: it is asked for when the tree refuses to be as it was before the act.
    """
    entries = act_entries(event)
    left: dict[int, date] = {}
    for entry in entries:
        if entry.from_parent_id is not None:
            left[entry.from_parent_id] = min(entry.effective_date, left.get(entry.from_parent_id, date.max))
    rows = (
        UnitEntry.objects.live()
        .filter(subject__in=left, pk__gt=max(entry.pk for entry in entries))
        .exclude(event=event)
        .exclude(kind=UnitEvent.RENAMED)
        .select_related("subject")
        .in_order()
    )
    found = {_told(row, row.subject.code) for row in rows if row.effective_date >= left[row.subject_id]}
    return tuple(sorted(found)[:_MOST])


def _about_new_units(
    entries: Sequence[UnitEntry], known: Mapping[str, int], refs: Collection[str]
) -> Iterator[Hindrance]:
    """Whatever was recorded of units that the act began."""
    new = [entry.subject_id for entry in entries if begins(entry.kind, entry.unit_kind)]
    if new:
        yield from recorded_since("organizations.Unit", new, known, refs)


def recorded_since(
    about: str, keys: Collection[int], known: Mapping[str, int], refs: Collection[str]
) -> Iterator[Hindrance]:
    """Give what every register has about some units, or about people at units, with a larger key than ``known`` says.

    Args:
        about: label of the model that is spoken of.
        keys: of what.
        known: largest key of each table when the act was recorded; a table that was not there then is looked at whole.
        refs: uids and keys that belong to the act itself.
    """
    model = apps.get_model(about)
    for table in apps.get_models():
        fields = [one.name for one in table._meta.concrete_fields if one.related_model is model]
        if not fields or table in (UnitEntry, ActEffect) or not _binds(table, model):
            continue
        named = Q()
        for field in fields:
            named |= Q(**{f"{field}__in": keys})
        rows: Any = table._default_manager.filter(named, pk__gt=known.get(table._meta.label_lower, 0))
        if issubclass(table, JournalEntry):
            rows = rows.filter(corrected_by__isnull=True, void=False)
        for row in rows.order_by("pk")[:_MOST]:
            if ref_of(row) not in refs:
                yield _of_row(table, row)


def _binds(table: type[models.Model], model: type[models.Model]) -> bool:
    """Whether rows about such a thing tie it to where it stands: of people only what journals say of them at units."""
    if model is Unit:
        return table._meta.label not in PROJECTIONS
    return issubclass(table, JournalEntry) and any(one.related_model is Unit for one in table._meta.concrete_fields)


def _of_row(table: type[models.Model], row: Any) -> Hindrance:
    if isinstance(row, JournalEntry):
        return _told(row, "")
    words = WORDS.get(table._meta.label, "dữ liệu khác")
    return Hindrance(row.valid_from if isinstance(row, Dated) else date.min, words)


def _told(row: Any, code: str) -> Hindrance:
    kind = row.get_kind_display() if hasattr(row, "get_kind_display") else "lần ghi khác"
    words = f"{kind} {code}".strip()
    return Hindrance(row.effective_date, words[:1].lower() + words[1:])


def told(hindrance: Hindrance) -> str:
    """Return a hindrance in words: «đổi tên DUK.01 ngày 01/03/2023»."""
    return hindrance.words if hindrance.day == date.min else f"{hindrance.words} ngày {format_date(hindrance.day)}"
