"""Reading report definitions from TOML: those that come with the program, and an office's own."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.period import PeriodKind
from giaoban.writer.definitions.merge import merged
from giaoban.writer.definitions.model import (
    PLACEHOLDERS,
    SECTOR,
    AppendixSpec,
    Definition,
    GroupSpec,
    ParagraphSpec,
    SectionSpec,
    SentenceSpec,
    TableSpec,
    TitleLine,
)
from giaoban.writer.definitions.sentence import fill, make_sentence
from giaoban.writer.definitions.tables import COLUMNS

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
    return parse_definition(shipped_text(name), where=f"{name}.toml")


def shipped_text(name: str) -> str:
    """Return the file of a definition that comes with the program.

    Raises:
        NotFound: there is none of that name.
    """
    if name not in shipped_names():
        raise NotFound(f"Không có mẫu báo cáo {name!r}", expected=f"một trong {', '.join(shipped_names())}")
    return files("giaoban.writer.definitions").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def parse_definition(text: str, *, where: str) -> Definition:
    """Read a definition; every sentence is tried, so that a slip shows here and not on the day of the report.

    ``extends`` names a definition that comes with the program; the text then says only what is different.

    Raises:
        InvalidInput: what is wrong, in which section and sentence. NotFound: it extends what is not there.
    """
    top = _Table(_data(text, where), where)
    sections = tuple(_section(_Table(entry, where)) for entry in top.tables("sections"))
    title = tuple(_title(_Table(entry, where)) for entry in top.tables("title"))
    appendices = tuple(_appendix(_Table(entry, where)) for entry in top.tables("appendices"))
    paragraphs = [paragraph for section in sections for paragraph in section.paragraphs]
    specs = [spec for paragraph in paragraphs for spec in paragraph.sentences]
    tables = [paragraph.table for paragraph in paragraphs if paragraph.table] + [one.table for one in appendices]
    keys = dict.fromkeys(key for spec in specs for key in make_sentence(spec, _ANY).measures())
    keys |= dict.fromkeys(key for table in tables for key in table.measures())
    definition = Definition(
        name=top.text("name"),
        type_code=top.text("type_code"),
        type_name=top.text("type_name"),
        title=title,
        sections=sections,
        closing=top.text("closing", ""),
        keys=tuple(keys),
        appendices=appendices,
        periods=_periods(top),
        dimensions=frozenset(filter(None, [*(one.by for one in tables), *(spec.words.get("by") for spec in specs)])),
    )
    top.nothing_left()
    _check(definition, where)
    return definition


def _data(text: str, where: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"Không đọc được mẫu báo cáo: {error}", where=where, expected="tệp TOML") from None
    if "extends" not in data:
        return data
    base = data["extends"]
    if not isinstance(base, str):
        raise InvalidInput(f"Mục 'extends' có giá trị {base!r}", where=where, expected="tên một mẫu có sẵn")
    return merged(_data(shipped_text(base), f"{base}.toml"), data, where)


def _check(definition: Definition, where: str) -> None:
    ids = [section.id for section in definition.sections]
    slots = list(definition.slots())
    appended = [appendix.id for appendix in definition.appendices]
    for what, names in (("mã phần", ids), ("ô nội dung", slots), ("mã phụ lục", appended)):
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


def _periods(top: _Table) -> tuple[PeriodKind, ...]:
    names = top.texts("periods")
    if unknown := [name for name in names if name not in set(PeriodKind)]:
        raise InvalidInput(f"Không có loại kỳ {unknown[0]!r}", where=top.where, expected=", ".join(PeriodKind))
    return tuple(PeriodKind(name) for name in names)


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
        _sentence(entry, f"{table.where}, câu {order}") for order, entry in enumerate(table.tables("sentences"), 1)
    )
    slot, guidance = table.text("slot", ""), table.text("guidance", "")
    each, lead = table.text("each", ""), table.text("lead", "")
    ruled = table.take("table", dict, {})
    figures = _table(_Table(ruled, f"{table.where}, table")) if ruled else None
    table.nothing_left()
    if [bool(sentences), bool(slot), bool(figures)].count(True) != 1:
        raise InvalidInput(
            "Đoạn phải có một trong: câu, ô nội dung, bảng", where=table.where, expected="sentences, slot hoặc table"
        )
    if each not in ("", SECTOR):
        raise InvalidInput(f"Mục 'each' có giá trị {each!r}", where=table.where, expected=SECTOR)
    fill(lead, {**_ANY, "sector": ""}, table.where)
    return ParagraphSpec(sentences, slot, guidance, figures, each, lead)


def _sentence(entry: dict[str, Any], where: str) -> SentenceSpec:
    pattern = entry.pop("pattern", "count")
    if not isinstance(pattern, str):
        raise InvalidInput(
            f"Mục 'pattern' có giá trị {pattern!r}", where=where, expected='tên một mẫu câu, ví dụ "count"'
        )
    return SentenceSpec(pattern, entry, where)


def _table(table: _Table) -> TableSpec:
    groups = tuple(
        GroupSpec(one.text("title", ""), one.texts("measures"), one.texts("parts"))
        for entry in table.tables("groups")
        for one in [_Table(entry, f"{table.where}, groups")]
    )
    if measures := table.texts("measures"):
        groups = (GroupSpec("", measures), *groups)
    title, by, lists = table.text("title", ""), table.text("by", ""), table.texts("lists")
    columns = table.texts("columns") or ("value",)
    table.nothing_left()
    if unknown := [key for key in columns if key not in COLUMNS]:
        raise InvalidInput(
            f"Không có cột {unknown[0]!r}", where=table.where, expected=f"một trong {', '.join(COLUMNS)}"
        )
    if bool(groups) == bool(lists):
        raise InvalidInput("Bảng không có chỉ tiêu nào", where=table.where, expected="measures, groups hoặc lists")
    fill(title, _ANY, table.where)
    return TableSpec(title, groups, columns, by, lists)


def _appendix(table: _Table) -> AppendixSpec:
    name, title = table.text("id"), table.text("title")
    table.where = f"{table.where}, {name}"
    landscape = table.take("landscape", bool, False)
    fill(title, _ANY, table.where)
    return AppendixSpec(name, title, _table(table), landscape)


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

    def texts(self, key: str) -> tuple[str, ...]:
        entries = self.take(key, list, [])
        if not all(isinstance(entry, str) for entry in entries):
            raise InvalidInput(f"Mục {key!r} không phải danh sách chữ", where=self.where, expected=f'{key} = ["..."]')
        return tuple(entries)

    def nothing_left(self) -> None:
        if self._data:
            raise InvalidInput(
                f"Không có mục {', '.join(sorted(self._data))}", where=self.where, expected="các mục của mẫu báo cáo"
            )
