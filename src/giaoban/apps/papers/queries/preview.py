"""A form as a paper in which each field shows what will stand there; nobody's data are read."""

from __future__ import annotations

from datetime import date

from giaoban.apps.organizations.models import Unit
from giaoban.apps.papers.compose import Facts, Sheet, compose
from giaoban.apps.papers.forms import FIELDS, Form
from giaoban.apps.reporting.queries.letterhead import committee_above, office_facts
from giaoban.core.layouts import layout_on
from giaoban.core.period import Period
from giaoban.core.text_vi import lower_first
from giaoban.writer.blocks import OfficialDocument
from giaoban.writer.definitions import OfficeFacts

_LINES = 2


def common_facts(office: OfficeFacts, unit: Unit, *, day: date, period: Period) -> Facts:
    """Return what every paper of a committee has, whomever it is about; ``office`` is the unit's letterhead."""
    return Facts(
        {
            "co_quan": office.committee,
            "dang_bo": office.party_body,
            "ky": lower_first(period.name()),
            "kinh_gui": layout_on(day).proposal_to,
            "cap_tren": committee_above(unit, day=day),
        }
    )


def preview_paper(form: Form, unit: Unit, *, day: date, period: Period) -> OfficialDocument:
    """Return the paper that the form makes on a day: «họ và tên» where the name will stand, a list with two lines."""
    office = office_facts(unit, day=day)
    common = common_facts(office, unit, day=day, period=period)
    shown = Facts({key: f"«{label}»" for key, label in FIELDS[form.about].items() if key not in common.values})
    people = (shown,) * (1 if form.each else _LINES)
    return compose(form, people, common, Sheet(office, day))[0]
