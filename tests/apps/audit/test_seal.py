"""The chain over the audit trail (decision D20)."""

from __future__ import annotations

from django.db import connection
from tests.world import World

from giaoban.apps.audit.guards import expected_guards, install_guards, present_guards
from giaoban.apps.audit.integrity import CHECKS as AUDIT_CHECKS
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.audit.operations import seal
from giaoban.apps.audit.operations.seal import check_chain
from giaoban.apps.members.integrity import CHECKS as MEMBER_CHECKS
from giaoban.apps.members.models import Member, MembershipSpell
from giaoban.apps.organizations.integrity import CHECKS as TREE_CHECKS
from giaoban.apps.organizations.models import Ancestry


def drop_guard(name: str, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def test_rows_are_sealed_once_in_order(world: World) -> None:
    rows = AuditRow.objects.count()
    assert check_chain().unsealed == rows > 0
    assert seal() == rows
    assert seal() == 0
    state = check_chain()
    assert (state.links, state.unsealed, state.broken) == (rows, 0, None)


def test_a_row_that_was_changed_is_found(world: World) -> None:
    seal()
    row = AuditRow.objects.order_by("id")[3]
    drop_guard("audit_auditrow_no_update", "audit_auditrow")
    AuditRow.objects.filter(pk=row.pk).update(action="something.else")
    assert check_chain().broken == row.link.number
    assert present_guards() != expected_guards(connection.vendor)
    found = {check.name: list(check.rows()) for check in AUDIT_CHECKS}
    assert all(found.values()), found
    install_guards()


def test_a_sound_office_passes_every_check(world: World) -> None:
    seal()
    for check in (*AUDIT_CHECKS, *TREE_CHECKS, *MEMBER_CHECKS):
        assert list(check.rows()) == [], check.name


def test_projections_that_were_tampered_with_are_found(world: World) -> None:
    Ancestry.objects.filter(descendant__code="DUK.01.01", depth=2).delete()
    MembershipSpell.objects.filter(member=world.members["dao"]).delete()
    found = {check.name: list(check.rows()) for check in (*TREE_CHECKS, *MEMBER_CHECKS)}
    assert found["Quan hệ cấp trên - cấp dưới khớp cây"] == ["DUK.01.01 dưới DUK từ 01/01/2022"]
    assert found["Thời gian sinh hoạt khớp sổ đảng viên"] == [
        f"Hồ sơ {Member.objects.get(full_name='Nguyễn Đức Đạo').uid}: thời gian sinh hoạt khác với quá trình đã ghi"
    ]
