"""Whatever the figures are: what is printed can be added up, and reads as a sentence."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.numbers_vi import parse_number, percent, round_half_up
from giaoban.reader import read_text
from giaoban.writer.blocks import Number, Role, plain_text
from giaoban.writer.sentences import Context, Count, FigureView, Plan
from giaoban.writer.sentences.line import Line

COUNTS = st.integers(0, 20_000)
SENTENCE = Count(
    "m",
    "kết nạp",
    "đảng viên",
    subject="toàn Đảng bộ",
    lead="trong quý",
    counter="đồng chí",
    parts={"a": "nam", "b": "nữ", "c": "dự bị"},
    plan="chỉ tiêu năm",
)


@st.composite
def figures(draw: st.DrawFn) -> FigureView:
    parts = draw(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 5_000)))
    value = draw(st.one_of(st.none(), st.just(sum(parts.values())), COUNTS.map(lambda n: n + sum(parts.values()))))
    previous = draw(st.none() | COUNTS)
    before = draw(st.sampled_from((0, 1, 17, 4000)))
    cumulative = None if value is None else value + before
    target = draw(st.none() | COUNTS)
    return FigureView(
        value,
        previous=previous,
        cumulative=cumulative,
        target=target,
        percent_of_target=percent(cumulative, target) if cumulative is not None and target else None,
        growth_percent=percent(value - previous, previous) if value is not None and previous else None,
        breakdown=parts,
    )


def printed(line: Line, role: Role) -> list[Decimal]:
    """Return the numbers of one role as the reader of the paper sees them."""
    found = []
    for inline in line:
        if isinstance(inline, Number) and inline.role is role:
            number = parse_number(inline.text.rstrip("%"))
            found.append(Decimal() if number is None else number)
    return found


@given(figures(), st.sampled_from((Decimal("0.25"), Decimal("0.5"), Decimal(1))))
def test_what_is_printed_adds_up(figure: FigureView, elapsed: Decimal) -> None:
    line = SENTENCE.write(Context({"m": figure}, elapsed=elapsed))
    if line is None:
        assert figure.value is None
        return
    (value,) = printed(line, Role.VALUE)
    assert value == figure.value
    if named := printed(line, Role.PART):
        assert sum(named) == value
    if change := printed(line, Role.CHANGE):
        assert figure.previous is not None
        assert change == [abs(value - Decimal(figure.previous))]
        assert ("tăng" in plain_text(line)) == (value > figure.previous)
    if growth := printed(line, Role.GROWTH_PERCENT):
        assert figure.previous
        assert growth == [round_half_up(abs(value - Decimal(figure.previous)) * 100 / Decimal(figure.previous))]
    if gap := printed(line, Role.GAP_TO_TARGET):
        assert figure.cumulative is not None
        assert figure.target is not None
        assert gap == [abs(Decimal(figure.cumulative) - Decimal(figure.target))]


@given(figures())
def test_every_sentence_reads_as_one(figure: FigureView) -> None:
    for pattern in (SENTENCE, Plan("m", "kết nạp", "đảng viên")):
        line = pattern.write(Context({"m": figure}))
        if line is None:
            continue
        text = plain_text(line)
        assert re.fullmatch(r"[A-ZĐ][^.]*\.", re.sub(r"(?<=\d)\.(?=\d{3})", "", text)), text
        assert not re.search(r"\s\s|\s[,;.)]|[,;]\S|\(\s|\(\)|[,;][,;.]|\) \(", re.sub(r"\d[.,]\d", "0", text)), text
        assert not re.search(r"(?<![\d.,/])[1-9](?![\d.,%])", text), "1 to 9 are written with a zero"
        assert "-" not in text
        assert "\u2212" not in text
        assert "None" not in text


@given(figures(), st.sampled_from((Decimal("0.25"), Decimal(1))))
def test_reader_finds_no_false_claim(figure: FigureView, elapsed: Decimal) -> None:
    line = SENTENCE.write(Context({"m": figure}, elapsed=elapsed))
    if line is not None:
        text = plain_text(line)
        assert [claim.text for claim in read_text(text).claims if claim.holds is False] == [], text
