"""`giaoban read`: what a document says, as text for people or as JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click

from giaoban.core.errors import GiaobanError


@click.command(
    epilog="""\b
Ví dụ:
  giaoban read bao-cao-quy-1.docx
  giaoban read --format json --with-text *.txt > ket-qua.json"""
)
@click.argument("files", nargs=-1, required=True, metavar="TỆP...", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Dạng kết quả: text cho người đọc, json cho chương trình.",
)
@click.option("--with-text", is_flag=True, help="Kèm toàn văn trong kết quả json (các vị trí trỏ vào toàn văn này).")
@click.option("--ocr", is_flag=True, help="Nhận dạng chữ trên trang quét bằng Tesseract của máy này (docs/ocr.md).")
def command(files: tuple[str, ...], form: str, with_text: bool, ocr: bool) -> None:
    """Đọc văn bản: phần đầu, mục, văn bản được viện dẫn, con số kiểm tra được, chỉ tiêu, nhiệm vụ.

    Đọc được .txt, .docx, .pdf và .html. Không cần cơ sở dữ liệu, không dùng mạng.
    """
    from giaoban.reader import read_file
    from giaoban.reader.output import as_json, as_text

    documents = [read_file(file, ocr=ocr) for file in _with_progress(files)]
    for document in documents:
        for note in document.notes:
            click.echo(f"{document.name}: {note}", err=True)
    if form == "json":
        shown = [as_json(document, with_text=with_text) for document in documents]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    if with_text:
        raise GiaobanError("--with-text chỉ dùng với --format json", hint="Thêm --format json")
    click.echo("\n\n".join(as_text(document) for document in documents))


def _with_progress(files: tuple[str, ...]) -> Iterator[str]:
    """Yield the files, with a bar on a terminal when there are several; nothing is drawn into a pipe."""
    if len(files) < 3 or not sys.stderr.isatty():
        yield from files
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(files, description="Đang đọc", console=Console(stderr=True), transient=True)
