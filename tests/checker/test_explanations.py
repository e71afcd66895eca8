"""Every rule explains itself, and its explanation is its test."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.checker.pages import checked

from giaoban.checker import explain, rules
from giaoban.checker.explain import RIGHT, SECTIONS, UNDECIDED, WRONG, Example, plain_text, table
from giaoban.core.errors import InvalidInput

ROOT = Path(__file__).parents[2]
CODES = [rule.code for rule in rules()]


def examples(name: str) -> list[tuple[str, Example]]:
    return [(code, example) for code in CODES for example in explain(code).examples[name]]


@pytest.mark.parametrize(("code", "example"), examples(WRONG), ids=lambda value: str(value)[:40])
def test_a_wrong_example_is_found_with_these_words(code: str, example: Example) -> None:
    found = checked(example)
    assert [finding.message for finding in found if finding.code == code] == list(example.messages)
    assert {finding.code for finding in found} == {code}, "an example shows one rule only"
    for finding in found:
        assert example.text[finding.start : finding.end].strip()


@pytest.mark.parametrize(("code", "example"), examples(RIGHT) + examples(UNDECIDED), ids=lambda value: str(value)[:40])
def test_right_and_undecided_examples_are_silent(code: str, example: Example) -> None:
    assert [finding for finding in checked(example) if finding.code == code] == []


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_all_sections_and_kinds_of_examples(code: str) -> None:
    explanation = explain(code)
    assert tuple(explanation.sections) == SECTIONS
    for name in (WRONG, RIGHT, UNDECIDED):
        assert explanation.examples[name], f"{code} has no example under «{name}»"
    assert all(example.messages for example in explanation.examples[WRONG])
    assert not any(example.messages for name in (RIGHT, UNDECIDED) for example in explanation.examples[name])


def test_no_explanation_without_a_rule() -> None:
    files = {file.stem for file in (ROOT / "src/giaoban/checker/explanations").glob("*.md")}
    assert files == set(CODES)


def test_plain_text_shows_headings_and_examples_without_fences() -> None:
    shown = plain_text(explain("GB202"))
    assert shown.startswith("GB202 sum-does-not-add-up")
    assert "KIỂM TRA GÌ" in shown
    assert "→ 46 + 05 + 01 + 14 = 66, văn bản ghi 67" in shown
    assert "```" not in shown


def test_codes_are_found_in_any_case_and_unknown_ones_name_the_known() -> None:
    assert explain("gb201").code == "GB201"
    with pytest.raises(InvalidInput, match="GB999") as caught:
        explain("GB999")
    assert "GB201" in str(caught.value)


def test_the_page_of_all_rules_is_up_to_date() -> None:
    page = ROOT / "docs/rules/README.md"
    assert page.read_text(encoding="utf-8") == table(), "write it anew with `make docs`"
