"""The body of a form as it was read, kept while the form's row stays as it is."""

from __future__ import annotations

import json
from functools import lru_cache

from giaoban.apps.reporting.forms import FormBody, read_body
from giaoban.apps.reporting.models import ReportForm
from giaoban.apps.reporting.queries.figures import catalogue


def body_of(form: ReportForm) -> FormBody:
    """Return the body of a form; it was checked when the form was set.

    Raises:
        InvalidInput: a measure that it names is not there any more.
    """
    return _read(json.dumps(form.body, sort_keys=True), frozenset(catalogue().keys))


@lru_cache(maxsize=200)
def _read(text: str, measures: frozenset[str]) -> FormBody:
    return read_body(json.loads(text), measures=measures)
