"""Which text of a form holds for a committee on a day: its own, the nearest one's above, the shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.papers.forms import Form, parse_form, shipped_forms
from giaoban.apps.papers.models import OfficeForm
from giaoban.core.errors import NotFound
from giaoban.core.text_vi import quoted


@dataclass(frozen=True, slots=True)
class FormInForce:
    """A form with its text; ``owner`` is the code of the committee that changed it (empty: the shipped one)."""

    form: Form
    text: str
    owner: str
    since: date


def forms_for(unit: Unit, *, day: date) -> tuple[FormInForce, ...]:
    """Return every form as it holds for a unit on a day, in the order of the shipped files; two queries."""
    depths = dict(Ancestry.objects.filter(on_day(day), descendant=unit).values_list("ancestor_id", "depth"))
    own: dict[str, tuple[int, OfficeForm]] = {}
    for row in OfficeForm.objects.filter(on_day(day), owner__in=depths).select_related("owner"):
        depth = depths[row.owner_id]
        if row.code not in own or depth < own[row.code][0]:
            own[row.code] = (depth, row)
    found = []
    for code, (form, text) in shipped_forms().items():
        if code in own:
            row = own[code][1]
            changed = parse_form(row.text, where=f"{row.owner.code}, {code}")
            found.append(FormInForce(changed, row.text, row.owner.code, row.valid_from))
        else:
            found.append(FormInForce(form, text, "", form.starts))
    return tuple(found)


def form_for(code: str, unit: Unit, *, day: date) -> FormInForce:
    """Return one form as it holds for a unit on a day.

    Raises:
        NotFound: there is no form of this code.
    """
    found = next((one for one in forms_for(unit, day=day) if one.form.code == code), None)
    if found is None:
        raise NotFound(f"Không có mẫu {quoted(code)}")
    return found
