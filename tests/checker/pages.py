"""Pages described in words, as the explanations of rules over the layout do.

    Khổ giấy: 210 x 297 mm
    Lề: trên 20, dưới 20, trái 30, phải 15 mm
    Chữ: Times New Roman 14
    «ĐẢNG CỘNG SẢN VIỆT NAM»: Times New Roman 15
    Số trang: lề trên (or: lề dưới; lề trên, cả trang đầu)

What is not said is as the layout of 2018 has it. A line in «» is about one paragraph, named by its beginning.
"""

from __future__ import annotations

import re

from giaoban.checker import Finding, check_with_suppressions, rules
from giaoban.checker.explain import Example
from giaoban.checker.gb3_layout.facts import Page, PageFacts, Passage, Piece
from giaoban.checker.suppressions import parse_suppressions
from giaoban.reader import read_text

_FACE = re.compile(r"(?P<font>.+) (?P<size>\d+(?:\.\d+)?)\Z")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIDES = {"trên": "top", "dưới": "bottom", "trái": "left", "phải": "right"}


def described(page: str, text: str) -> PageFacts:
    """Return the facts that a description gives for a text: a paragraph for each line."""
    paper, margins = (210.0, 297.0), {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 15.0}
    usual, faces = ("Times New Roman", 14.0), {"ĐẢNG CỘNG SẢN VIỆT NAM": ("Times New Roman", 15.0)}
    numbers, is_first_numbered = (True,), False
    for line in page.splitlines():
        name, _, value = line.partition(": ")
        if name == "Khổ giấy":
            width, height = map(float, _NUMBER.findall(value))
            paper = (width, height)
        elif name == "Lề":
            for side, key in _SIDES.items():
                if found := re.search(rf"{side} ({_NUMBER.pattern})", value):
                    margins[key] = float(found[1])
        elif name == "Chữ":
            usual = _face(value)
        elif name == "Số trang":
            numbers, is_first_numbered = (value.startswith("lề trên"),), "trang đầu" in value
        elif name.startswith("«"):
            faces[name.strip("«»")] = _face(value)
        else:
            raise AssertionError(f"what does {line!r} say of a page?")
    passages = tuple(
        Passage((Piece(line, *next((face for words, face in faces.items() if line.startswith(words)), usual)),))
        for line in text.splitlines()
        if line.strip()
    )
    return PageFacts((Page(*paper, **margins),), passages, numbers, is_first_numbered)


def _face(text: str) -> tuple[str, float]:
    match = _FACE.match(text)
    assert match is not None, text
    return match["font"], float(match["size"])


def checked(example: Example) -> tuple[Finding, ...]:
    """Return what all rules find in an example."""
    facts = described(example.page, example.text) if example.page else None
    suppressions = parse_suppressions(example.suppressions.encode(), "vi-du.giaoban.toml", [r.code for r in rules()])
    return check_with_suppressions(read_text(example.text), None, suppressions, facts=facts).findings
