"""Finds words broken by scanning in running text and says what they were, where that is sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from giaoban.reader.flow import Flow
from giaoban.reader.model import Repair
from giaoban.reader.repairs.company import company
from giaoban.reader.repairs.judge import Verdict, judge, judge_pair
from giaoban.reader.repairs.syllables import key
from giaoban.reader.repairs.words import Shape, Words

_PASSES = 4
# Below this share of possible syllables a text is in another language, or too far gone to be sure of anything.
_LEAST_VIETNAMESE = 0.6
_LEAST_MARKED = 0.35
_MARKED = re.compile(r"[^\x00-\x7f]")
# «khóa xm», «lần thứ xin»: the numeral of the Congress read as letters.
_CONGRESS = re.compile(
    r"\b(?:[Kk]h(?:óa|oá)|KH(?:ÓA|OÁ)|thứ|THỨ|[ĐĐ]ại hội(?= (?:x[mn]|xin của)\b)) "
    r"(?P<roman>xm|Xm|XIH|XHI|xni|xin|XIn|XUI|xiii|xill|XIIl|XlII|XlIl|xn|XH|xil|XIl|XlI)(?![\w-])"
)
_NUMERALS = {"xm": "XIII", "xih": "XIII", "xhi": "XIII", "xni": "XIII", "xin": "XIII", "xui": "XIII", "xiii": "XIII",
             "xill": "XIII", "xiil": "XIII", "xlii": "XIII", "xlil": "XIII", "xn": "XII", "xh": "XII", "xil": "XII",
             "xli": "XII"}  # fmt: skip

# «COVỈD-Ỉ9», «COYID-19»; «nghiệỊ)» for «nghiệp»; «THựC» in a line of capitals.
_COVID = re.compile(r"\b(?!COVID-19)(?!Covid-19)C[O0o][VYvy][IÍỈỊỉíỊi1l][DĐdđp]-[1IlỈỊ]9\b")
_BRACKET = re.compile(r"(?<![^\W\d_])(?P<stem>[a-zà-ỹđ]{1,5}[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệơờớởỡợ])[ỊịJj]\)")
_ONE_SMALL = re.compile(
    r"\b[A-ZĐ]{2,6}[ạ-ỹàáãâèéêìíòóôõùúýăĩũơư](?<![ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ])[A-ZĐ]{0,2}\b"
)


def find_repairs(text: str, flows: Iterable[Flow]) -> tuple[Repair, ...]:
    """Return what is broken in a text, in reading order; nothing where it is right or nothing is sure.

    Args:
        text: the text that the flows lead back to.
        flows: its running text; each is read on its own.
    """
    found = [
        Repair(start, end, text[start:end], suggested, confidence)
        for flow in flows
        for begin, stop, suggested, confidence in _in_flow(flow.text)
        for start, end in [flow.span(begin, stop)]
    ]
    return tuple(sorted(found, key=lambda repair: repair.start))


def _in_flow(text: str) -> Iterator[tuple[int, int, str, float]]:
    words = Words(text)
    if not _is_vietnamese(words):
        return
    taken: set[int] = set()
    for match in _CONGRESS.finditer(text):
        yield (*match.span("roman"), _NUMERALS[match["roman"].lower()], 0.9)
        taken.add(match.start("roman"))
    for match in _COVID.finditer(text):
        yield (*match.span(), "COVID-19", 0.9)
        taken.add(match.start())
    for match in _ONE_SMALL.finditer(text):
        if key(match[0].lower()) and match[0][0].isupper():
            yield (*match.span(), match[0].upper(), 0.8)
            taken.add(match.start())
    for begin, stop, suggested in _closed_by_bracket(text):
        yield begin, stop, suggested, 0.8
        taken.add(begin)
    for index, verdict in _verdicts(words, taken).items():
        start = words.starts[index]
        printed = words.printed(index)
        yield start, start + len(printed), _as_written(verdict.word, words.shape(index)), verdict.confidence
    yield from _run_together(words)


def _closed_by_bracket(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield words whose last letter is read as a bracket that nothing opens."""
    if "Ị)" not in text and "ị)" not in text and "J)" not in text and "j)" not in text:
        return
    for match in _BRACKET.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        word = match["stem"] + "p"
        before = re.search(r"([^\W\d_]+) \Z", line)
        if line.count("(") <= line.count(")") and before and company().bond(key(before[1].lower()), key(word)):
            yield *match.span(), word


def _run_together(words: Words) -> Iterator[tuple[int, int, str, float]]:
    """Yield two words without the blank between them: «quảNghị»; names begin with a capital and stay."""
    for index, here in enumerate(words.keys):
        if here is not None:
            continue
        printed = words.printed(index)
        inner = [place for place, letter in enumerate(printed) if letter.isupper()]
        if len(inner) != 1 or inner[0] < 2 or words.is_glued(index):
            continue
        parts = printed[: inner[0]], printed[inner[0] :]
        if all(key(part.lower()) and not part.isascii() for part in parts):
            yield words.starts[index], words.starts[index] + len(printed), " ".join(parts), 0.8


def _is_vietnamese(words: Words) -> bool:
    possible = sum(one is not None for one in words.keys)
    marked = len(_MARKED.findall(words.text))
    return possible >= _LEAST_VIETNAMESE * len(words) and marked >= _LEAST_MARKED * len(words)


def _verdicts(words: Words, taken: set[int]) -> dict[int, Verdict]:
    """Judge the words in question; a repaired word may then speak for its neighbours, so they are asked again."""
    found: dict[int, Verdict] = {}
    doubted = [index for index in _doubted(words) if words.starts[index] not in taken]
    for index in doubted:
        if index + 1 in found or index in found or (pair := judge_pair(words, index)) is None:
            continue
        for place, each in zip((index, index + 1), pair, strict=True):
            found[place] = each
            words.replace(place, each.key or "")
    doubted = [index for index in doubted if index not in found]
    spelling = company().spelling
    # What is broken in itself first: its repair may be all that its neighbour misses.
    doubted.sort(key=lambda index: words.keys[index] in spelling)
    for _ in range(_PASSES):
        again: list[int] = []
        for index in doubted:
            verdict = judge(words, index)
            if verdict is None:
                continue
            found[index] = verdict
            if verdict.key is not None:
                words.replace(index, verdict.key)
                again += [near for near in (index - 1, index + 1) if 0 <= near < len(words)]
        doubted = [near for near in dict.fromkeys(again) if near not in found and words.starts[near] not in taken]
        if not doubted:
            break
    return dict(sorted(found.items()))


def _doubted(words: Words) -> Iterator[int]:
    """Yield the words that go with neither neighbour."""
    bonds = [0, *words.bonds, 0]
    for index, (here, left, right) in enumerate(zip(words.keys, bonds, bonds[1:], strict=False)):
        if not (left or right or here == "#"):
            yield index


def _as_written(word: str, shape: Shape) -> str:
    if shape is Shape.UPPER:
        return word.upper()
    if shape in (Shape.OPENING, Shape.CAPITAL):
        return word[:1].upper() + word[1:]
    return word
