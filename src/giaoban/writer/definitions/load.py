"""Reading report definitions from TOML: those that come with the program, and an office's own."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from giaoban.core.errors import InvalidInput, NotFound
from giaoban.writer.definitions.model import (
    PLACEHOLDERS,
    Definition,
    ParagraphSpec,
    SectionSpec,
    SentenceSpec,
    TitleLine,
)
from giaoban.writer.definitions.sentence import fill, make_sentence

_ANY = {name: name for name in PLACEHOLDERS} | {"n": "{n}"}
_DEEPEST = 4


def shipped_names() -> tuple[str, ...]:
    """Return the names of the definitions that come with the program."""
    folder = files("giaoban.writer.definitions")
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def load(name: str) -> Definition:
    """Return a definition that comes with the program.

    Raises:
        NotFound: there is none of that name.
    """
    if name not in shipped_names():
        raise NotFound(f"Không có mẫu báo cáo {name!r}", expected=f"một trong {', '.join(shipped_names())}")
    file = files("giaoban.writer.definitions").joinpath(f"{name}.toml")
    return parse_definition(file.read_text(encoding="utf-8"), where=f"{name}.toml")


def parse_definition(text: str, *, where: str) -> Definition:
    """Read a definition; every sentence is tried, so that a slip shows here and not on the day of the report.

    Raises:
        InvalidInput: what is wrong, in which section and sentence.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"Không đọc được mẫu báo cáo: {error}", where=where, expected="tệp TOML") from None
    top = _Table(data, where)
    sections = tuple(_section(_Table(entry, where)) for entry in top.tables("sections"))
    title = tuple(_title(_Table(entry, where)) for entry in top.tables("title"))
    specs = [spec for section in sections for paragraph in section.paragraphs for spec in paragraph.sentences]
    keys = dict.fromkeys(key for spec in specs for key in make_sentence(spec, _ANY).measures())
    definition = Definition(
        name=top.text("name"),
        type_code=top.text("type_code"),
        type_name=top.text("type_name"),
        title=title,
        sections=sections,
        closing=top.text("closing", ""),
        keys=tuple(keys),
    )
    top.nothing_left()
    _check(definition, where)
    return definition


def _check(definition: Definition, where: str) -> None:
    ids = [section.id for section in definition.sections]
    slots = list(definition.slots())
    for what, names in (("mã phần", ids), ("ô nội dung", slots)):
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise InvalidInput(f"Trùng {what}: {', '.join(twice)}", where=where, expected="mỗi tên một lần")
    level = 0
    for section in definition.sections:
        if not 1 <= section.level <= min(level + 1, _DEEPEST):
            raise InvalidInput(
                f"Phần {section.id!r} ở cấp {section.level} sau một phần ở cấp {level}",
                where=where,
                expected=f"cấp từ 1 đến {min(level + 1, _DEEPEST)}",
            )
        level = section.level
        fill(section.title, _ANY, f"{where}, {section.id}")
    for line in definition.title:
        fill(line.text, _ANY, f"{where}, title")
        if line.section and line.section not in ids:
            raise InvalidInput(f"Không có phần {line.section!r}", where=f"{where}, title", expected=", ".join(ids))
    fill(definition.closing, _ANY, f"{where}, closing")


def _title(table: _Table) -> TitleLine:
    line = TitleLine(table.text("text"), table.text("section", ""))
    table.nothing_left()
    return line


def _section(table: _Table) -> SectionSpec:
    name = table.text("id")
    table.where = f"{table.where}, {name}"
    level = table.take("level", int)
    title = table.text("title")
    paragraphs = tuple(
        _paragraph(_Table(entry, f"{table.where}, đoạn {order}"))
        for order, entry in enumerate(table.tables("paragraphs"), 1)
    )
    table.nothing_left()
    return SectionSpec(name, level, title, paragraphs)


def _paragraph(table: _Table) -> ParagraphSpec:
    sentences = tuple(
        SentenceSpec(entry.pop("pattern", "count"), entry, f"{table.where}, câu {order}")
        for order, entry in enumerate(table.tables("sentences"), 1)
    )
    slot, guidance = table.text("slot", ""), table.text("guidance", "")
    table.nothing_left()
    if bool(sentences) == bool(slot):
        raise InvalidInput("Đoạn phải có câu hoặc ô nội dung", where=table.where, expected="sentences hoặc slot")
    return ParagraphSpec(sentences, slot, guidance)


class _Table:
    """A table of the TOML from which keys are taken one by one; what is left over is a slip of the pen."""

    def __init__(self, data: dict[str, Any], where: str) -> None:
        self._data = dict(data)
        self.where = where

    def take(self, key: str, kind: type[Any], default: Any = None) -> Any:
        value = self._data.pop(key, default)
        if not isinstance(value, kind):
            said = "Thiếu mục" if value is None else f"Mục có giá trị {value!r}:"
            raise InvalidInput(f"{said} {key!r}", where=self.where, expected=f"{key} kiểu {kind.__name__}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return str(self.take(key, str, default))

    def tables(self, key: str) -> list[dict[str, Any]]:
        entries = self.take(key, list, [])
        if not all(isinstance(entry, dict) for entry in entries):
            raise InvalidInput(f"Mục {key!r} không phải danh sách bảng", where=self.where, expected=f"[[{key}]]")
        return [dict(entry) for entry in entries]

    def nothing_left(self) -> None:
        if self._data:
            raise InvalidInput(
                f"Không có mục {', '.join(sorted(self._data))}", where=self.where, expected="các mục của mẫu báo cáo"
            )
