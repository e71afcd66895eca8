"""Reads a rubric and says what is wrong in it: which section, item or band, and what would be right."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from giaoban.apps.meetings.rubrics.facts import FACTS, SIDES
from giaoban.apps.meetings.rubrics.model import GRADES, Band, Item, Rubric, Section
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted

# A code stands in addresses, of an item in names of inputs and in the sheets that are kept.
_CODE = re.compile(r"[a-z][a-z0-9-]{0,38}\Z")
_PART = re.compile(r"[0-9a-z][0-9a-z.]{0,7}\Z")
_WITHOUT = ("award", "rescale")
_NUMBERS = ("minutes", "minutes_large", "large_from")
_KEYS = frozenset(("code", "title", "source", "confirmed", *_NUMBERS, "without_thematic", "limits", "sections"))
_SECTION_KEYS = frozenset(("code", "title", "items"))
_ITEM_KEYS = frozenset(("code", "title", "most", "bands", "thematic", "hint"))
_BAND_KEYS = frozenset(("points", "words", "needs", "otherwise"))
_HINTS = ("", "speakers", "conclusions")
MOST_SECTIONS, MOST_ITEMS, MOST_BANDS = 20, 40, 12
ALL_POINTS = Decimal(100)
_NEVER = 1_000_000


def rubric_data(text: str, *, where: str) -> Mapping[str, Any]:
    """Return what a TOML file holds.

    Raises:
        InvalidInput: it is no TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(
            f"Tệp không đọc được theo TOML: {error}",
            where=where,
            expected="tệp như «giaoban rubric take» ghi ra",
        ) from None


def read_rubric(row: Mapping[str, Any]) -> Rubric:
    """Return a rubric.

    Args:
        row: as in the shipped files: head, limits of the grades, sections with items, items with bands.

    Raises:
        InvalidInput: anything that is not right, with its place («Mục 2, nội dung 3, mức 1»).
    """
    _known(row, _KEYS, "Mẫu")
    code = _text(row, "code", "Mã mẫu", most=39)
    if not _CODE.match(code):
        raise InvalidInput(
            f"Mã mẫu {quoted(code)} không dùng được",
            where="Mã mẫu",
            expected="chữ thường không dấu, số, gạch nối, ví dụ phieu-phuong",
        )
    minutes = _whole(row, "minutes", "Thời gian họp", 1, 600)
    rubric = Rubric(
        code,
        _text(row, "title", "Tên mẫu", most=200),
        _text(row, "source", "Văn bản quy định", most=200),
        _flag(row, "confirmed", "Mẫu", default=True),
        minutes,
        _whole(row, "minutes_large", "Thời gian họp", 1, 600, default=minutes),
        _whole(row, "large_from", "Thời gian họp", 1, _NEVER, default=_NEVER),
        row.get("without_thematic", "award"),
        _limits(row.get("limits")),
        tuple(_section(one, number) for number, one in enumerate(_rows(row, "sections", "Mẫu", MOST_SECTIONS), 1)),
    )
    if rubric.without_thematic not in _WITHOUT:
        raise InvalidInput(
            f"{quoted(rubric.without_thematic)} không có",
            where="Tháng không có chuyên đề",
            expected=" hoặc ".join(_WITHOUT),
        )
    _whole_sheet(rubric)
    return rubric


def _whole_sheet(rubric: Rubric) -> None:
    total = sum((section.most for section in rubric.sections), Decimal(0))
    if total != ALL_POINTS:
        parts = " + ".join(format_number(section.most) for section in rubric.sections)
        raise InvalidInput(f"Các mục cộng lại {parts} = {format_number(total)} điểm", where="Mẫu", expected="100 điểm")
    _once([one.code for one in rubric.sections], "mục")
    _once([item.code for one in rubric.sections for item in one.items], "nội dung")
    if all(item.thematic for one in rubric.sections for item in one.items):
        raise InvalidInput(
            "Mọi nội dung chỉ chấm tháng có chuyên đề", where="Mẫu", expected="ít nhất một nội dung chấm mọi tháng"
        )


def _limits(found: Any) -> tuple[tuple[str, Decimal], ...]:
    where = "Mức xếp loại"
    if not isinstance(found, dict) or set(found) != set(GRADES):
        raise InvalidInput("Thiếu mức xếp loại", where=where, expected="đủ " + ", ".join(GRADES))
    limits = [(code, _points(found[code], f"{where} {label}")) for code, label in GRADES.items()]
    values = [least for _code, least in limits]
    if values != sorted(set(values), reverse=True) or values[-1] != 0 or values[0] > ALL_POINTS:
        told = ", ".join(f"{GRADES[code]} từ {format_number(least)}" for code, least in limits)
        raise InvalidInput(told, where=where, expected="mức sau thấp hơn mức trước, Kém từ 0, cao nhất không quá 100")
    return tuple(limits)


def _section(row: Mapping[str, Any], number: int) -> Section:
    where = f"Mục {number}"
    _known(row, _SECTION_KEYS, where)
    items = tuple(
        _item(one, f"{where}, nội dung {place}") for place, one in enumerate(_rows(row, "items", where, MOST_ITEMS), 1)
    )
    return Section(_part(row, where), _text(row, "title", where, most=200), items)


