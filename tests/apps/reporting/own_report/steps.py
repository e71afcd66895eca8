"""Reports on their way, for the tests of this folder and of the screens."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from giaoban.apps.reporting.models import OwnReport
from giaoban.apps.reporting.operations.own_report import (
    advance_report,
    freeze_figures,
    number_report,
    send_report,
    sign_report,
    start_report,
    write_text,
)
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

PERIOD = Period.parse("2023-Q1")
WORDS = {
    "strengths": "Các cấp ủy chủ động, có 03 mô hình mới.",
    "tasks": "Chuẩn bị đại hội chi bộ.\n- Kiểm tra theo chương trình.",
}


def begun(world: World) -> OwnReport:
    """Return a report that was just begun."""
    return start_report(act=world.act("clerk"), unit=world.units["DUK"], name="quarter", period=PERIOD)


def frozen(world: World) -> OwnReport:
    """Return a report whose figures are frozen."""
    report = begun(world)
    freeze_figures(act=world.act("clerk"), report=report, seen=0)
    return OwnReport.objects.get(pk=report.pk)


def drafted(world: World) -> OwnReport:
    """Return a report in drafting, with words in two slots."""
    report = frozen(world)
    act = world.act("clerk")
    advance_report(act=act, report=report, seen=report.version)
    for slot, text in WORDS.items():
        write_text(act=act, report=report, slot=slot, text=text, seen=0)
    return OwnReport.objects.get(pk=report.pk)


def signed(world: World) -> OwnReport:
    """Return a report at the signature."""
    report = drafted(world)
    act = world.act("clerk")
    for seen in (2, 3):
        advance_report(act=act, report=report, seen=seen)
    sign_report(act=act, report=report, seen=4)
    return OwnReport.objects.get(pk=report.pk)


def issued(world: World) -> OwnReport:
    """Return a report that was issued and sent."""
    report = signed(world)
    act = world.act("deputy")
    number_report(act=act, report=report, number=45, dated=date(2023, 4, 3), seen=5)
    advance_report(act=act, report=report, seen=6)
    send_report(act=act, report=report, recipients=["Thường trực Tỉnh ủy", "Các ban Đảng"], seen=7)
    return OwnReport.objects.get(pk=report.pk)
