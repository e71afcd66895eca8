"""What people wrote into a notice, slot by slot, and the lists that were kept when it was given its number."""

from __future__ import annotations

import json
from dataclasses import dataclass

from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import NoticeText
from giaoban.apps.reporting.queries.notice_lists import NoticeList, list_from_json
from giaoban.core.period import Period

BRIEFING = "briefing"
ISSUED = "issued"
# Places for the office's own words, with what belongs there.
SLOTS = {
    "assessment": "Đánh giá chung về tình hình công tác trong kỳ, mỗi dòng một đoạn",
    "shortcomings": "Hạn chế khác ngoài các danh sách, mỗi dòng một ý",
    "remarks": "Nhiệm vụ, yêu cầu khác cho kỳ tới, mỗi dòng một đoạn",
}


@dataclass(frozen=True, slots=True)
class KeptText:
    """The newest version of a slot."""

    text: str
    version: int


@dataclass(frozen=True, slots=True)
class IssuedNotice:
    """The lists of a notice as they stood when it was given its number."""

    number: int
    lists: tuple[NoticeList, ...]


def kept_texts(unit: Unit, period: Period, *, name: str = BRIEFING) -> dict[str, KeptText]:
    """Return the newest text of each slot that has one; one query."""
    rows = NoticeText.objects.filter(unit=unit, name=name, period=str(period)).order_by("version")
    return {row.slot: KeptText(row.text, row.version) for row in rows}


def issued_notice(unit: Unit, period: Period, *, name: str = BRIEFING) -> IssuedNotice | None:
    """Return what was kept of a notice that has its number; None of a draft."""
    kept = kept_texts(unit, period, name=name).get(ISSUED)
    if kept is None:
        return None
    data = json.loads(kept.text)
    return IssuedNotice(data["number"], tuple(list_from_json(one) for one in data["lists"]))


def issued_json(number: int, lists: tuple[NoticeList, ...]) -> str:
    """Return the text of the slot «issued»."""
    return json.dumps({"number": number, "lists": [one.as_json() for one in lists]}, ensure_ascii=False)
