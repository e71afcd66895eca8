"""Reading report definitions from TOML: those that come with the program, and an office's own."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.period import PeriodKind
from giaoban.core.text_vi import quoted
from giaoban.writer.definitions.lines import LINES, at, read_toml
from giaoban.writer.definitions.merge import merged
from giaoban.writer.definitions.model import (
    LEVELS,
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
from giaoban.writer.sentences import Sentence

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
        raise NotFound(f"Không có mẫu báo cáo {quoted(name)}", expected=f"một trong {', '.join(shipped_names())}")
    return files("giaoban.writer.definitions").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def parse_definition(text: str, *, where: str) -> Definition:
    """Read a definition; every sentence is tried, so that a slip shows here and not on the day of the report.

    ``extends`` names a definition that comes with the program; the text then says only what is different.

    Raises:
        InvalidInput: what is wrong, in which section and sentence. NotFound: it extends what is not there.
    """
    top = _Table(_data(text, where), where)
    ruled = [_Table(entry, where) for entry in top.tables("sections")]
    sections = tuple(_section(one) for one in ruled)
    title = tuple(_title(_Table(entry, f"{where}, title")) for entry in top.tables("title"))
    appendices = tuple(_appendix(_Table(entry, where)) for entry in top.tables("appendices"))
    paragraphs = [paragraph for section in sections for paragraph in section.paragraphs]
    specs = [spec for paragraph in paragraphs for spec in paragraph.sentences]
    tables = [paragraph.table for paragraph in paragraphs if paragraph.table] + [one.table for one in appendices]
    places: dict[str, str] = {}
    for spec in specs:
        for key in _tried(spec).measures():
            places.setdefault(key, at(spec.where, spec.lines, "measure"))
    for table in tables:
        for key in table.measures():
            places.setdefault(key, where)
    definition = Definition(
        name=top.text("name"),
        type_code=top.text("type_code"),
        type_name=top.text("type_name"),
        title=title,
        sections=sections,
        closing=top.text("closing", ""),
        keys=tuple(places),
        appendices=appendices,
        periods=_periods(top),
        places=places,
        footnotes=_footnotes(top, places),
        dimensions=frozenset(filter(None, [*(one.by for one in tables), *(spec.words.get("by") for spec in specs)])),
    )
    top.nothing_left()
    fill(definition.closing, _ANY, top.at("closing"))
    _check(definition, where, ruled)
    return definition


def _footnotes(top: _Table, places: dict[str, str]) -> tuple[str, ...] | None:
    if not top.has("footnotes"):
        return None
    found, where = top.texts("footnotes"), top.at("footnotes")
    if unsaid := [key for key in found if key not in places]:
        raise InvalidInput(
            f"Không có câu nào nói số {quoted(unsaid[0])} để ghi chú danh sách đơn vị",
            where=where,
            expected="chỉ tiêu có trong một câu của mẫu",
            hint="Thêm câu có chỉ tiêu ấy, hoặc bỏ nó khỏi footnotes",
        )
    return found


def _tried(spec: SentenceSpec) -> Sentence:
    made = make_sentence(spec, _ANY)
    if made is None:
        raise InvalidInput("Chuỗi không có mục nào", where=spec.where, expected="ít nhất một mục trong items")
    return made


def _data(text: str, where: str) -> dict[str, Any]:
    data = read_toml(text, where)
    if "extends" not in data:
        return data
    base = data["extends"]
    if not isinstance(base, str) or base not in shipped_names():
        raise InvalidInput(
            f"Không có mẫu báo cáo {quoted(base)} để mở rộng",
            where=at(where, data[LINES], "extends"),
            expected=f"một trong {', '.join(shipped_names())}",
        )
    return merged(_shipped(base), data, where)


def _shipped(name: str) -> dict[str, Any]:
    """Return the tables of a definition of the program; without lines: these are of another file."""
    data = tomllib.loads(shipped_text(name))
    return merged(_shipped(data["extends"]), data, f"{name}.toml") if "extends" in data else data


def _check(definition: Definition, where: str, tables: Sequence[_Table]) -> None:
    ids = [section.id for section in definition.sections]
    slots = list(definition.slots())
    appended = [appendix.id for appendix in definition.appendices]
    for what, names in (("mã phần", ids), ("ô nội dung", slots), ("mã phụ lục", appended)):
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise InvalidInput(f"Trùng {what}: {', '.join(twice)}", where=where, expected="mỗi tên một lần")
    level = 0
    for section, table in zip(definition.sections, tables, strict=True):
        if not 1 <= section.level <= min(level + 1, _DEEPEST):
            raise InvalidInput(
                f"Phần {quoted(section.id)} ở cấp {section.level} sau một phần ở cấp {level}",
                where=table.at("level"),
                expected=f"cấp từ 1 đến {min(level + 1, _DEEPEST)}",
            )
        level = section.level
        fill(section.title, _ANY, table.at("title"))
    for line in definition.title:
        if line.section and line.section not in ids:
            raise InvalidInput(
                f"Không có phần {quoted(line.section)}", where=f"{where}, title", expected=", ".join(ids)
            )


def _periods(top: _Table) -> tuple[PeriodKind, ...]:
    names = top.texts("periods")
    if unknown := [name for name in names if name not in set(PeriodKind)]:
        raise InvalidInput(f"Không có loại kỳ {quoted(unknown[0])}", where=top.where, expected=", ".join(PeriodKind))
    return tuple(PeriodKind(name) for name in names)


def _title(table: _Table) -> TitleLine:
    line = TitleLine(table.text("text"), table.text("section", ""))
    table.nothing_left()
    fill(line.text, _ANY, table.at("text"))
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
    figures = _table(_Table(ruled, f"{table.at('table')}, table")) if ruled else None
    table.nothing_left()
    if [bool(sentences), bool(slot), bool(figures)].count(True) != 1:
        raise InvalidInput(
            "Đoạn phải có một trong: câu, ô nội dung, bảng", where=table.at(), expected="sentences, slot hoặc table"
        )
    if each not in ("", SECTOR):
        raise InvalidInput(f"Mục «each» có giá trị {quoted(each)}", where=table.at("each"), expected=SECTOR)
    fill(lead, {**_ANY, "sector": ""}, table.at("lead"))
    return ParagraphSpec(sentences, slot, guidance, figures, each, lead)


def _sentence(entry: dict[str, Any], where: str) -> SentenceSpec:
    lines = entry.pop(LINES, {})
    pattern = entry.pop("pattern", "count")
    if not isinstance(pattern, str):
        raise InvalidInput(
            f"Mục «pattern» có giá trị {quoted(pattern)}",
            where=at(where, lines, "pattern"),
            expected='tên một mẫu câu, ví dụ "count"',
        )
    return SentenceSpec(pattern, entry, where, lines)


def _table(table: _Table) -> TableSpec:
    groups = tuple(
        GroupSpec(one.text("title", ""), one.texts("measures"), one.texts("parts"), one.levels())
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
            f"Không có cột {quoted(unknown[0])}", where=table.at("columns"), expected=f"một trong {', '.join(COLUMNS)}"
        )
    if bool(groups) == bool(lists):
        raise InvalidInput("Bảng không có chỉ tiêu nào", where=table.at(), expected="measures, groups hoặc lists")
    fill(title, _ANY, table.at("title"))
    return TableSpec(title, groups, columns, by, lists)


def _appendix(table: _Table) -> AppendixSpec:
    name, title = table.text("id"), table.text("title")
    table.where = f"{table.where}, {name}"
    landscape = table.take("landscape", bool, False)
    fill(title, _ANY, table.at("title"))
    return AppendixSpec(name, title, _table(table), landscape)


class _Table:
    """A table of the TOML from which keys are taken one by one; what is left over is a slip of the pen."""

    def __init__(self, data: dict[str, Any], where: str) -> None:
        self._data = dict(data)
        self._lines: dict[str, int] = self._data.pop(LINES, {})
        self.where = where

    def at(self, key: str = "") -> str:
        """Return the place with its line, for an error."""
        return at(self.where, self._lines, key)

    def take(self, key: str, kind: type[Any], default: Any = None) -> Any:
        value = self._data.pop(key, default)
        if not isinstance(value, kind):
            is_missing = value is None
            said = f"Thiếu mục {quoted(key)}" if is_missing else f"Mục {quoted(key)} có giá trị {quoted(value)}"
            raise InvalidInput(
                said, where=self.at() if is_missing else self.at(key), expected=f"{key} kiểu {kind.__name__}"
            )
        return value

    def has(self, key: str) -> bool:
        """Tell whether the key is there."""
        return key in self._data

    def text(self, key: str, default: str | None = None) -> str:
        return str(self.take(key, str, default))

    def tables(self, key: str) -> list[dict[str, Any]]:
        entries = self.take(key, list, [])
        if not all(isinstance(entry, dict) for entry in entries):
            raise InvalidInput(
                f"Mục {quoted(key)} không phải danh sách bảng", where=self.at(key), expected=f"[[{key}]]"
            )
        return [dict(entry) for entry in entries]

    def texts(self, key: str) -> tuple[str, ...]:
        entries = self.take(key, list, [])
        if not all(isinstance(entry, str) for entry in entries):
            raise InvalidInput(
                f"Mục {quoted(key)} không phải danh sách chữ", where=self.at(key), expected=f'{key} = ["..."]'
            )
        return tuple(entries)

    def levels(self) -> tuple[str, ...]:
        found = self.texts("levels") or LEVELS
        if unknown := [name for name in found if name not in LEVELS]:
            raise InvalidInput(
                f"Không có cấp {quoted(unknown[0])}", where=self.at("levels"), expected=", ".join(LEVELS)
            )
        return found

    def nothing_left(self) -> None:
        if self._data:
            raise InvalidInput(
                f"Không có mục {', '.join(sorted(self._data))}",
                where=self.at(min(self._data)),
                expected="các mục của mẫu báo cáo",
                hint="Xem các mục trong docs/report-definitions.md hoặc một mẫu có sẵn",
            )
