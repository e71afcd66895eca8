"""Making a report apart from the request for it: asked for, made by whoever is free, taken when it is there."""

from __future__ import annotations

import json
import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import rights_at
from giaoban.apps.reporting.models import MadeReport
from giaoban.apps.reporting.operations.report import WrittenReport, file_of
from giaoban.apps.reporting.queries.made import STALE, kept_since
from giaoban.apps.reporting.queries.report import ReportOrder, report_document
from giaoban.core.errors import Conflict, GiaobanError
from giaoban.core.period import Period
from giaoban.writer.frozen import freeze, thaw

_MOST_TRIES = 3
_LOG = logging.getLogger(__name__)


@transaction.atomic
def ask_report(*, act: Act, unit: Unit, name: str, period: Period) -> MadeReport:
    """This function will ask for a report of the registers; one that is being made for the same person is left alone.

    Raises:
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    require(act, "reports_write", [unit])
    MadeReport.objects.filter(asked_at__lt=kept_since(act.now)).delete()
    # Two clicks at once: the second finds the row of the first.
    list(User.objects.filter(pk=act.user.pk).select_for_update())
    found = MadeReport.objects.filter(asked_by=act.user, unit=unit, name=name, period=str(period)).first()
    if found is not None and found.done_at is None:
        return found
    rights = rights_at(act.user, unit, today=act.today, window=period.window)
    fresh = {
        "rights": sorted(rights),
        "asked_at": act.now,
        "beat_at": None,
        "tries": 0,
        "step": "",
        "steps": 0,
        "done_at": None,
        "document": "",
        "refused": "",
    }
    made, _ = MadeReport.objects.update_or_create(
        asked_by=act.user, unit=unit, name=name, period=str(period), defaults=fresh
    )
    return made


def make_report(*, act: Act, made: MadeReport) -> bool:
    """This function will make a report that was asked for, unless somebody does already; return whether it did.

    Whoever comes first makes it; one whose maker gave no sign of life for ``STALE`` is begun anew, so that it comes
    about also when the server is started again in the midst of it. There is no transaction around it: nobody who writes
    waits for it.
    """
    mine = MadeReport.objects.filter(pk=made.pk, asked_at=made.asked_at, done_at=None)
    free = Q(beat_at=None) | Q(beat_at__lt=act.now - STALE)
    if not mine.filter(free).update(beat_at=act.now, tries=F("tries") + 1):
        return False
    made.refresh_from_db()
    if made.tries > _MOST_TRIES:
        mine.update(done_at=act.now, refused="Báo cáo không lập xong sau nhiều lần thử. Báo cho quản trị hệ thống.")
        return False
    done: dict[str, object]
    try:
        document = report_document(_order(made, act), tell=lambda said: _tell(made, said))
    except GiaobanError as error:
        done = {"refused": str(error)}
    except Exception:
        _LOG.exception("report %s %s of %s could not be made", made.name, made.period, made.unit.code)
        done = {"refused": "Có lỗi khi lập báo cáo. Thử lại; nếu vẫn lỗi, báo cho quản trị hệ thống."}
    else:
        done = {"document": json.dumps(freeze(document), ensure_ascii=False)}
    return bool(mine.update(done_at=act.now, **done))


def beat(made: MadeReport, now: datetime) -> None:
    """Give a sign of life while a report is made."""
    MadeReport.objects.filter(pk=made.pk, asked_at=made.asked_at, done_at=None).update(beat_at=now)


@transaction.atomic
def take_made(*, act: Act, made: MadeReport, file_format: str) -> WrittenReport:
    """This function will write a report that was made as a file and record that it was taken out.

    Raises:
        InvalidInput: no such format. Conflict: it is not there yet.
        NotAllowed, NotFound: no right ``reports_write`` at the unit, or it was made for another person.
    """
    require(act, "reports_write", [made.unit])
    if made.asked_by_id != act.user.pk or not made.document:
        raise Conflict("Báo cáo chưa lập xong", hint="Chờ báo cáo lập xong rồi tải về")
    return file_of(act, _order(made, act), thaw(json.loads(made.document)), file_format)


def _order(made: MadeReport, act: Act) -> ReportOrder:
    return ReportOrder(made.name, made.unit, Period.parse(made.period), act.today, rights=frozenset(made.rights))


def _tell(made: MadeReport, said: str) -> None:
    MadeReport.objects.filter(pk=made.pk, asked_at=made.asked_at).update(step=said, steps=F("steps") + 1)
