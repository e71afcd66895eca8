"""A form's body as it stands in the editor: read from what was sent, changed by one button, written as ``set_form``
takes it. Nothing is kept on the way: the page itself carries it, so that it works without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from giaoban.apps.reporting.queries.figures import catalogue, is_reported
from giaoban.core.text_vi import fold, tidy
from giaoban.figures import Measure

MOST_SECTIONS, MOST_FIELDS, MOST_RULES = 40, 60, 40
NEW_TEXT, NEW_CHOICE, NEW_FILE = "+text", "+choice", "+file"
_NEW = {
    NEW_TEXT: ("text", "Nội dung"),
    NEW_CHOICE: ("choice", "Câu chọn"),
    NEW_FILE: ("file", "Tệp đính kèm"),
}


@dataclass(slots=True)
class FieldEdit:
    """One field; ``part`` is «dimension=code», empty for the whole number."""

    key: str
    kind: str
    label: str
    measure: str = ""
    part: str = ""
    of_total: bool = False
    required: bool = False
    decimals: str = "0"
    guidance: str = ""
    options: str = ""


@dataclass(slots=True)
class SectionEdit:
    """One section."""

    key: str
    title: str
    guidance: str = ""
    fields: list[FieldEdit] = field(default_factory=list)


@dataclass(slots=True)
class RuleEdit:
    """One rule."""

    key: str
    check: str = ""
    importance: str = "warning"
    instruction: str = ""


@dataclass(slots=True)
class BodyEdit:
    """The whole."""

    sections: list[SectionEdit] = field(default_factory=list)
    rules: list[RuleEdit] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        """The keys of all fields."""
        return {one.key for section in self.sections for one in section.fields}


def body_edit(body: Mapping[str, Any]) -> BodyEdit:
    """Return a body that was set, or is shipped, as the editor holds it."""
    sections = [
        SectionEdit(
            row["key"],
            row["title"],
            row.get("guidance", ""),
            [_field(one) for one in row.get("fields", ())],
        )
        for row in body.get("sections", ())
    ]
    rules = [
        RuleEdit(row["key"], row["check"], row.get("importance", "error"), row["instruction"])
        for row in body.get("rules", ())
    ]
    return BodyEdit(sections, rules)


def _field(row: Mapping[str, Any]) -> FieldEdit:
    dimension = row.get("dimension", "")
    return FieldEdit(
        row["key"],
        row["kind"],
        row["label"],
        row.get("measure", ""),
        f"{dimension}={row.get('code', '')}" if dimension else "",
        row.get("of_total", False),
        row.get("required", False),
        str(row.get("decimals", 0)),
        row.get("guidance", ""),
        "\n".join(row.get("options", ())),
    )


def sent_body(sent: QueryDict) -> BodyEdit:
    """Return what the editor sent, in its order."""
    found = BodyEdit()
    for number in range(MOST_SECTIONS):
        at = f"muc-{number}-"
        if f"{at}key" not in sent:
            break
        section = SectionEdit(sent.get(f"{at}key", ""), sent.get(f"{at}title", ""), sent.get(f"{at}guidance", ""))
        for place in range(MOST_FIELDS):
            mine = f"o-{number}-{place}-"
            if f"{mine}key" not in sent:
                break
            section.fields.append(
                FieldEdit(
                    sent.get(f"{mine}key", ""),
                    sent.get(f"{mine}kind", ""),
                    sent.get(f"{mine}label", ""),
                    sent.get(f"{mine}measure", ""),
                    sent.get(f"{mine}part", ""),
                    f"{mine}of_total" in sent,
                    f"{mine}required" in sent,
                    sent.get(f"{mine}decimals", "0"),
                    sent.get(f"{mine}guidance", ""),
                    sent.get(f"{mine}options", ""),
                )
            )
        found.sections.append(section)
    for number in range(MOST_RULES):
        at = f"qt-{number}-"
        if f"{at}key" not in sent:
            break
        found.rules.append(
            RuleEdit(
                sent.get(f"{at}key", ""),
                sent.get(f"{at}check", ""),
                sent.get(f"{at}importance", ""),
                sent.get(f"{at}instruction", ""),
            )
        )
    return found


def change(body: BodyEdit, what: str, sent: QueryDict) -> bool:
    """This function will do what a button of the editor says; False where it says nothing of the kind."""
    name, _, rest = what.partition(":")
    at = [int(part) for part in rest.split(":") if part.isdecimal() and len(part) < 4]
    try:
        match name, at:
            case "them-muc", []:
                body.sections.append(SectionEdit(_free("muc", {one.key for one in body.sections}), ""))
            case "bo-muc", [section]:
                del body.sections[section]
            case "them-truong", []:
                into = sent.get("vao", "")
                section = int(into) if into.isdecimal() and len(into) < 4 else len(body.sections) - 1
                _add_field(body, body.sections[section], sent.get("moi", ""))
            case "bo-truong", [section, place]:
                del body.sections[section].fields[place]
            case "len-truong", [section, place] if place:
                fields = body.sections[section].fields
                fields[place - 1], fields[place] = fields[place], fields[place - 1]
            case "them-qt", []:
                body.rules.append(RuleEdit(_free("quy-tac", {one.key for one in body.rules})))
            case "bo-qt", [rule]:
                del body.rules[rule]
            case "xem", []:
                pass
            case _:
                return False
    except IndexError:
        return False
    return True


def _add_field(body: BodyEdit, section: SectionEdit, what: str) -> None:
    if what in _NEW:
        kind, label = _NEW[what]
        options = "Có\nKhông" if kind == "choice" else ""
        section.fields.append(FieldEdit(_free(fold(label), body.keys), kind, label, options=options))
    elif what in catalogue():
        measure = catalogue()[what]
        kind = "value" if is_reported(measure) else "measure"
        key = _free(measure.key.removeprefix("own."), body.keys)
        section.fields.append(FieldEdit(key, kind, measure.label, measure.key, decimals=str(measure.decimals)))


def _free(name: str, taken: Collection[str]) -> str:
    """Return a key made of words that nobody has yet."""
    plain = re.sub(r"[^a-z0-9]+", "-", tidy(name).lower()).strip("-")[:34] or "muc"
    if plain not in taken:
        return plain
    return next(f"{plain}-{number}" for number in range(2, 999) if f"{plain}-{number}" not in taken)


def body_json(body: BodyEdit) -> dict[str, Any]:
    """Return the body as ``set_form`` takes it; what cannot be read stays in it, to be refused with its place."""
    return {
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                **({"guidance": section.guidance} if section.guidance.strip() else {}),
                "fields": [_field_json(one) for one in section.fields],
            }
            for section in body.sections
        ],
        "rules": [
            {"key": rule.key, "check": rule.check, "importance": rule.importance, "instruction": rule.instruction}
            for rule in body.rules
        ],
    }


def _field_json(one: FieldEdit) -> dict[str, Any]:
    made: dict[str, Any] = {"key": one.key, "kind": one.kind, "label": one.label}
    if one.measure:
        made["measure"] = one.measure
    if one.part:
        made["dimension"], _, made["code"] = one.part.partition("=")
    if one.of_total:
        made["of_total"] = True
    if one.required and one.kind != "measure":
        made["required"] = True
    if one.kind == "value":
        made["decimals"] = int(one.decimals) if one.decimals.isdecimal() else one.decimals
    if one.guidance.strip():
        made["guidance"] = one.guidance
    if one.kind == "choice":
        made["options"] = [line.strip() for line in one.options.splitlines() if line.strip()]
    return made


def parts_of(measure: Measure) -> tuple[tuple[str, str], ...]:
    """Return the parts of a number that can be asked alone: «dimension=code» with its words."""
    return tuple(
        (f"{dimension.key}={code.key}", f"{dimension.label}: {code.label}")
        for dimension in measure.dimensions
        for code in dimension.codes
    )
