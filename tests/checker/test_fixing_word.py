"""``--fix`` in Word documents: signs change inside the runs of the file, and nothing else of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.checker.fixing import fix_text
from giaoban.checker.fixing_word import fix_word
from giaoban.checker.suppressions import Suppression
from giaoban.cli._main import giaoban
from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders import docx as loader
from giaoban.reader.loaders import docx_places
from giaoban.reader.loaders.docx_places import Letter, WordPlaces


def saved(word: Document) -> bytes:
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def of_runs(*paragraphs: tuple[str, ...]) -> bytes:
    """Return a document of paragraphs that are cut into runs; each second run is bold."""
    word = docx.Document()
    for runs in paragraphs:
        paragraph = word.add_paragraph()
        for number, text in enumerate(runs):
            paragraph.add_run(text).bold = bool(number % 2)
    return saved(word)


def text_of(data: bytes) -> str:
    return loader.load(data, "x.docx").text


def fixed(data: bytes) -> bytes:
    return fix_word(data, "x.docx", None, ()).data


@pytest.mark.parametrize(
    ("runs", "after", "reason"),
    [
        (("Số: 05-NQ/ĐU",), ["Số 05-NQ/ĐU"], "one run"),
        (("Số", ": ", "05-NQ/ĐU"), ["Số", " ", "05-NQ/ĐU"], "the sign in a run of its own"),
        (("Số:", " 05-NQ/ĐU"), ["Số", " 05-NQ/ĐU"], "over two runs"),
        (("Số", ":", " ", "05", "-NQ/ĐU"), ["Số", "", " ", "05", "-NQ/ĐU"], "the blank in a run of its own"),
        (("Thực hiện Chỉ thị số 16", "/CT", "-", "TU"), ["Thực hiện Chỉ thị số 16", "-CT", "/", "TU"], "a symbol"),
        (("Số:05-NQ/ĐU",), ["Số 05-NQ/ĐU"], "a blank is put in"),
    ],
)
def test_each_run_keeps_its_letters_and_its_look(runs: tuple[str, ...], after: list[str], reason: str) -> None:
    word = docx.Document(io.BytesIO(fixed(of_runs(runs))))
    shown = word.paragraphs[0].runs
    assert [run.text for run in shown] == after, reason
    assert [bool(run.bold) for run in shown] == [bool(number % 2) for number in range(len(runs))]


def in_a_table(word: Document) -> None:
    word.add_table(1, 2).cell(0, 1).text = "Số: 05-NQ/ĐU"


def as_insertion(word: Document) -> None:
    paragraph = word.add_paragraph("Số")
    inserted = OxmlElement("w:ins")
    inserted.append(word.add_paragraph(": 05-NQ/ĐU").runs[0]._r)
    paragraph._p.append(inserted)


@pytest.mark.parametrize("build", [in_a_table, as_insertion])
def test_tables_and_tracked_insertions_are_reached(build: Callable[[Document], None]) -> None:
    word = docx.Document()
    build(word)
    assert "Số 05-NQ/ĐU" in text_of(fixed(saved(word)))


def as_field(word: Document) -> None:
    paragraph = word.add_paragraph()
    for kind in ("begin", "separate"):
        sign = OxmlElement("w:fldChar")
        sign.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(sign)
    paragraph.add_run("Số: 05-NQ/ĐU")


def as_simple_field(word: Document) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "REF so")
    field.append(word.add_paragraph("Số: 05-NQ/ĐU").runs[0]._r)
    word.paragraphs[0]._p.append(field)


def as_tab(word: Document) -> None:
    word.add_paragraph("Số:\t05-NQ/ĐU")


def as_header(word: Document) -> None:
    word.sections[0].header.paragraphs[0].text = "Số: 05-NQ/ĐU"


@pytest.mark.parametrize("build", [as_field, as_simple_field, as_tab, as_header])
def test_what_word_writes_by_itself_is_left_alone_and_this_is_said(
    build: Callable[[Document], None], tmp_path: Path
) -> None:
    word = docx.Document()
    build(word)
    file = tmp_path / "sai.docx"
    file.write_bytes(raw := saved(word))
    shown = run(file)
    assert file.read_bytes() == raw
    assert "không sửa tự động được" in shown.stderr


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(giaoban, ["check", "--fix", *map(str, arguments)])


def test_the_command_fixes_the_file_once(tmp_path: Path) -> None:
    file = tmp_path / "sai.docx"
    file.write_bytes(of_runs(("Số: 12/NQ-TU",), ("Kết nạp 446/450 đảng viên, đạt 98,1%.",)))
    file.chmod(0o640)
    shown = run(file)
    assert shown.exit_code == 1, "the wrong percentage is still there"
    assert "GB105 đã sửa «Số: 12/NQ-TU» thành «Số 12/NQ-TU»" in shown.stdout
    assert [line for line in shown.stdout.splitlines() if "GB201" in line]
    assert text_of(file.read_bytes()).splitlines()[0] == "Số 12-NQ/TU"
    assert file.stat().st_mode & 0o777 == 0o640
    before = file.stat().st_mtime_ns
    assert "đã sửa" not in run(file).output
    assert file.stat().st_mtime_ns == before


def test_all_else_of_the_file_stays(tmp_path: Path) -> None:
    raw = of_runs(("Số: 05-NQ/ĐU",), ("Nơi nhận:",))
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (raw, fixed(raw)))
    assert old.namelist() == new.namelist()
    for name in old.namelist():
        if name != "word/document.xml":
            assert old.read(name) == new.read(name)
    # Prefixes may be named in the file (mc:Ignorable), so they stay as they were declared.
    assert old.read("word/document.xml").count(b"xmlns:") == new.read("word/document.xml").count(b"xmlns:")


def test_what_is_suppressed_is_not_fixed() -> None:
    raw = of_runs(("Số: 05-NQ/ĐU",))
    assert fix_word(raw, "x.docx", None, [Suppression("GB105", "bản gốc ghi vậy")]).data == raw


def test_a_signed_file_is_refused() -> None:
    stream = io.BytesIO(of_runs(("Số: 05-NQ/ĐU",)))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    with pytest.raises(InvalidInput, match="ký số"):
        fixed(stream.getvalue())


def test_a_file_that_would_read_otherwise_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def astray(places: WordPlaces, start: int, end: int) -> list[Letter]:
        return [Letter("word/document.xml", 0, 0)]

    monkeypatch.setattr(WordPlaces, "of", astray)
    with pytest.raises(InvalidInput, match="giữ nguyên"):
        fixed(of_runs(("Số: 05-NQ/ĐU",)))


def test_letters_beyond_the_signs_are_followed_in_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    few = docx_places._SIGNS[:7]
    monkeypatch.setattr(docx_places, "_SIGNS", few)
    assert "Số 05-NQ/ĐU" in text_of(fixed(of_runs(("Thực hiện ", "nghị quyết"), ("Số: ", "05-NQ/ĐU"))))


PIECES = st.sampled_from(
    ("Số: 05-NQ/ĐU", "Số", ": ", "05-NQ/ĐU", "16/CT-TU", " ", "Chỉ thị số ", "đạt 98%", "\U000f0001")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=5).map(tuple), min_size=1, max_size=4))
def test_the_word_file_reads_as_the_fixed_text_or_stays(paragraphs: list[tuple[str, ...]]) -> None:
    raw = of_runs(*paragraphs)
    after = text_of(fixed(raw))
    assert after in (fix_text(text_of(raw)).text, text_of(raw))
