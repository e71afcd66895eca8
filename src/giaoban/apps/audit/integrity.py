"""Checks on stored data: what each looks for, why it matters, what to do; `giaoban verify` runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from giaoban.apps.audit.guards import expected_guards, present_guards
from giaoban.apps.audit.operations.seal import check_chain


@dataclass(frozen=True, slots=True)
class IntegrityCheck:
    """One check. ``rows`` yields a line for each thing found wrong, in Vietnamese; none means all is well."""

    name: str
    why: str
    recommendation: str
    rows: Callable[[], Iterator[str]]


def _missing_guards() -> Iterator[str]:
    for name in sorted(expected_guards(connection.vendor) - present_guards()):
        yield f"thiếu khóa {name}"


def _broken_chain() -> Iterator[str]:
    state = check_chain()
    if state.broken is not None:
        yield f"mắt xích số {state.broken} không khớp"


CHECKS = (
    IntegrityCheck(
        name="Khóa chống sửa, xóa trên các sổ",
        why="Sổ chỉ được ghi thêm; cơ sở dữ liệu phải tự từ chối sửa và xóa",
        recommendation="Chạy lại bước cập nhật cơ sở dữ liệu (migrate), các khóa sẽ được đặt lại",
        rows=_missing_guards,
    ),
    IntegrityCheck(
        name="Chuỗi nhật ký",
        why="Mỗi dòng nhật ký đã niêm phong mang dấu của dòng trước: sửa một dòng là thấy",
        recommendation="Đối chiếu với bản sao lưu gần nhất từ mắt xích được nêu",
        rows=_broken_chain,
    ),
)
