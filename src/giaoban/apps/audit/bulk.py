"""Many rows at once into registers.

Django's ``bulk_create`` builds an object and an SQL text for each row, which is most of the time of an import. The
columns and their conversion still come from the models.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from django.db import connection, models

Convert = Callable[[Any], Any]


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """This function will take as many primary keys as are wanted; the caller's transaction uses them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sql, [table, count])
            return [pk for (pk,) in cursor.fetchall()]
        # SQLite has one writer, and the table's sequence follows the largest key that was ever written.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (found[0] if found else 0) + 1
    return list(range(first, first + count))


def insert_objects(objects: Sequence[models.Model]) -> None:
    """This function will insert objects of one model and give them their primary keys.

    Raises:
        IntegrityError: as ``bulk_create`` does.
    """
    if not objects:
        return
    model = type(objects[0])
    for pk, item in zip(reserve_ids(model, len(objects)), objects, strict=True):
        item.pk = pk
    names = [field.attname for field in model._meta.concrete_fields]
    insert_rows(model, names, map(attrgetter(*names), objects))
    for item in objects:
        item._state.adding = False
        item._state.db = connection.alias


def update_objects(objects: Sequence[models.Model], names: Sequence[str]) -> None:
    """This function will write some attributes of objects of one model that are there already.

    Args:
        names: attributes of the model (``unit_id``) whose values are written for every object.
    """
    if not objects:
        return
    meta = type(objects[0])._meta
    fields = {field.attname: field for field in meta.concrete_fields}
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(str(fields[name].column))} = %s" for name in names)
    sql = f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(str(fields['id'].column))} = %s"
    rows = [(*(_exact(fields[name], getattr(item, name)) for name in names), item.pk) for item in objects]
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    constants: Mapping[str, Any] | None = None,
) -> None:
    """This function will insert rows into a model's table.

    Args:
        names: the columns of ``rows`` as attributes of the model (``member_id``).
        constants: columns that are alike in every row; what neither names has its default, a fresh one for each row
            where the default is a function (``uid``).

    Raises:
        IntegrityError: as ``bulk_create`` does.
    """
    given = dict(constants or {})
    fields = {field.attname: field for field in model._meta.concrete_fields}
    makers: list[tuple[str, Convert]] = []
    for name, field in fields.items():
        if name in names or name in given or field.primary_key:
            continue
        if field.has_default() and callable(field.default):
            makers.append((name, _made_by(field)))
        else:
            given[name] = field.get_default()
    tail = tuple(_exact(fields[name], value) for name, value in given.items())
    columns = [*names, *(name for name, _make in makers), *given]
    converts = [(index, convert) for index, name in enumerate(names) if (convert := _convert(fields[name]))]
    made = [make for _name, make in makers]

    def ready() -> Iterable[tuple[Any, ...]]:
        for row in rows:
            values = list(row)
            for index, convert in converts:
                value = values[index]
                if value is not None:
                    values[index] = convert(value)
            values += [make(None) for make in made]
            yield (*values, *tail)

    _write(model._meta.db_table, [str(fields[name].column) for name in columns], ready())


def _write(table: str, columns: Sequence[str], rows: Any) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows)


def _exact(field: models.Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _convert(field: models.Field[Any, Any]) -> Convert | None:
    """Return what makes the database's value of a field's value; None where both are the same."""
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, models.DateTimeField):
        return _remembering(lambda value: field.get_db_prep_save(value, connection))
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateField):
        return date.isoformat
    if isinstance(field, models.UUIDField):
        return attrgetter("hex")
    return None


def _remembering(convert: Convert) -> Convert:
    """The rows of one act carry one moment: it is converted once."""
    seen: dict[Any, Any] = {}

    def once(value: Any) -> Any:
        if value not in seen:
            seen[value] = convert(value)
        return seen[value]

    return once


def _made_by(field: models.Field[Any, Any]) -> Convert:
    if field.default is uuid.uuid4 and connection.vendor != "postgresql":
        return lambda _none: uuid.uuid4().hex
    return lambda _none: _exact(field, field.get_default())
