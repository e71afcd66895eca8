"""Any bytes under any suffix give a text or one clear line: never another exception, never a hang."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from fuzz.legacy_writer import REPORT, to_tcvn3, to_vni
from fuzz.pdf_writer import PdfPage, pdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.core.errors import GiaobanError
from giaoban.reader import read_file
from giaoban.reader.loaders.base import MODULES
from giaoban.reader.loaders.pdf import worker

SUFFIXES = sorted({*MODULES, ".doc", ".docm", ".rtf", ""})
QUICK = [suffix for suffix in SUFFIXES if suffix != ".pdf"]
STARTS = [
    b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\x89PNG\r\n\x1a\n", b"II*\0", b"\xff\xd8\xff", b"<meta charset=", b"{\\rtf1",
]  # fmt: skip


def word() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        for name in ("document", "numbering", "styles", "footnotes", "comments"):
            body = f"<w:body><w:p><w:r><w:t>{REPORT}</w:t></w:r></w:p></w:body>"
            archive.writestr(f"word/{name}.xml", f"<w:{name} {space}>{body}</w:{name}>")
    return stream.getvalue()


SAMPLES = {
    ".docx": word(),
    ".html": f"<table><tr><td>{REPORT}</td></tr></table>".encode(),
    ".txt": to_vni(REPORT),
    ".md": to_tcvn3(REPORT),
    ".htm": REPORT.encode("utf-16"),
}
PDF = pdf(PdfPage().lines(72, 700, REPORT.splitlines()), PdfPage().picture(), compress=True)


def outcome(path: Path, data: bytes) -> str:
    """Return «text» or «refused»; anything else is raised."""
    path.write_bytes(data)
    try:
        text = read_file(path).text
    except GiaobanError as error:
        return "refused" if error.message and "\n" not in str(error) else "no clear line"
    return "text" if "\0" not in text else "NUL in the text"


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a copy with some bytes changed, a piece taken out, or the end cut off."""
    copy = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        copy[chance.randrange(len(copy))] = chance.randrange(256)
    start = chance.randrange(len(copy))
    if chance.random() < 0.4:
        del copy[start : start + chance.randint(1, 40)]
    return bytes(copy[: chance.randrange(len(copy))] if chance.random() < 0.3 else copy)


@settings(deadline=5_000, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(QUICK), st.sampled_from(STARTS), st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, suffix: str, start: bytes, rest: bytes) -> None:
    assert outcome(tmp_path / f"a{suffix}", start + rest) in ("text", "refused")


@settings(deadline=5_000, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([".html", ".txt"]), st.text(max_size=300))
def test_any_text(tmp_path: Path, suffix: str, text: str) -> None:
    expected = "refused" if "\0" in text else "text"
    assert outcome(tmp_path / f"a{suffix}", text.encode("utf-8", "replace")) == expected


@pytest.mark.parametrize("suffix", sorted(SAMPLES))
def test_damaged_files(tmp_path: Path, suffix: str) -> None:
    assert outcome(tmp_path / f"a{suffix}", SAMPLES[suffix]) == "text"
    chance = random.Random(11)
    for _ in range(120):
        assert outcome(tmp_path / f"a{suffix}", damaged(SAMPLES[suffix], chance)) in ("text", "refused")


def test_damaged_pdf_files() -> None:
    chance = random.Random(5)
    results = set()
    for _ in range(150):
        try:
            results.add(len(worker.extract(damaged(PDF, chance))))
        except worker.Unreadable as error:
            results.add(str(error))
    assert {2, "broken"} <= results
    assert not results - {0, 1, 2, "broken", "password"}


def test_files_that_are_no_pdf_or_a_broken_one(tmp_path: Path) -> None:
    for data in (b"", b"\0" * 50, b"%PDF-1.7\n", PDF[: len(PDF) // 2]):
        assert outcome(tmp_path / "a.pdf", data) in ("text", "refused")


@pytest.mark.parametrize("name", ["a" * 300 + ".txt", "a\0.txt"])
def test_names_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(GiaobanError, match="Không có tệp này"):
        read_file(tmp_path / name)
