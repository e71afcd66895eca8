"""Every table is a journal that the database guards, or is named here with the reason why its rows may change."""

from __future__ import annotations

from django.apps import apps

from giaoban.apps.audit.guards import guarded_tables
from giaoban.apps.audit.journal import AppendOnly, JournalEntry

_PROJECTION = "rebuilt from a journal"
_DATED = "a dated row that an operation ends or replaces, with a line in the audit trail"
_THINGS = "the thing itself: its name tags and projected state; what happened to it is in a journal"
CHANGEABLE: dict[str, str] = {
    "audit.PurgeSwitch": "the switch of the one purge path, empty but inside it",
    "accounts.User": _THINGS,
    "accounts.SavedView": "a person's own bookmark: says nothing about anybody",
    "accounts.OneTimeCode": "used once, then marked as used; each printing is in the audit trail",
    "organizations.Unit": _THINGS,
    "organizations.Placement": _PROJECTION,
    "organizations.UnitName": _PROJECTION,
    "organizations.UnitSum": _PROJECTION,
    "organizations.UnitKindSpan": _PROJECTION,
    "organizations.Ancestry": _PROJECTION,
    "organizations.Group": _THINGS,
    "organizations.GroupMembership": _DATED,
    "organizations.OfficialCode": _DATED,
    "organizations.RegisterUse": _DATED,
    "organizations.ReportingBounds": _DATED,
    "organizations.Grant": _DATED,
    "organizations.RuleSetting": _DATED,
    "obligations.StandingDuty": _DATED,
    "obligations.UnitContact": _DATED,
    "members.Member": _THINGS,
    "members.MembershipSpell": _PROJECTION,
    "members.RollCount": _PROJECTION,
    "members.WaitingLetter": _PROJECTION,
    "members.FollowedSum": _PROJECTION,
    "members.TraitSpan": _PROJECTION,
    "members.OfficeTerm": _PROJECTION,
    "members.AbsenceSpan": _PROJECTION,
    "members.Candidate": _THINGS,
    "members.VisitAssignment": _DATED,
    "members.MemberAlias": "undone in place; joining and undoing are in the audit trail",
    "members.MemberAccount": _THINGS,
    "members.CorrectionRequest": "answered in place; asking and answering are in the audit trail",
    "meetings.Meeting": _THINGS,
    "meetings.OfficeRubric": _DATED,
    "directives.AnnualTarget": _DATED,
    "reporting.Letterhead": _DATED,
    "reporting.ReportDefinition": _DATED,
    "reporting.HeadingMemory": "how an office's own files are read; each import that used it is in the audit",
    "reporting.MadeReport": "a report from the registers, kept for a day; it can always be made anew",
    "reporting.OwnMeasure": _DATED,
    "reporting.ValueFeed": _DATED,
    "reporting.ReportForm": _DATED,
    "reporting.Cycle": _THINGS,
    "reporting.Submission": _THINGS,
    "reporting.OwnReport": _THINGS,
    "reporting.SectionDuty": "who owns a section until when; each change is in the audit trail",
    "papers.OfficeForm": _DATED,
}


def test_every_table_is_guarded_or_named() -> None:
    models = [model for model in apps.get_models() if model.__module__.startswith("giaoban.")]
    free = {model._meta.label for model in models if not issubclass(model, AppendOnly)}
    unnamed, stale = sorted(free - CHANGEABLE.keys()), sorted(CHANGEABLE.keys() - free)
    assert not unnamed, "make it append-only, or name in CHANGEABLE why its rows may change"
    assert not stale, "stale reasons in CHANGEABLE"


def test_every_journal_is_guarded() -> None:
    journals = {model._meta.db_table for model in apps.get_models() if issubclass(model, JournalEntry)}
    assert journals
    assert journals <= set(guarded_tables())
