"""Giving the sections of a report to departments, with the day by which they write."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.accounts.models import User
from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.organizations.models import Ancestry, Grant, on_day
from giaoban.apps.reporting.models import OwnReport
from giaoban.apps.reporting.operations.own_report import DutyDraft, share_sections
from giaoban.apps.reporting.queries.own_report.state import definition_of
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput, NotAllowed
from giaoban.web.access import Desk, screen
from giaoban.web.forms import DayField, OfficeForm, sentence
from giaoban.web.reporting.place import BOTH, context_of, filled_titles, open_report


class ShareForm(OfficeForm):
    """For each section: the department, the person, the day."""

    def __init__(
        self, *args: Any, report: OwnReport, sections: list[tuple[str, str]], people: list[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        held = {duty.section: duty for duty in report.duties.select_related("person")}
        choices = [("", "Cả ban"), *((str(one.uid), one.full_name) for one in people)]
        self.rows = sections
        for section, _ in sections:
            duty = held.get(section)
            self.fields[f"ban-{section}"] = forms.CharField(
                label="Ban", required=False, max_length=120, initial=duty.department if duty else ""
            )
            person = str(duty.person.uid) if duty is not None and duty.person is not None else ""
            self.fields[f"nguoi-{section}"] = forms.ChoiceField(
                label="Người viết", required=False, choices=choices, initial=person
            )
            self.fields[f"han-{section}"] = DayField(
                label="Hạn", required=False, help_text="", initial=duty.due if duty else None
            )

    def groups(self) -> list[tuple[str, Any, Any, Any]]:
        """Return each section's title with its three fields."""
        return [
            (title, self[f"ban-{section}"], self[f"nguoi-{section}"], self[f"han-{section}"])
            for section, title in self.rows
        ]


def _people(report: OwnReport, desk: Desk) -> list[User]:
    """Return who sees the figures of the unit by a grant on it or above it."""
    above = Ancestry.objects.filter(on_day(desk.act.today), descendant=report.unit).values("ancestor")
    roles = rights_table().roles_with("figures_view")
    grants = Grant.objects.filter(on_day(desk.act.today), unit__in=above, role__in=roles, user__is_active=True)
    return sorted({grant.user for grant in grants.select_related("user")}, key=lambda one: one.full_name)


@screen("reporting", right="figures_view", methods=BOTH)
def share(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show who owns which section, and change it."""
    desk, report = open_report(desk, uid, right="reports_write")
    definition = definition_of(report, day=desk.act.today)
    titles = filled_titles(desk, report)
    sections = [(section.id, "\u2003" * (section.level - 1) + titles[section.id]) for section in definition.sections]
    people = _people(report, desk)
    form = ShareForm(desk.posted, report=report, sections=sections, people=people)
    if form.is_valid():
        by_uid = {str(one.uid): one for one in people}
        data = form.cleaned_data
        drafts = [
            DutyDraft(section, data[f"ban-{section}"], by_uid.get(data[f"nguoi-{section}"]), data[f"han-{section}"])
            for section, _ in sections
        ]
        try:
            _need_departments(form, drafts)
            share_sections(act=desk.act, report=report, drafts=drafts)
        except (InvalidInput, Conflict, NotAllowed) as error:
            _refuse(form, error)
        else:
            messages.info(desk.request, "Đã giao phần cho các ban.")
            return HttpResponseRedirect(desk.url("reporting:report", report.uid))
    more = {"form": form, "groups": form.groups(), "report_url": desk.url("reporting:report", report.uid)}
    status = 422 if form.is_bound and form.errors else 200
    return desk.render("reporting/share.html", context_of(desk, report, "report", more), status=status)


def _need_departments(form: ShareForm, drafts: list[DutyDraft]) -> None:
    for draft in drafts:
        if not draft.department.strip() and (draft.person is not None or draft.due is not None):
            raise InvalidInput("Có người hoặc hạn mà chưa có ban", where=f"ban-{draft.section}", expected="tên ban")


def _refuse(form: ShareForm, error: GiaobanError) -> None:
    form.add_error(error.where if error.where in form.fields else None, sentence(error))
