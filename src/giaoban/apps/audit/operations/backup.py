"""A backup is one zip file: every table as lines of JSON with its row count and hash; the keys are not in it (D12).

It is read in one snapshot while people go on writing, and it is the same for both engines: an office can grow from
SQLite to PostgreSQL by a backup and a restore.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from giaoban import __version__
from giaoban.core.errors import Conflict, InvalidInput

FORMAT = 1
_MANIFEST = "manifest.json"
_BATCH = 500
# Rows that an office makes anew by itself, or that mean nothing elsewhere.
_LEFT_OUT = frozenset({"contenttypes", "sessions", "axes", "auth"})


def kept_models() -> list[type[models.Model]]:
    """Return the models whose rows a backup holds, those that others refer to first."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label not in _LEFT_OUT and model._meta.managed and not model._meta.proxy
    ]


def write_backup(*, path: Path, now: datetime) -> dict[str, int]:
    """This function will write a backup and return the rows of each table.

    Raises:
        Conflict: the file exists already; an older backup is never overwritten.
    """
    if path.exists():
        raise Conflict("Tệp đã có", where=str(path), hint="Chọn tên khác; bản sao lưu cũ không bị ghi đè")
    if not path.parent.is_dir():
        raise InvalidInput("Không có thư mục này", where=str(path.parent), expected="một thư mục đã có")
    unfinished = path.with_name(path.name + ".dang-ghi")
    tables: dict[str, dict[str, Any]] = {}
    try:
        # Names and birth dates are in it: only the owner may read the file.
        unfinished.touch(mode=0o600)
        with _snapshot(), zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for model in kept_models():
                tables[model._meta.label_lower] = _write_table(archive, model)
            manifest = {
                "format": FORMAT,
                "version": __version__,
                "written_at": now.isoformat(),
                "migrations": _migrations(),
                "tables": tables,
            }
            archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        unfinished.rename(path)
    except OSError as error:
        raise InvalidInput(f"Không ghi được tệp ({error.strerror})", where=str(path)) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return {label: table["rows"] for label, table in tables.items()}


class _Exact(DjangoJSONEncoder):
    """Django's encoder cuts moments to milliseconds; the audit chain is a hash over the whole of them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


@contextmanager
def _snapshot() -> Iterator[None]:
    """Everything inside is read as of one moment; nobody has to wait for it."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    if connection.in_atomic_block:
        yield
        return
    # Not transaction.atomic(): it would take the writers' lock at once (IMMEDIATE, decision D20).
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _write_table(archive: zipfile.ZipFile, model: type[models.Model]) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    columns = _columns(model)
    with archive.open(f"{model._meta.label_lower}.jsonl", "w", force_zip64=True) as file:
        for row in model._default_manager.order_by("pk").values_list(*columns).iterator(chunk_size=2000):
            line = (json.dumps(row, cls=_Exact, ensure_ascii=False) + "\n").encode()
            digest.update(line)
            file.write(line)
            rows += 1
    return {"columns": columns, "rows": rows, "sha256": digest.hexdigest()}


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app not in _LEFT_OUT)


def check_backup(path: Path) -> Iterator[str]:
    """Re-read a backup; yield a line for each table whose rows or hash are not what the manifest says.

    Raises:
        InvalidInput: the file is no backup, or is cut off.
    """
    with _open(path) as archive:
        for label, table in _manifest(archive, path)["tables"].items():
            digest, rows = hashlib.sha256(), 0
            try:
                with archive.open(f"{label}.jsonl") as file:
                    for line in file:
                        digest.update(line)
                        rows += 1
            except (KeyError, zipfile.BadZipFile):
                yield f"{label}: mất hoặc hỏng"
                continue
            if rows != table["rows"]:
                yield f"{label}: {rows} dòng, lúc sao lưu có {table['rows']}"
            elif digest.hexdigest() != table["sha256"]:
                yield f"{label}: nội dung khác lúc sao lưu"


@contextmanager
def _open(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (OSError, zipfile.BadZipFile) as error:
        raise InvalidInput(f"Không đọc được bản sao lưu ({error})", where=str(path)) from None


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read(_MANIFEST))
    except (KeyError, ValueError):
        raise InvalidInput("Tệp không phải bản sao lưu của giaoban", where=str(path)) from None
    if manifest.get("format") != FORMAT:
        raise InvalidInput(
            f"Bản sao lưu dạng {manifest.get('format')}", where=str(path), expected=f"dạng {FORMAT} của phiên bản này"
        )
    assert isinstance(manifest, dict)
    return manifest


@transaction.atomic
def restore_backup(*, path: Path) -> dict[str, int]:
    """This function will fill an empty, migrated database from a backup, all or nothing; returns rows by table.

    Raises:
        InvalidInput: the file is no backup, is damaged, or comes from another version of the tables.
        Conflict: the database holds data already.
    """
    damaged = list(check_backup(path))
    if damaged:
        raise InvalidInput(f"Bản sao lưu hỏng: {'; '.join(damaged[:3])}", where=str(path))
    kept = kept_models()
    filled = [model._meta.label_lower for model in kept if model._default_manager.exists()]
    if filled:
        raise Conflict(
            "Cơ sở dữ liệu đã có dữ liệu", where=filled[0], hint="Khôi phục vào một thư mục dữ liệu mới, còn trống"
        )
    with _open(path) as archive:
        manifest = _manifest(archive, path)
        if manifest["migrations"] != _migrations():
            raise InvalidInput(
                f"Bản sao lưu của phiên bản {manifest['version']} có cấu trúc bảng khác",
                where=str(path),
                expected=f"bản sao lưu của phiên bản {__version__}",
                hint="Cài đúng phiên bản đó, khôi phục, rồi mới nâng cấp",
            )
        counts = {model._meta.label_lower: _read_table(archive, model, manifest) for model in kept}
    _set_sequences(kept)
    return counts


def _read_table(archive: zipfile.ZipFile, model: type[models.Model], manifest: dict[str, Any]) -> int:
    label = model._meta.label_lower
    columns: Sequence[str] = manifest["tables"][label]["columns"]
    fields = {field.attname: field for field in model._meta.concrete_fields}
    rows = 0
    with archive.open(f"{label}.jsonl") as file:
        lines = iter(file)
        while batch := list(islice(lines, _BATCH)):
            model._default_manager.bulk_create(
                [
                    model(
                        **{
                            column: _value(fields[column], value)
                            for column, value in zip(columns, json.loads(line), strict=True)
                        }
                    )
                    for line in batch
                ]
            )
            rows += len(batch)
    return rows


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


def _set_sequences(kept: Sequence[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(kept)):
            cursor.execute(sql)
