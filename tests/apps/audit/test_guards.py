"""Registers and audit refuse UPDATE, DELETE and TRUNCATE on both engines (decision D18)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from giaoban.apps.audit.guards import expected_guards, guarded_tables, install_guards, present_guards, purge
from giaoban.apps.audit.models import AuditRow


def test_every_register_has_its_guards(db: None) -> None:
    assert present_guards() == expected_guards(connection.vendor)
    assert {"audit_auditrow", "members_memberentry", "organizations_unitentry", "inspection_disciplineentry"} <= set(
        guarded_tables()
    )


@pytest.fixture
def row(db: None) -> AuditRow:
    return AuditRow.objects.create(at=datetime(2023, 1, 1, tzinfo=UTC), action="test")


def test_update_is_refused(row: AuditRow) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditRow.objects.filter(pk=row.pk).update(action="other")
    row.refresh_from_db()
    assert row.action == "test"


def test_delete_is_refused_except_on_the_purge_path(row: AuditRow) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditRow.objects.all().delete()
    with purge("test"):
        AuditRow.objects.all().delete()
    assert not AuditRow.objects.exists()
    AuditRow.objects.create(at=datetime(2023, 1, 1, tzinfo=UTC), action="again")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditRow.objects.all().delete()


def test_replace_meets_the_guard_too(row: AuditRow) -> None:
    if connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO audit_auditrow SELECT * FROM audit_auditrow"
    else:
        # The new row's foreign keys are checked at commit; TRUNCATE would stumble over that before it meets the guard.
        sql = "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_auditrow CASCADE"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_guards_that_were_lost_come_back(db: None) -> None:
    with connection.cursor() as cursor:
        on = " ON audit_auditrow" if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "audit_auditrow_no_update"{on}')
    assert "audit_auditrow_no_update" not in present_guards()
    install_guards()
    assert present_guards() == expected_guards(connection.vendor)
