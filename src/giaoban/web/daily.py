"""What the rules of the office do once a day, with the first visit: nobody has to run a command for it."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from giaoban.apps.audit.act import Act
from giaoban.apps.reporting.operations.cycles import open_in_time
from giaoban.web.http import OfficeRequest

_SEEN = "day_begun"


def begin_day(request: OfficeRequest, act: Act) -> None:
    """Open the reporting cycles whose moment has come; each sign-in asks once a day, the first of all does it.

    A database that cannot do it now keeps nobody from their page: the next visit tries again.
    """
    day = act.today.isoformat()
    if request.session.get(_SEEN) == day:
        return
    try:
        open_in_time(act=act)
    except DatabaseError:
        logging.getLogger(__name__).exception("The reporting cycles of %s could not be opened", day)
        return
    request.session[_SEEN] = day
