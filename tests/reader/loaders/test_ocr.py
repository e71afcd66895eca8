"""Scanned pages and pictures: the program is asked only where that was said, and what is missing is named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fuzz.pdf_writer import PdfPage, pdf
from PIL import Image

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders import Loaded, load_with_notes, ocr

# Stands for Tesseract: knows «vie», says what it was asked, and keeps the pictures it got.
FAKE = """#!/bin/sh
if [ "$1" = --list-langs ]; then echo 'List of available languages (2):'; echo eng; echo {language}; exit 0; fi
cp "$1" "{folder}/seen.png"
echo "$OMP_THREAD_LIMIT $2 $3 $4 $1" >> "{folder}/asked"
printf 'Số 12-BC/ĐU\\n\\n\\n\\nđọc từ ảnh\\n\\f'
exit {status}
"""


def install(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *, language: str = "vie", status: int = 0, script: str = FAKE
) -> None:
    program = folder / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(script.format(folder=folder, language=language, status=status), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def picture(form: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (40, 20), 255).save(stream, form, **options)
    return stream.getvalue()


def loaded(tmp_path: Path, name: str, data: bytes, *, recognise: bool = True) -> Loaded:
    path = tmp_path / name
    path.write_bytes(data)
    return load_with_notes(path, ocr=recognise)


def test_scanned_pages_stand_in_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, tmp_path)
    pages = (
        PdfPage().text(72, 700, "Trang đầu có chữ"),
        PdfPage().picture(),
        PdfPage().text(72, 700, "Trang cuối có chữ"),
    )
    found = loaded(tmp_path, "a.pdf", pdf(*pages))
    assert found.text == "Trang đầu có chữ\n\fSố 12-BC/ĐU\n\nđọc từ ảnh\n\fTrang cuối có chữ"
    assert found.notes == ("Trang 2 được nhận dạng từ ảnh quét (OCR), cần soát lại với bản gốc",)
    threads, output, flag, language, given = (tmp_path / "asked").read_text(encoding="utf-8").split()
    assert (threads, output, flag, language) == ("1", "stdout", "-l", "vie")
    assert not Path(given).parent.exists(), "the folder with the picture is removed"
    with Image.open(tmp_path / "seen.png") as seen:
        assert seen.size == (2480, 3509), "A4 at 300 dots an inch"


@pytest.mark.parametrize(("name", "form"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.tif", "TIFF")])
def test_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, form: str) -> None:
    install(monkeypatch, tmp_path)
    found = loaded(tmp_path, name, picture(form))
    assert found.text == "Số 12-BC/ĐU\n\nđọc từ ảnh"
    assert found.notes == ("Nội dung được nhận dạng từ ảnh (OCR), cần soát lại với bản gốc",)


def test_every_page_of_a_tiff_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, tmp_path)
    data = picture("TIFF", save_all=True, append_images=[Image.new("L", (40, 20))] * 2)
    assert loaded(tmp_path, "a.tiff", data).text.count("\f") == 2


def test_a_photo_is_turned_upright(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, tmp_path)
    turned = Image.Exif()
    turned[0x0112] = 6
    loaded(tmp_path, "a.jpg", picture("JPEG", exif=turned))
    with Image.open(tmp_path / "seen.png") as seen:
        assert seen.size == (20, 40)


def test_what_is_transparent_becomes_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, tmp_path)
    stream = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(stream, "PNG")
    loaded(tmp_path, "a.png", stream.getvalue())
    with Image.open(tmp_path / "seen.png") as seen:
        assert (seen.mode, seen.getpixel((0, 0))) == ("L", 255)


@pytest.mark.parametrize(("name", "data"), [("a.png", picture()), ("a.pdf", pdf(PdfPage().picture()))])
def test_nothing_runs_unless_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes
) -> None:
    install(monkeypatch, tmp_path)
    with pytest.raises(InvalidInput, match=r"giaoban\[ocr\]"):
        loaded(tmp_path, name, data, recognise=False)
    assert not (tmp_path / "asked").exists()


@pytest.mark.parametrize(("name", "data"), [("a.png", picture()), ("a.pdf", pdf(PdfPage().picture()))])
def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes) -> None:
    with monkeypatch.context() as changed:
        changed.setenv("PATH", str(tmp_path))
        with pytest.raises(InvalidInput, match=r"chưa có chương trình tesseract.*apt install tesseract-ocr"):
            loaded(tmp_path, name, data)
    with monkeypatch.context() as changed:
        install(changed, tmp_path, language="deu")
        with pytest.raises(InvalidInput, match=r"chưa có dữ liệu tiếng Việt.*tesseract-ocr-vie"):
            loaded(tmp_path, name, data)
    with monkeypatch.context() as changed:
        changed.setattr(ocr.importlib.util, "find_spec", lambda name: None)
        with pytest.raises(InvalidInput, match=r"pip install 'giaoban\[ocr\]'"):
            loaded(tmp_path, name, data)


def test_a_program_that_fails_or_hangs_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, tmp_path, status=1)
    with pytest.raises(InvalidInput, match="Tesseract không đọc được"):
        loaded(tmp_path, "a.png", picture())
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 30\n", encoding="utf-8")
    slow.chmod(0o755)
    with pytest.raises(InvalidInput, match="quá lâu"):
        ocr.Tesseract(str(slow)).read(tmp_path / "a.png", "a.png", seconds=0.2)
    with pytest.raises(InvalidInput, match="Không chạy được tesseract"):
        ocr.Tesseract(str(tmp_path / "none")).read(tmp_path / "a.png", "a.png")


def huge() -> bytes:
    stream = io.BytesIO()
    Image.new("1", (9000, 9000)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message", "reason"),
    [
        ("a.png", picture()[:45], "bị hỏng hoặc bị cắt cụt", "cut off"),
        ("a.jpg", b"\xff\xd8\xff" + b"x" * 50, "bị hỏng hoặc bị cắt cụt", "no picture behind its first bytes"),
        ("a.tif", b"II*\0" + b"\xff" * 50, "bị hỏng hoặc bị cắt cụt", "a directory that leads nowhere"),
        ("a.png", b"%PDF-1.7", "mà là PDF", "another format"),
        ("a.png", b"GIF89a", "không phải ảnh PNG", "a format that is not read"),
        ("a.png", huge(), "9000 x 9000 điểm quá lớn", "a bomb of dots"),
    ],
)
def test_refusals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, message: str, reason: str
) -> None:
    install(monkeypatch, tmp_path)
    with pytest.raises(InvalidInput) as caught:
        loaded(tmp_path, name, data)
    assert message in str(caught.value), reason
