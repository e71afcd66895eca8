"""The year's grades on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.test import Client
from tests.apps.meetings.examples import held, scored

if TYPE_CHECKING:
    from tests.world import World


def test_on_screen(world: World, as_: Callable[[str], Client]) -> None:
    scored(world, held(world))
    held(world, "2023-03-21 14:00", unit="DUK.02")
    page = as_("clerk").get("/sinh-hoat/xep-loai-nam/?don-vi=DUK&ky=2023-Q1").content.decode()
    for words in (
        "năm 2023",
        "đến hết 05/04/2023",
        "chưa đủ số kỳ từ Khá",
        "còn 1 kỳ chưa chấm",
        "chưa họp kỳ nào",
        "ít nhất 7 kỳ Tốt",
    ):
        assert words in page
    scored(world, held(world, "2023-02-20 14:00"), lower=20)
    assert "có kỳ Kém" in as_("clerk").get("/sinh-hoat/xep-loai-nam/?don-vi=DUK&ky=2023-Q1").content.decode()
    own = as_("secretary").get("/sinh-hoat/xep-loai-nam/?don-vi=DUK.01.01&ky=2023-Q1").content.decode()
    assert "Chi bộ Văn phòng" in own
    assert "Chi bộ Quỹ" not in own
