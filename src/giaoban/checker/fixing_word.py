"""Makes safe fixes inside a Word document: the letters of its runs change, and nothing else of the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from lxml import etree

from giaoban.checker.base import Finding, Fix, Rule
from giaoban.checker.check import check_with_suppressions
from giaoban.checker.fixing import MOST_ROUNDS, FixedFile, Made, apply_fixes, made, safe_fixes
from giaoban.checker.suppressions import Suppression
from giaoban.core.errors import InvalidInput
from giaoban.reader import read_text
from giaoban.reader.loaders import docx
from giaoban.reader.loaders.docx_places import TEXT, Letter, WordPlaces

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNATURES = "_xmlsignatures/"

# What changes in each ``w:t`` of a part: begin, end and what takes the place, counted in what it holds before.
_Changes = dict[str, dict[int, list[tuple[int, int, str]]]]


def fix_word(data: bytes, name: str, rules: Sequence[Rule] | None, suppressions: Sequence[Suppression]) -> FixedFile:
    """Make the safe fixes of a Word document until none is left that can be made; what is suppressed stays.

    A fix is made where each of its letters stands in a run of the body, a table or a note. Numbers that Word counts by
    itself, fields, text boxes and page headers are left to a person. After each round the file is read again and must
    give the text with the fixes and nothing else.

    Args:
        data, name: the bytes of a .docx and its name.
        rules: the rules whose fixes are wanted, all by default.
        suppressions: what is to stay as it is.

    Raises:
        InvalidInput: the file cannot be read, bears a digital signature, or does not read as it should after a round.
    """
    text = docx.load(data, name).text
    done: list[Made] = []
    for _ in range(MOST_ROUNDS):
        offers = safe_fixes(check_with_suppressions(read_text(text, name=name), rules, suppressions).findings)
        changes, chosen = _placed(WordPlaces(data, name, text), text, offers) if offers else ({}, [])
        if not chosen:
            break
        data = _written(data, changes, name)
        after = apply_fixes(text, [fix for _, fix in chosen])
        if docx.load(data, name).text != after:
            raise InvalidInput(
                "Không sửa được mà vẫn giữ nguyên phần còn lại của tệp Word",
                where=name,
                expected="tệp .docx do Word hoặc LibreOffice ghi",
                hint="Hãy sửa tay những chỗ đã chỉ ra; tệp chưa bị thay đổi",
            )
        done += [made(text, finding, fix) for finding, fix in chosen]
        text = after
    return FixedFile(data, text, tuple(done))


def _placed(
    places: WordPlaces, text: str, offers: Iterable[tuple[Finding, Fix]]
) -> tuple[_Changes, list[tuple[Finding, Fix]]]:
    """Return what changes in the file, and the fixes that could be placed in it."""
    changes: _Changes = {}
    chosen = []
    for finding, fix in offers:
        start, end, shown = _least(text, fix)
        # What is only put in goes behind the letter before it.
        letters = places.of(start, end) if start < end else places.of(start - 1, start)
        if not letters:
            continue
        chosen.append((finding, fix))
        for part, node, begin, stop, instead in _by_letter(letters, shown, is_put_in=start == end):
            changes.setdefault(part, {}).setdefault(node, []).append((begin, stop, instead))
    return changes, chosen


def _least(text: str, fix: Fix) -> tuple[int, int, str]:
    """Return a fix without the letters at its ends that stay."""
    before, shown = text[fix.start : fix.end], fix.replacement
    ahead = _common(before, shown)
    behind = _common(before[ahead:][::-1], shown[ahead:][::-1])
    return fix.start + ahead, fix.end - behind, shown[ahead : len(shown) - behind]


def _common(one: str, other: str) -> int:
    """Return how many letters two texts share from their beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _by_letter(letters: Sequence[Letter], shown: str, *, is_put_in: bool) -> Iterator[tuple[str, int, int, int, str]]:
    """Yield part, node, begin, end and what takes the place: as many letters one by one, else all with the first."""
    if is_put_in:
        part, node, place = letters[0]
        yield part, node, place + 1, place + 1, shown
        return
    instead = list(shown) if len(shown) == len(letters) else [shown, *[""] * (len(letters) - 1)]
    for (part, node, place), letter in zip(letters, instead, strict=True):
        yield part, node, place, place + 1, letter


def _written(data: bytes, changes: Mapping[str, Mapping[int, list[tuple[int, int, str]]]], where: str) -> bytes:
    """Return the file with the changes; its other parts stay byte for byte."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        if any(name.startswith(_SIGNATURES) for name in old.namelist()):
            raise InvalidInput(
                "Tệp đã ký số nên không sửa trong tệp",
                where=where,
                expected="tệp chưa ký",
                hint="Hãy sửa ở bản gốc rồi trình ký lại",
            )
        for member in old.infolist():
            held = old.read(member)
            wanted = changes.get(member.filename)
            new.writestr(member, _changed(held, wanted) if wanted else held)
    return target.getvalue()


def _changed(part: bytes, wanted: Mapping[int, list[tuple[int, int, str]]]) -> bytes:
    """Return a part of the file with other letters in some of its ``w:t``; names and prefixes of its XML stay."""
    # The reader has refused what declares entities already.
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for number, node in enumerate(root.iter(TEXT)):
        for start, end, shown in sorted(wanted.get(number, ()), reverse=True):
            held = node.text or ""
            node.text = held[:start] + shown + held[end:]
            node.set(_SPACE, "preserve")
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
