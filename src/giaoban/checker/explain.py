"""The explanation of a rule: one Markdown file that the command line, the documentation and the tests read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from giaoban.checker.registry import rule, rules

_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRONG, RIGHT, UNDECIDED = "Sai", "Đúng", "Không kết luận"
SECTIONS = ("Kiểm tra gì", "Vì sao", WRONG, RIGHT, UNDECIDED)
_SEVERITIES = {"error": "lỗi", "warning": "cảnh báo", "info": "gợi ý"}


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the messages that the rule gives on it, in order; none for what is right or cannot be decided.

    ``page`` describes the pages of its file in words, ``suppressions`` is the file of suppressions beside it, where the
    rule looks at them.
    """

    text: str
    messages: tuple[str, ...]
    page: str = ""
    suppressions: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands in a rule's file: the Markdown as it is, its sections and its examples by heading."""

    code: str
    markdown: str
    sections: dict[str, str]
    examples: dict[str, tuple[Example, ...]]


@cache
def explain(code: str) -> Explanation:
    """Return the explanation of a rule.

    Raises:
        InvalidInput: there is no such rule.
    """
    known = rule(code)
    file = resources.files("giaoban.checker").joinpath("explanations", f"{known.code}.md")
    markdown = file.read_text(encoding="utf-8").strip() + "\n"
    sections = _sections(markdown)
    return Explanation(known.code, markdown, sections, {name: _examples(body) for name, body in sections.items()})


def _sections(markdown: str) -> dict[str, str]:
    headings = list(_HEADING.finditer(markdown))
    ends = [heading.start() for heading in headings[1:]] + [len(markdown)]
    return {heading[1]: markdown[heading.end() : end].strip() for heading, end in zip(headings, ends, strict=True)}


def _examples(body: str) -> tuple[Example, ...]:
    """Pair each ``van`` block with ``trang`` and ``toml`` blocks before it and the ``bao`` block after it, if any."""
    found: list[Example] = []
    before = {"trang": "", "toml": ""}
    for fence in _FENCE.finditer(body):
        if fence[1] in before:
            before[fence[1]] = fence[2]
        elif fence[1] == "van":
            found.append(Example(fence[2].rstrip("\n"), (), before["trang"], before["toml"]))
            before = dict.fromkeys(before, "")
        elif fence[1] == "bao" and found:
            found[-1] = replace(found[-1], messages=tuple(fence[2].strip().splitlines()))
    return tuple(found)


def plain_text(explanation: Explanation) -> str:
    """Return an explanation for a terminal: headings in capitals, examples indented, messages behind an arrow."""
    known = rule(explanation.code)
    lines = [f"{known.code} {known.slug} ({_SEVERITIES[known.severity]}, từ phiên bản {known.since})"]
    for name, body in explanation.sections.items():
        lines += ["", name.upper()]
        mark = ""
        for line in body.splitlines():
            if line.startswith("```"):
                mark = (
                    {"trang": "    ", "toml": "    ", "van": "    ", "bao": "    → "}.get(line[3:], "")
                    if not mark
                    else ""
                )
            elif mark or line:
                lines.append(mark + line)
    return "\n".join(lines)


def table() -> str:
    """Return the list of all rules as a Markdown page: ``docs/rules/README.md`` is this text."""
    lines = [
        "# Quy tắc của `giaoban check`",
        "",
        "Trang này do chương trình sinh ra từ các quy tắc; nội dung từng quy tắc (kiểm tra gì, vì sao, ví dụ sai,"
        " đúng,",
        "không kết luận) nằm trong một tệp duy nhất ở `src/giaoban/checker/explanations/`, cũng là nguồn của",
        "`giaoban explain` và của phép thử.",
        "",
        "| Mã | Tên | Mức | Từ phiên bản | Kiểm tra gì |",
        "| --- | --- | --- | --- | --- |",
    ]
    for known in rules():
        first = explain(known.code).sections["Kiểm tra gì"].split("\n\n")[0].replace("\n", " ")
        link = f"[{known.code}](../../src/giaoban/checker/explanations/{known.code}.md)"
        lines.append(f"| {link} | {known.slug} | {_SEVERITIES[known.severity]} | {known.since} | {first} |")
    return "\n".join(lines) + "\n"
