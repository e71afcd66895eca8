"""Every text that a form had, has or will have for a committee, to be read again and taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.organizations.models import OPEN_END, Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.apps.papers.forms import shipped_forms
from giaoban.apps.papers.models import OfficeForm
from giaoban.apps.papers.queries.forms import FormInForce

SHIPPED = "goc"


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One text of a form; ``key`` is the row's uid, «goc» for the shipped one, which has no owner and nobody who set
    it. ``until`` is the first day on which it holds no more, None while it holds.
    """

    key: str
    text: str
    owner: str
    since: date
    until: date | None
    set_by: str = ""
    set_at: datetime | None = None
    in_force: bool = False


def form_versions(held: FormInForce, unit: Unit, *, day: date) -> tuple[FormVersion, ...]:
    """Return the texts that the unit and the committees above it ever set, the latest first, and the shipped one.

    A constant number of queries; ``held`` is the one that holds for the unit on the day, and is marked ``in_force``.
    """
    above = Ancestry.objects.filter(on_day(day), descendant=unit).values("ancestor")
    code = held.form.code
    rows = list(
        OfficeForm.objects.filter(owner__in=above, code=code)
        .select_related("set_by", "owner")
        .order_by("-valid_from", "-set_at", "-pk")
    )
    cards = unit_cards({row.owner_id for row in rows}, day=day) if rows else {}
    found = [
        FormVersion(
            str(row.uid),
            row.text,
            cards[row.owner_id].name,
            row.valid_from,
            None if row.valid_to == OPEN_END else row.valid_to,
            row.set_by.full_name,
            row.set_at,
            (row.owner.code, row.valid_from) == (held.owner, held.since),
        )
        for row in rows
    ]
    form, text = shipped_forms()[code]
    return (*found, FormVersion(SHIPPED, text, "", form.starts, None, in_force=not held.owner))


def form_state(code: str, owner: Unit) -> str:
    """Return what tells whether somebody set a text of this form at a committee meanwhile; empty before the first."""
    last = OfficeForm.objects.filter(owner=owner, code=code).order_by("-set_at", "-pk").first()
    return f"{last.pk}@{last.set_at.isoformat()}" if last is not None else ""
