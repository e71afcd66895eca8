"""Plain text in every encoding that Vietnamese offices have written: converted where it is sure, refused where not."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz.legacy_writer import REPORT, to_tcvn3, to_vni, to_windows_1258

from giaoban.core.errors import InvalidInput
from giaoban.reader import read_file
from giaoban.reader.loaders import load_with_notes
from giaoban.reader.loaders.legacy import decode, tcvn3, vni
from giaoban.reader.loaders.syllables import is_syllable

LEGACY = [(to_tcvn3, "TCVN3"), (to_vni, "VNI"), (to_windows_1258, "Windows-1258")]


def write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("encode", "name"), LEGACY)
def test_legacy_encodings_are_told_apart(tmp_path: Path, encode: Callable[[str], bytes], name: str) -> None:
    loaded = load_with_notes(write(tmp_path, encode(REPORT)))
    assert loaded.text == REPORT
    assert unicodedata.is_normalized("NFC", loaded.text)
    assert loaded.notes == (f"Tệp dùng bảng mã cũ {name}, đã đổi sang Unicode",)


@pytest.mark.parametrize(("encode", "name"), LEGACY)
def test_any_part_of_a_report_is_told_apart(encode: Callable[[str], bytes], name: str) -> None:
    words = REPORT.split()
    chance = random.Random(7)
    for _ in range(60):
        text = " ".join(chance.choices(words, k=25))
        found = decode(encode(text))
        assert found in (None, (text, name)), "never another encoding"
        assert found is not None or len({word for word in text.split() if not word.isascii()}) < 10


def test_a_legacy_file_is_read_like_any_other(tmp_path: Path) -> None:
    read = read_file(write(tmp_path, to_vni(REPORT)))
    assert [citation.symbol for citation in read.citations] == ["12-NQ/TU"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Qu\xfd I", "one word may be anything"),
        ("Été à la forêt, où l'élève répète sa leçon; très bientôt là-bas, déjà.".encode("cp1252"), "French"),
        ("Größe für Übungen, schöne Bäume, höhere Löhne, müde Köche, Käse".encode("cp1252"), "German"),
        ("Отчёт о работе партийной организации за первый квартал года".encode("cp1251"), "Russian"),
        (bytes(range(0x80, 0x100)) * 20, "every byte"),
        (random.Random(1).randbytes(5000).replace(b"\0", b"x"), "noise"),
    ],
)
def test_what_is_not_sure_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(InvalidInput, match="không phải UTF-8; cần: văn bản UTF-8"):
        load_with_notes(write(tmp_path, data))


@pytest.mark.parametrize(
    ("capitals", "reason"),
    [
        ("ĐẢNG ỦY XÃ HÒA BÌNH", "every word shows a capital"),
        ("BÍ THƯ ĐẢNG ỦY", "«BÍ» has one letter with a tone, its neighbour tells"),
        ("Đảng ủy và Bí thư", "small letters stay"),
        ("Số 12-BC/ĐU", "a symbol is no neighbour"),
        ("Sở GDĐT", "an abbreviation tells nothing"),
    ],
)
def test_capitals_of_tcvn3_come_from_their_words(capitals: str, reason: str) -> None:
    assert tcvn3(to_tcvn3(capitals).decode("latin-1")) == capitals, reason


def test_vni_capitals_and_marks() -> None:
    text = "ĐẢNG ỦY, Ỷ LẠI, Ứng xử, ĂN Ở, kỵ, Ấp, chặt"
    assert vni(to_vni(text).decode("latin-1")) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    assert load_with_notes(write(tmp_path, REPORT.encode(encoding))).text == REPORT


@pytest.mark.parametrize(
    ("data", "byte"),
    [(b"ab\x00c", 3), (b"a\x00", 2), ("Đảng\x00 ủy".encode(), 8), (b"\xff\xfea\x00\x00\x00", 5)],
)
def test_nul_bytes_are_named(tmp_path: Path, data: bytes, byte: int) -> None:
    with pytest.raises(InvalidInput, match=f"Có byte NUL ở byte thứ {byte};"):
        load_with_notes(write(tmp_path, data))


def test_decomposed_utf8_stays_as_it_is(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", REPORT)
    assert load_with_notes(write(tmp_path, text.encode())).text == text


def test_a_text_with_another_files_bytes_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="mà là PDF"):
        load_with_notes(write(tmp_path, b"%PDF-1.7\n\xe2\xe3\xcf\xd3"))


@pytest.mark.parametrize(
    ("word", "expected"),
    [("nghiêng", True), ("Khuya", True), ("quyết", True), ("gì", True), ("hoà", True), ("HÒA", True), ("ỦY", True),
     ("thuở", True), ("huỳnh", True), ("ngành", True), ("các", True), ("cạc", True), ("càc", False), ("sirứi", False),
     ("thànli", False), ("bbò", False), ("ñaûng", False), ("ðảng", False), ("aóà", False), ("", False)],
)  # fmt: skip
def test_syllables(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected


def test_a_tone_mark_without_a_letter_is_written_as_it_is() -> None:
    assert to_vni("a \u0301") == "a ù".encode("cp1252")
