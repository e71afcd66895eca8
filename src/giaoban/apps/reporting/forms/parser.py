"""Reads a form's body and says what is wrong with it: which section, field or rule, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from giaoban.apps.reporting.forms.checks import Importance, Operator, Rule, Term
from giaoban.apps.reporting.forms.model import TOTAL, Field, FieldKind, FormBody, Section
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
_BODY_KEYS = frozenset({"sections", "rules", "counts_on_sending"})
_SECTION_KEYS = frozenset({"key", "title", "guidance", "fields"})
_FIELD_KEYS = frozenset(
    {
        "key",
        "kind",
        "label",
        "measure",
        "dimension",
        "code",
        "of_total",
        "required",
        "decimals",
        "guidance",
        "options",
        "most_letters",
    }
)
_RULE_KEYS = frozenset({"key", "check", "importance", "instruction"})
_MOST_LETTERS = 20_000


def read_body(body: Mapping[str, Any], *, measures: Collection[str]) -> FormBody:
    """Return the body of a form.

    Args:
        body: as in ``shipped/*.toml``: sections with fields, rules.
        measures: the keys of all measures that there are.

    Raises:
        InvalidInput: anything that is not right, with its place («Mục 2, trường 3 (gifts)»).
    """
    _known(body, _BODY_KEYS, "Mẫu")
    sections = tuple(
        _section(row, f"Mục {number}", measures) for number, row in enumerate(_list(body, "sections", "Mẫu"), start=1)
    )
    if not sections or not any(section.fields for section in sections):
        raise InvalidInput("Mẫu chưa có trường nào", where="Mẫu", expected="ít nhất một mục có một trường")
    fields = [one for section in sections for one in section.fields]
    _once([section.key for section in sections], "mục")
    _once([one.key for one in fields], "trường")
    names = {name for one in fields for name in one.inputs} | {one.key for one in fields if one.measure}
    rules = tuple(
        _rule(row, f"Quy tắc {number}", names, measures)
        for number, row in enumerate(_list(body, "rules", "Mẫu"), start=1)
    )
    _once([rule.key for rule in rules], "quy tắc")
    return FormBody(sections, rules, _flag(body, "counts_on_sending", "Mẫu"))


def _section(row: Mapping[str, Any], where: str, measures: Collection[str]) -> Section:
    _known(row, _SECTION_KEYS, where)
    key = _key(row, where)
    fields = tuple(
        _field(one, f"{where}, trường {number}", measures)
        for number, one in enumerate(_list(row, "fields", where), start=1)
    )
    return Section(key, _text(row, "title", where, most=200), fields, _text(row, "guidance", where, needed=False))


def _field(row: Mapping[str, Any], where: str, measures: Collection[str]) -> Field:
    _known(row, _FIELD_KEYS, where)
    key = _key(row, where)
    where = f"{where} ({key})"
    kind = _kind(row, where)
    made = Field(
        key=key,
        kind=kind,
        label=_text(row, "label", where, most=300),
        measure=_text(row, "measure", where, needed=False, most=60),
        dimension=_text(row, "dimension", where, needed=False, most=30),
        code=_text(row, "code", where, needed=False, most=40),
        of_total=_flag(row, "of_total", where),
        required=_flag(row, "required", where),
        decimals=_whole(row, "decimals", where, 0, 0, 4),
        guidance=_text(row, "guidance", where, needed=False),
        options=tuple(str(one) for one in _list(row, "options", where)),
        most_letters=_whole(row, "most_letters", where, 4000, 1, _MOST_LETTERS),
    )
    _check_field(made, where, measures)
    return made


def _check_field(made: Field, where: str, measures: Collection[str]) -> None:
    counted = made.kind in (FieldKind.MEASURE, FieldKind.VALUE)
    if counted and made.measure not in measures:
        raise InvalidInput(
            f"Không có chỉ tiêu số liệu {quoted(made.measure)}" if made.measure else "Chưa nêu chỉ tiêu số liệu",
            where=where,
            expected="một khóa mà lệnh giaoban measures liệt kê, ví dụ members.admitted",
        )
    if not counted and made.measure:
        raise InvalidInput(f"Trường kiểu «{made.kind}» không mang chỉ tiêu {quoted(made.measure)}", where=where)
    if bool(made.dimension) != bool(made.code):
        raise InvalidInput(
            "Chiều phân tổ và mã phải đi cùng nhau", where=where, expected="cả dimension và code, hoặc bỏ cả hai"
        )
    if made.of_total and made.kind is not FieldKind.VALUE:
        raise InvalidInput("Chỉ trường số (value) mới hỏi «trên tổng số»", where=where)
    if made.kind is FieldKind.CHOICE and len(set(made.options)) < 2:
        raise InvalidInput("Trường chọn cần ít nhất hai phương án khác nhau", where=where, expected="options = [..]")
    if made.kind is FieldKind.MEASURE and made.required:
        raise InvalidInput("Trường lấy từ sổ không cần nhập nên không bắt buộc", where=where, expected="bỏ required")


def _kind(row: Mapping[str, Any], where: str) -> FieldKind:
    try:
        return FieldKind(str(row.get("kind", "")))
    except ValueError:
        raise InvalidInput(
            f"Không có kiểu trường {quoted(row.get('kind'))}",
            where=where,
            expected="một trong: " + ", ".join(FieldKind),
        ) from None


def _rule(row: Mapping[str, Any], where: str, names: Collection[str], measures: Collection[str]) -> Rule:
    _known(row, _RULE_KEYS, where)
    key = _key(row, where)
    where = f"{where} ({key})"
    check = _text(row, "check", where)
    words = check.split()
    at = [number for number, word in enumerate(words) if word in set(Operator)]
    if len(at) != 1:
        raise InvalidInput(
            f"Không đọc được {quoted(check)}",
            where=where,
            expected="hai vế và một dấu so sánh (" + ", ".join(Operator) + "), ví dụ «a + b <= c»",
        )
    try:
        importance = Importance(str(row.get("importance", "error")))
    except ValueError:
        raise InvalidInput(
            f"Không có mức {quoted(row.get('importance'))}",
            where=where,
            expected="error (chặn gửi) hoặc warning (xác nhận)",
        ) from None
    left, right = words[: at[0]], words[at[0] + 1 :]
    return Rule(
        key,
        _terms(left, where, names, measures),
        Operator(words[at[0]]),
        _terms(right, where, names, measures),
        importance,
        _text(row, "instruction", where, most=300),
    )


def _terms(words: Sequence[str], where: str, names: Collection[str], measures: Collection[str]) -> tuple[Term, ...]:
    # Words and signs take turns: «a + b - 3».
    if len(words) % 2 == 0 or any(word not in ("+", "-") for word in words[1::2]):
        raise InvalidInput(
            f"Không đọc được vế {quoted(' '.join(words))}", where=where, expected="các tên cách nhau bằng + hoặc -"
        )
    signs = ["+", *words[1::2]]
    return tuple(_term(word, sign == "-", where, names, measures) for word, sign in zip(words[::2], signs, strict=True))


def _term(word: str, minus: bool, where: str, names: Collection[str], measures: Collection[str]) -> Term:
    if word in names or word in measures:
        return Term(word, minus=minus)
    try:
        return Term(constant=Decimal(word), minus=minus)
    except InvalidOperation:
        raise InvalidInput(
            f"Không có trường hay chỉ tiêu {quoted(word)}",
            where=where,
            expected=f"mã một trường của mẫu (trên tổng số: mã kèm {TOTAL}), khóa chỉ tiêu, hoặc một số",
        ) from None


def _known(row: Any, keys: Collection[str], where: str) -> None:
    if not isinstance(row, Mapping):
        raise InvalidInput(f"{quoted(row)} không phải một bảng", where=where, expected="các cặp khóa = giá trị")
    strange = sorted(set(row) - set(keys))
    if strange:
        raise InvalidInput(
            f"Không có khóa {', '.join(strange)}", where=where, expected="một trong: " + ", ".join(sorted(keys))
        )


def _list(row: Mapping[str, Any], key: str, where: str) -> list[Any]:
    found = row.get(key, [])
    if not isinstance(found, list | tuple):
        raise InvalidInput(f"{key} = {quoted(found)} không phải danh sách", where=where, expected=f"{key} = [..]")
    return list(found)


def _text(row: Mapping[str, Any], key: str, where: str, *, needed: bool = True, most: int = 1000) -> str:
    found = row.get(key, "")
    if not isinstance(found, str) or (needed and not found.strip()):
        raise InvalidInput(f"Chưa có {key}", where=where, expected="một dòng chữ")
    if len(found) > most:
        raise InvalidInput(f"{key} dài {len(found)} ký tự", where=where, expected=f"không quá {most} ký tự")
    return found.strip()


def _flag(row: Mapping[str, Any], key: str, where: str) -> bool:
    found = row.get(key, False)
    if not isinstance(found, bool):
        raise InvalidInput(f"{key} = {quoted(found)}", where=where, expected="true hoặc false")
    return found


def _whole(row: Mapping[str, Any], key: str, where: str, default: int, least: int, most: int) -> int:
    found = row.get(key, default)
    if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
        raise InvalidInput(f"{key} = {quoted(found)}", where=where, expected=f"số nguyên từ {least} đến {most}")
    return found


def _key(row: Mapping[str, Any], where: str) -> str:
    found = str(row.get("key", ""))
    if not _KEY.match(found):
        raise InvalidInput(
            f"Mã {quoted(found)} không dùng được",
            where=where,
            expected="chữ thường không dấu, số, gạch nối, ví dụ gifts-tet",
        )
    return found


def _once(keys: Sequence[str], what: str) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise InvalidInput(f"Mã {what} dùng hai lần: {', '.join(twice)}", where="Mẫu", expected="mỗi mã một lần")
