"""From the words of a definition to a sentence: placeholders filled, keys checked, slips of the pen named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from string import Formatter
from typing import Any

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted
from giaoban.writer.blocks import Text
from giaoban.writer.definitions.lines import LINES, at
from giaoban.writer.definitions.model import CELL, LEVELS, PLACEHOLDERS, SentenceSpec
from giaoban.writer.sentences import (
    NAMES,
    Attached,
    Context,
    Count,
    Duty,
    Fraction,
    Free,
    Plan,
    Rate,
    Sentence,
    Series,
    Show,
    When,
)
from giaoban.writer.sentences.line import Line

# «đạt» and «vượt» are said of plans that one wants to fulfil; never of these.
_WITHOUT_PLAN = ("discipline.", "petitions.")
_STOCK = {"verb": "có", "compare": False}
_IN_SERIES = {"show": "positive", "compare": False}


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence without figures."""

    text: str

    def measures(self) -> tuple[str, ...]:
        """Return nothing: it needs no figures."""
        return ()

    def write(self, context: Context) -> Line:
        """Return the sentence as it is."""
        return (Text(self.text),)


_PATTERNS: dict[str, tuple[type[Any], Mapping[str, Any]]] = {
    "count": (Count, {}),
    "stock": (Count, _STOCK),
    "plan": (Plan, {}),
    "rate": (Rate, {}),
    "duty": (Duty, {}),
    "fraction": (Fraction, {}),
    "free": (Free, {}),
    "series": (Series, {}),
    "words": (Words, {}),
}


def fill(text: str, values: Mapping[str, str], where: str) -> str:
    """Put the facts into a text.

    Raises:
        InvalidInput: it has a placeholder that is not known, or a brace too many.
    """
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        raise InvalidInput(
            f"Dấu ngoặc nhọn không cân trong {quoted(text)}", where=where, expected="{ten} đủ hai dấu"
        ) from None
    for name in names:
        if name not in values:
            known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
            raise InvalidInput(f"Không có chỗ điền {{{name}}}", where=where, expected=f"một trong {known}")
    return text.format_map(values)


def make_sentence(spec: SentenceSpec, values: Mapping[str, str], level: str = "") -> Sentence | None:
    """Return the sentence of a definition with the facts filled in.

    With a ``level`` (one of ``LEVELS``) it is as such a unit says it, None where it is not for such units.

    Raises:
        InvalidInput: unknown pattern, unknown or missing key, wrong kind of value, plan on discipline.
    """
    if spec.pattern not in _PATTERNS:
        raise InvalidInput(
            f"Không có mẫu câu {quoted(spec.pattern)}",
            where=at(spec.where, spec.lines, "pattern"),
            expected=f"một trong {', '.join(_PATTERNS)}",
        )
    kind, defaults = _PATTERNS[spec.pattern]
    if level == CELL and kind is Count and not spec.words.get("zero"):
        # A dozen people know what did not happen: a cell says only what did, where the definition says nothing else.
        defaults = {**defaults, "show": Show.POSITIVE.value}
    said = _at_level(spec.words, level, at(spec.where, spec.lines, "levels"))
    if said is None or said.get("items", True) == []:
        return None
    sentence: Sentence = _make(kind, {**defaults, **said}, values, spec.where, spec.lines)
    return sentence


def _at_level(words: Mapping[str, Any], level: str, where: str) -> dict[str, Any] | None:
    """Return what of a sentence, of its items and its attached number is for units of a level; ``levels`` is taken out.

    Without a level all of it stays.
    """
    levels = words.get("levels", list(LEVELS))
    if not isinstance(levels, list) or not levels or any(one not in LEVELS for one in levels):
        raise InvalidInput(
            f"Mục «levels» có giá trị {quoted(levels)}", where=where, expected=f"danh sách gồm {', '.join(LEVELS)}"
        )
    if level and level not in levels:
        return None
    kept = {key: value for key, value in words.items() if key != "levels"}
    if isinstance(attached := kept.get("attached"), dict):
        said = _at_level(attached, level, where)
        kept = {**kept, "attached": said} if said else {key: value for key, value in kept.items() if key != "attached"}
    if isinstance(items := kept.get("items"), list) and items and all(isinstance(one, dict) for one in items):
        kept["items"] = [said for one in items if (said := _at_level(one, level, where)) is not None]
    return kept


