"""Rules are discovered, ordered and never registered twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from giaoban.checker import rule, rules, select
from giaoban.checker.registry import collect
from giaoban.core.errors import InvalidInput


def test_rules_come_in_the_order_of_their_codes() -> None:
    codes = [known.code for known in rules()]
    assert codes == sorted(codes)
    assert {"GB101", "GB102", "GB201", "GB202"} <= set(codes)


def test_a_second_rule_with_the_same_code_is_refused() -> None:
    first = rule("GB201")
    with pytest.raises(RuntimeError, match="GB201"):
        collect([first, replace(first, slug="other")])


def test_a_second_rule_with_the_same_slug_is_refused() -> None:
    first = rule("GB201")
    with pytest.raises(RuntimeError, match="GB299"):
        collect([first, replace(first, code="GB299")])


def test_a_code_of_another_form_is_refused() -> None:
    with pytest.raises(RuntimeError, match="X1"):
        collect([replace(rule("GB201"), code="X1")])


@pytest.mark.parametrize(
    ("chosen", "ignored", "expected"),
    [
        (("GB2",), (), {"GB201", "GB202", "GB203", "GB204", "GB205", "GB206", "GB207"}),
        (("gb201,GB202",), (), {"GB201", "GB202"}),
        (("GB2",), ("GB202", "GB205"), {"GB201", "GB203", "GB204", "GB206", "GB207"}),
    ],
)
def test_prefixes_select_families(chosen: tuple[str, ...], ignored: tuple[str, ...], expected: set[str]) -> None:
    assert {known.code for known in select(chosen, ignored)} == expected


def test_an_unknown_prefix_is_an_error_that_names_the_known_codes() -> None:
    with pytest.raises(InvalidInput, match="GB9") as caught:
        select(["GB9"])
    assert "GB101" in str(caught.value)
