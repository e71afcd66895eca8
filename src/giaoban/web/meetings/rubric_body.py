"""A rubric as it stands in the editor: read from what was sent, changed by one button, written as ``set_rubric`` takes
it. Nothing is kept on the way: the page itself carries it, so that it works without scripts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from giaoban.apps.meetings.rubrics import Rubric, band_lines, read_bands
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number

MOST_SECTIONS, MOST_ITEMS = 20, 40


@dataclass(slots=True)
class ItemEdit:
    """One item; ``bands`` are its lines."""

    code: str
    title: str
    bands: str
    thematic: bool = False
    hint: str = ""


@dataclass(slots=True)
class SectionEdit:
    """One section."""

    code: str
    title: str
    items: list[ItemEdit] = field(default_factory=list)


def edit_of(rubric: Rubric) -> list[SectionEdit]:
    """Return the sections of a rubric as the editor holds them."""
    return [
        SectionEdit(
            one.code,
            one.title,
            [ItemEdit(item.code, item.title, band_lines(item.bands), item.thematic, item.hint) for item in one.items],
        )
        for one in rubric.sections
    ]


def sent_edit(sent: QueryDict) -> list[SectionEdit]:
    """Return what the editor sent, in its order."""
    found = []
    for number in range(MOST_SECTIONS):
        at = f"muc-{number}-"
        if f"{at}code" not in sent:
            break
        section = SectionEdit(sent.get(f"{at}code", ""), sent.get(f"{at}title", ""))
        for place in range(MOST_ITEMS):
            mine = f"nd-{number}-{place}-"
            if f"{mine}code" not in sent:
                break
            section.items.append(
                ItemEdit(
                    sent.get(f"{mine}code", ""),
                    sent.get(f"{mine}title", ""),
                    sent.get(f"{mine}bands", ""),
                    f"{mine}thematic" in sent,
                    sent.get(f"{mine}hint", ""),
                )
            )
        found.append(section)
    return found


def change(sections: list[SectionEdit], what: str) -> bool:
    """This function will do what a button of the editor says; False where it says nothing of the kind."""
    name, _, rest = what.partition(":")
    at = [int(part) for part in rest.split(":") if part.isascii() and part.isdecimal() and len(part) < 4]
    try:
        match name, at:
            case "them-muc", [] if len(sections) < MOST_SECTIONS:
                code = _free([one.code for one in sections])
                sections.append(SectionEdit(code, "", [ItemEdit(f"{code}a", "", "")]))
            case "bo-muc", [section]:
                del sections[section]
            case "them-nd", [section] if len(sections[section].items) < MOST_ITEMS:
                sections[section].items.append(ItemEdit("", "", ""))
            case "bo-nd", [section, place]:
                del sections[section].items[place]
            case "len-nd", [section, place] if place:
                items = sections[section].items
                items[place - 1], items[place] = items[place], items[place - 1]
            case "xem", []:
                pass
            case _:
                return False
    except IndexError:
        return False
    return True


def _free(codes: list[str]) -> str:
    return next(str(number) for number in range(1, 99) if str(number) not in codes)


def sections_json(sections: list[SectionEdit]) -> list[dict[str, Any]]:
    """Return the sections as ``set_rubric`` takes them; the most points of an item are those of its best band.

    Raises:
        InvalidInput: lines of bands that cannot be read.
    """
    return [
        {
            "code": one.code.strip(),
            "title": one.title,
            "items": [_item(item, f"Mục {number}, nội dung {place}") for place, item in enumerate(one.items, 1)],
        }
        for number, one in enumerate(sections, 1)
    ]


def _item(item: ItemEdit, where: str) -> dict[str, Any]:
    bands = read_bands(item.bands, where=where)
    made: dict[str, Any] = {
        "code": item.code.strip(),
        "title": item.title,
        "most": max((band["points"] for band in bands), default=0),
        "bands": bands,
    }
    if item.thematic:
        made["thematic"] = True
    if item.hint:
        made["hint"] = item.hint
    return made


def points_words(sections: list[SectionEdit]) -> str:
    """Say how the points add up so far."""
    most = []
    for number, one in enumerate(sections, 1):
        try:
            most.append(sum(_item(item, f"Mục {number}")["most"] for item in one.items))
        except InvalidInput:
            return "Còn mức điểm chưa đọc được, chưa cộng được tổng số điểm."
    parts = " + ".join(format_number(one) for one in most)
    total = sum(most)
    tail = "" if total == 100 else "; cả phiếu phải đủ 100 điểm"
    return (
        f"Tổng số điểm: {parts} = {format_number(total)}{tail}."
        if len(most) > 1
        else f"{format_number(total)} điểm{tail}."
    )
