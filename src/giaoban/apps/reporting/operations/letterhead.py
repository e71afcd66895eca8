"""Setting what an office puts on its papers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import OPEN_END, Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import Letterhead
from giaoban.core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class LetterheadDraft:
    """The fields of ``Letterhead``; lines in ``recipients``, ``capacity`` and ``outline`` are separated by «\\n»."""

    superior: str
    issuer: str
    issuer_code: str
    place: str
    committee: str
    party_body: str
    standing: str
    capacity: str
    position: str
    recipients: str = ""
    signer: str = ""
    outline: str = ""


@transaction.atomic
def set_letterhead(*, act: Act, unit: Unit, start: date, draft: LetterheadDraft) -> Letterhead:
    """This function will set an office's letterhead from a day on; the one before it ends that day.

    Raises:
        InvalidInput: a letterhead begins on that day or later already.
        NotAllowed, NotFound: no right ``organizations_manage`` at the unit.
    """
    require(act, "organizations_manage", [unit])
    kept = Letterhead.objects.filter(unit=unit, valid_to__gt=start)
    if kept.filter(valid_from__gte=start).exists():
        raise InvalidInput("Đã có thể thức riêng từ ngày này hoặc sau đó", where=unit.code, expected="ngày sau đó")
    kept.update(valid_to=start)
    letterhead = Letterhead.objects.create(unit=unit, valid_from=start, valid_to=OPEN_END, **asdict(draft))
    write_trail(act, [Happening("reporting.letterhead_set", "letterhead", str(letterhead.pk), unit.code)])
    return letterhead
