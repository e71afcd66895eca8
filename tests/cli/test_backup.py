"""Backup, restore, verify: what goes in comes out, and damage is seen."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.world import NOW, World

from giaoban.apps.audit.guards import guarded_tables, purge
from giaoban.apps.audit.operations import seal
from giaoban.apps.audit.operations.backup import check_backup, kept_models, restore_backup, write_backup
from giaoban.apps.audit.operations.seal import check_chain
from giaoban.apps.members.integrity import missing_identity_keys
from giaoban.apps.members.models import Member
from giaoban.apps.organizations.models import Grant, Unit
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.office_dir import new_identity_keys


def counts() -> dict[str, int]:
    return {model._meta.label_lower: model._default_manager.count() for model in kept_models()}


def empty_everything() -> None:
    with purge("test"), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in reversed(kept_models()):
            if model._meta.db_table != "audit_purgeswitch":
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')


def test_what_goes_in_comes_out(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    seal()
    before = counts()
    rows = list(Member.objects.order_by("pk").values_list())
    assert write_backup(path=path, now=NOW) == before
    assert list(check_backup(path)) == []
    empty_everything()
    assert not Unit.objects.exists()
    assert restore_backup(path=path) == before
    assert list(Member.objects.order_by("pk").values_list()) == rows
    assert set(guarded_tables()) <= {model._meta.db_table for model in kept_models()}
    assert check_chain().broken is None, "moments come back to the microsecond"
    fresh = Unit.objects.create(code="SAU-KHOI-PHUC")
    assert fresh.pk > max(Unit.objects.exclude(pk=fresh.pk).values_list("pk", flat=True)), "numbering goes on"


def test_data_that_are_there_are_never_overwritten(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    write_backup(path=path, now=NOW)
    with pytest.raises(Conflict, match="đã có dữ liệu"):
        restore_backup(path=path)
    with pytest.raises(Conflict, match="Tệp đã có"):
        write_backup(path=path, now=NOW)


def test_the_keys_and_clear_numbers_are_not_in_it(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    write_backup(path=path, now=NOW)
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"099090123456" not in everything


def test_damage_is_seen(world: World, tmp_path: Path) -> None:
    path, changed = tmp_path / "a.zip", tmp_path / "b.zip"
    write_backup(path=path, now=NOW)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "members.member.jsonl":
                content = content.replace("Nguyễn Đức Đạo".encode(), "Nguyễn Đức Đạt".encode())
            if name == "organizations.grant.jsonl":
                content = content.partition(b"\n")[2]
            new.writestr(name, content)
    assert list(check_backup(changed)) == [
        f"organizations.grant: {Grant.objects.count() - 1} dòng, lúc sao lưu có {Grant.objects.count()}",
        "members.member: nội dung khác lúc sao lưu",
    ]
    with pytest.raises(InvalidInput, match="Bản sao lưu hỏng"):
        restore_backup(path=changed)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(InvalidInput, match="Không đọc được"):
        list(check_backup(path))


def test_another_zip_is_no_backup(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(InvalidInput, match="không phải bản sao lưu"):
        list(check_backup(path))


def test_a_restored_office_without_its_keys_names_them(world: World, settings: Any) -> None:
    kept = settings.IDENTITY_KEYS_JSON
    assert missing_identity_keys() == []
    settings.IDENTITY_KEYS_JSON = new_identity_keys()
    assert missing_identity_keys() == sorted(row["id"] for rows in kept.values() for row in rows)


def test_a_backup_goes_into_a_folder_that_is_there(world: World, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Không có thư mục"):
        write_backup(path=tmp_path / "nowhere" / "a.zip", now=NOW)
    write_backup(path=tmp_path / "a.zip", now=NOW)
    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0, "only the owner reads it"
