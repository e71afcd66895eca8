"""Layouts of Party documents as data with dates: the one in force on the day of issue is used (law 8).

The writer prints by them, the checker compares with them.

The shipped layouts are ``layouts.toml`` beside this file, with a note on every detail that no source confirms.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.text_vi import quoted

FACES = (
    *("superior", "issuer", "asterisk", "symbol", "place_date", "draft_mark", "type_name", "title", "separator"),
    *("body", "heading1", "heading2", "heading3", "heading4", "capacity", "position", "signer"),
    *("recipients_heading", "recipients", "footnote", "table", "appendix_title"),
)


@dataclass(frozen=True, slots=True)
class Face:
    """How the words of one part of a document look; ``size`` in points.

    Where the guide leaves a choice, it goes from ``size`` (which the writer takes) to ``largest``.
    """

    size: float
    bold: bool = False
    italic: bool = False
    caps: bool = False
    underline: bool = False
    largest: float | None = None

    def allows(self, size: float) -> bool:
        """Tell whether a size in points is one that the guide allows."""
        return self.size <= size <= (self.largest or self.size)


@dataclass(frozen=True, slots=True)
class Margins:
    """White space around the text, in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class PartyTitle:
    """The title of the Party at the top right; ``width_em`` is the width of its words in units of the size."""

    text: str
    size: float
    width_em: float
    bold: bool = True


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Page number from page 2, centred at the top: ``size`` in points, ``from_edge`` in millimetres."""

    size: float
    from_edge: float


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout and the days on which it is in force: from ``start``, up to but not on ``end`` (None: still).

    Lengths are in millimetres, ``paragraph_gap`` and ``line_spacing`` (exact) in points.
    ``proposal_to`` are the words before the committee to which a proposal goes.
    """

    code: str
    start: date
    end: date | None
    paper: tuple[float, float]
    margins: Margins
    font: str
    party_title: PartyTitle
    page_number: PageNumber
    head_columns: tuple[float, float]
    ending: str
    separator: str
    keep_line: str
    first_line_indent: float
    paragraph_gap: float
    line_spacing: float
    appendix_word: str
    faces: Mapping[str, Face]
    proposal_to: str = "Kính gửi"

    @property
    def text_width(self) -> float:
        """Width of the text in millimetres."""
        return self.paper[0] - self.margins.left - self.margins.right

    def spell(self, face: str, text: str) -> str:
        """Return the words as this part prints them: in capitals where the layout asks for them."""
        return text.upper() if self.faces[face].caps else text


def parse_layouts(text: str, *, where: str = "layouts.toml") -> tuple[Layout, ...]:
    """Read layouts from TOML in the form of the shipped file, ordered by their first day.

    Raises:
        InvalidInput: no TOML, a missing or unknown key, or two layouts in force on one day.
    """
    try:
        entries = tomllib.loads(text).get("layout", [])
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"Không đọc được tệp thể thức: {error}", where=where, expected="tệp TOML") from None
    layouts = sorted((_layout(entry, where) for entry in entries), key=lambda layout: layout.start)
    for earlier, later in pairwise(layouts):
        if earlier.end is None or earlier.end > later.start:
            raise InvalidInput(
                f"Hai thể thức {earlier.code} và {later.code} cùng hiệu lực ngày {format_date(later.start)}",
                where=where,
                expected="khoảng ngày không chồng lên nhau",
            )
    return tuple(layouts)


def _layout(entry: dict[str, Any], where: str) -> Layout:
    place = f"{where}, {entry.get('code', 'layout')}"
    faces = dict(entry.pop("faces", {}))
    if missing := sorted(set(FACES) - set(faces)):
        raise InvalidInput(f"Thiếu kiểu chữ: {', '.join(missing)}", where=place, expected=f"đủ {', '.join(FACES)}")
    try:
        return Layout(
            start=entry.pop("from"),
            end=entry.pop("until", None),
            paper=_pair(entry.pop("paper")),
            margins=Margins(**entry.pop("margins")),
            party_title=PartyTitle(**entry.pop("party_title")),
            page_number=PageNumber(**entry.pop("page_number")),
            head_columns=_pair(entry.pop("head_columns")),
            faces=MappingProxyType({name: Face(**face) for name, face in faces.items()}),
            **entry,
        )
    except KeyError as error:
        raise InvalidInput(
            f"Thiếu mục {quoted(error.args[0])}", where=place, expected="như tệp layouts.toml kèm theo"
        ) from None
    except (TypeError, ValueError) as error:
        raise InvalidInput(f"Mục không đúng: {error}", where=place, expected="như tệp layouts.toml kèm theo") from None


def _pair(values: Sequence[float]) -> tuple[float, float]:
    first, second = values
    return first, second


@cache
def shipped_layouts() -> tuple[Layout, ...]:
    """Return the layouts that come with the program."""
    return parse_layouts(files("giaoban.core").joinpath("layouts.toml").read_text(encoding="utf-8"))


def layout_on(day: date, layouts: Sequence[Layout] | None = None) -> Layout:
    """Return the layout in force on a day of issue.

    Raises:
        NotFound: no layout is known for that day.
    """
    known = shipped_layouts() if layouts is None else layouts
    for layout in known:
        if layout.start <= day and (layout.end is None or day < layout.end):
            return layout
    first = min((layout.start for layout in known), default=None)
    raise NotFound(
        f"Chưa có thể thức văn bản cho ngày {format_date(day)}",
        where="ngày ban hành",
        expected=f"ngày từ {format_date(first)} trở đi" if first else "ít nhất một thể thức",
        hint="Kiểm tra lại ngày ban hành hoặc bổ sung thể thức của thời kỳ đó",
    )
