"""Keys of many rows in one: what a board counts comes from the database as a few groups, not as rows."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, CharField
from django.db.models.sql.compiler import SQLCompiler


class Keys(Aggregate):
    """The whole numbers of a group in no order, as a text for `keys_of`."""

    function = "GROUP_CONCAT"
    output_field = CharField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Write the same for PostgreSQL."""
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def keys_of(text: str) -> list[int]:
    """Return the numbers of a group."""
    return list(map(int, text.split(",")))
