"""Files on which loading once failed or could fill the memory, reduced to what it takes."""

from __future__ import annotations

import io
import zipfile

import pytest

from giaoban.reader.loaders import docx

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARAGRAPH = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>A</w:t></w:r></w:p>'
)


def word(body: str, numbering: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {_SPACE}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {_SPACE}>{numbering}</w:numbering>")
    return stream.getvalue()


def numbered(*, depth: str = "0", start: str = "1", form: str = "decimal", label: str = "%1.", place: str = "0") -> str:
    written = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{label}"/>'
    level = f'<w:lvl w:ilvl="{depth}">{written}</w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
    one = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    return docx.load(word(_PARAGRAPH.format(place), lists + one), "a.docx").text


@pytest.mark.parametrize("number", ["²", "①", "٣", "9" * 5_000, "-1", "", "x"])
def test_numbers_that_are_none(number: str) -> None:
    assert numbered(depth=number) == "A"
    assert numbered(place=number) == "1. A"
    assert numbered(start=number) == "1. A"


@pytest.mark.parametrize("form", ["upperLetter", "lowerLetter", "upperRoman", "lowerRoman"])
def test_labels_stay_short_however_far_a_list_counts(form: str) -> None:
    assert numbered(start="999999", form=form) == "999999. A"


def test_a_label_is_no_way_to_fill_the_memory() -> None:
    assert len(numbered(label="%1" * 100_000)) < 100


@pytest.mark.parametrize(
    ("form", "start", "label"),
    [("upperRoman", "14", "XIV"), ("lowerLetter", "28", "bb"), ("upperLetter", "2", "B"), ("decimalZero", "3", "03")],
)
def test_forms_of_numbers(form: str, start: str, label: str) -> None:
    assert numbered(form=form, start=start) == f"{label}. A"