def _item(row: Mapping[str, Any], where: str) -> Item:
    _known(row, _ITEM_KEYS, where)
    code, title = _part(row, where), _text(row, "title", where, most=300)
    most = _points(row.get("most"), where)
    bands = tuple(
        _band(one, f"{where}, mức {place}") for place, one in enumerate(_rows(row, "bands", where, MOST_BANDS), 1)
    )
    given = [band.points for band in bands]
    if len(set(given)) < len(given):
        raise InvalidInput("Hai mức cùng một số điểm", where=where, expected="mỗi mức một số điểm")
    if max(given) != most:
        raise InvalidInput(
            f"Mức cao nhất {format_number(max(given))} điểm, nội dung tối đa {format_number(most)} điểm",
            where=where,
            expected="hai số bằng nhau",
        )
    if any(band.otherwise for band in bands) and not any(band.needs for band in bands):
        raise InvalidInput(
            "Mức «còn lại» mà không mức nào lấy từ sổ", where=where, expected="ít nhất một mức lấy từ sổ"
        )
    hint = row.get("hint", "")
    if hint not in _HINTS:
        raise InvalidInput(f"{quoted(hint)} không có", where=where, expected="speakers hoặc conclusions")
    return Item(code, title, most, bands, _flag(row, "thematic", where), hint)


def _band(row: Mapping[str, Any], where: str) -> Band:
    _known(row, _BAND_KEYS, where)
    needs = row.get("needs", {})
    if not isinstance(needs, dict):
        raise InvalidInput(
            "Điều kiện lấy từ sổ không đọc được", where=where, expected="{ attendance_percent_least = 90 }"
        )
    read = []
    for need, limit in needs.items():
        name, _, side = need.rpartition("_")
        if name not in FACTS or side not in SIDES:
            raise InvalidInput(
                f"Sổ không biết {quoted(need)}",
                where=where,
                expected="tên kèm _least hoặc _most, một trong: " + ", ".join(FACTS),
            )
        read.append((need, _points(limit, where)))
    otherwise = _flag(row, "otherwise", where)
    if otherwise and read:
        raise InvalidInput("Vừa có điều kiện vừa là mức còn lại", where=where, expected="một trong hai")
    read.sort()  # all must be met, and PostgreSQL keeps the names of a JSON object in an order of its own
    return Band(_points(row.get("points"), where), _text(row, "words", where, most=200), tuple(read), otherwise)


def _known(row: Any, keys: frozenset[str], where: str) -> None:
    if not isinstance(row, Mapping):
        raise InvalidInput("Không đọc được", where=where, expected="các cặp tên = giá trị")
    if strange := sorted(row.keys() - keys):
        raise InvalidInput(
            f"Không có {', '.join(strange)}", where=where, expected="một trong: " + ", ".join(sorted(keys))
        )


def _rows(row: Mapping[str, Any], key: str, where: str, most: int) -> Sequence[Any]:
    found = row.get(key)
    if not isinstance(found, Sequence) or isinstance(found, str) or not found:
        what = {"sections": "mục", "items": "nội dung", "bands": "mức điểm"}[key]
        raise InvalidInput(f"Chưa có {what} nào", where=where, expected=f"ít nhất một {what}")
    if len(found) > most:
        raise InvalidInput(f"Có {len(found)} dòng", where=where, expected=f"không quá {most}")
    return found


def _text(row: Mapping[str, Any], key: str, where: str, *, most: int) -> str:
    found = row.get(key)
    text = " ".join(found.split()) if isinstance(found, str) else ""
    if not text:
        what = {"title": "tên", "source": "văn bản quy định", "words": "lời của mức điểm"}.get(key, "mã")
        raise InvalidInput(f"Chưa có {what}", where=where, expected="một dòng chữ")
    if len(text) > most:
        raise InvalidInput(f"Dài {len(text)} ký tự", where=where, expected=f"không quá {most} ký tự")
    return text


def _part(row: Mapping[str, Any], where: str) -> str:
    code = row.get("code")
    if not isinstance(code, str) or not _PART.match(code):
        raise InvalidInput(
            f"Số hiệu {quoted(code)} không dùng được",
            where=where,
            expected="1 đến 8 chữ thường không dấu, số, ví dụ 4b",
        )
    return code


def _points(value: Any, where: str) -> Decimal:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _NEVER:
        number = Decimal(str(value))
        if number == number.to_integral_value():
            return Decimal(int(number))
        if number == round(number, 2):
            return number.normalize()
    raise InvalidInput(f"{quoted(value)} không phải số điểm", where=where, expected="số không âm, nhiều nhất hai số lẻ")


def _whole(row: Mapping[str, Any], key: str, where: str, least: int, most: int, *, default: int | None = None) -> int:
    value = row.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidInput(f"{quoted(value)} không dùng được", where=where, expected=f"số nguyên từ {least} đến {most}")
    return value


def _flag(row: Mapping[str, Any], key: str, where: str, *, default: bool = False) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise InvalidInput(f"{key} = {quoted(value)}", where=where, expected="true hoặc false")
    return value


def _once(codes: Sequence[str], what: str) -> None:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise InvalidInput(f"Hai {what} cùng số hiệu {', '.join(twice)}", where="Mẫu", expected="mỗi số hiệu một lần")