def _make(
    kind: type[Any], words: Mapping[str, Any], values: Mapping[str, str], where: str, lines: Mapping[str, int]
) -> Any:
    known = {field.name: str(field.type) for field in fields(kind)}
    if kind is Free:
        # Its own numbers are filled in by the sentence, not here.
        values = {**values, **{name: f"{{{name}}}" for name in NAMES}}
    arguments = {}
    for key, value in words.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            raise InvalidInput(
                f"Không có mục {quoted(key)}",
                where=at(where, lines, key),
                expected=f"một trong {', '.join(known)}",
                hint=f"Có phải là {quoted(near[0])}?" if near else "",
            )
        arguments[key] = _value(key, known[key], value, values, where, lines)
    try:
        made = kind(**arguments)
    except TypeError as error:
        missing = str(error).rpartition(": ")[2].replace("'", "")
        raise InvalidInput(
            f"Thiếu mục {quoted(missing)}", where=at(where, lines), expected="đủ các mục của mẫu câu"
        ) from None
    _check(made, where, lines)
    return made


def _value(key: str, wanted: str, value: Any, values: Mapping[str, str], where: str, lines: Mapping[str, int]) -> Any:
    """Turn one value of the TOML into what the pattern takes; ``wanted`` is the annotation of its field."""
    match wanted, value:
        case "str", str():
            return fill(value, values, at(where, lines, key))
        case "bool", bool():
            return value
        case "Mapping[str, str]", dict() if all(isinstance(label, str) for label in value.values()):
            return {code: fill(label, values, at(where, lines, key)) for code, label in value.items()}
        case "Show", str() if value in set(Show):
            return Show(value)
        case "When", str() if value in set(When):
            return When(value)
        case "Attached | None", dict():
            return _make(Attached, value, values, f"{where}, {key}", {"": lines.get(key, 0)})
        case "tuple[Count, ...]", list() if all(isinstance(item, dict) for item in value):
            return tuple(
                _make(
                    Count,
                    {**_IN_SERIES, **{name: word for name, word in item.items() if name != LINES}},
                    values,
                    f"{where}, {key} {order}",
                    item.get(LINES) or {"": lines.get(key, 0)},
                )
                for order, item in enumerate(value, 1)
            )
    expected = {"str": "chữ", "bool": "true hoặc false", "Show": "always hoặc positive", "When": ", ".join(When)}.get(
        wanted, "bảng các mục"
    )
    raise InvalidInput(f"Mục {quoted(key)} có giá trị {quoted(value)}", where=at(where, lines, key), expected=expected)


def _check(made: Any, where: str, lines: Mapping[str, int]) -> None:
    if isinstance(made, Count | Plan) and made.plan and made.measure.startswith(_WITHOUT_PLAN):
        raise InvalidInput(
            f"Chỉ tiêu {quoted(made.measure)} không so với kế hoạch",
            where=at(where, lines, "plan"),
            expected="không có mục plan",
        )
    if isinstance(made, Count | Series) and made.zero and not made.zero.startswith("không"):
        raise InvalidInput(
            f"Câu khi bằng 0 là {quoted(made.zero)}",
            where=at(where, lines, "zero"),
            expected="câu bắt đầu bằng chữ «không»",
        )
    if isinstance(made, Attached) and made.alone and "{n}" not in made.alone:
        raise InvalidInput(
            f"Mục alone là {quoted(made.alone)}", where=at(where, lines, "alone"), expected="có {n} ở chỗ của con số"
        )
    if isinstance(made, Series) and not made.items:
        raise InvalidInput(
            "Chuỗi không có mục nào", where=at(where, lines, "items"), expected="ít nhất một mục trong items"
        )
