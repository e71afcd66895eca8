"""«Soát văn bản»: drop or paste a document, see what is wrong in it, take the findings along."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from giaoban.checker import Finding, check_document, file_facts
from giaoban.checker.output import as_json, as_sarif, as_text
from giaoban.checker.registry import rules
from giaoban.core.errors import GiaobanError, InvalidInput
from giaoban.reader import Document, read_file, read_text
from giaoban.reader.secrecy import secrecy_mark
from giaoban.web.access import Desk, screen
from giaoban.web.checking.known import known_links
from giaoban.web.checking.paper import checked_page
from giaoban.web.forms import OfficeForm, sentence

MAX_BYTES = 10 * 1024 * 1024
MAX_CHARACTERS = 1_000_000
PASTED = "Văn bản dán vào"


class CheckForm(OfficeForm):
    """A file, or text that was pasted."""

    places = {"tệp": "file"}
    file = forms.FileField(
        label="Tệp văn bản", required=False, help_text="Tệp .docx, .pdf có lớp chữ, .html hoặc .txt, không quá 10 MB"
    )
    text = forms.CharField(
        label="Hoặc dán nội dung",
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": "10"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        data = super().clean() or {}
        if not data.get("file") and not (data.get("text") or "").strip():
            raise forms.ValidationError("Chưa có văn bản: hãy chọn một tệp hoặc dán nội dung.")
        file = data.get("file")
        if file and file.size > MAX_BYTES:
            self.add_error("file", f"Tệp {file.name} có {file.size // 1024 // 1024} MB; cần không quá 10 MB.")
        return data


def _checked_upload(file: UploadedFile[Any]) -> tuple[Document, tuple[Finding, ...]]:
    with tempfile.NamedTemporaryFile(suffix=Path(_name(file)).suffix.lower()) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        document = read_file(kept.name)
        _refuse_secrets(document)
        return document, check_document(document, facts=file_facts(kept.name))


def _checked_text(text: str) -> tuple[Document, tuple[Finding, ...]]:
    document = read_text(text, name=PASTED)
    _refuse_secrets(document)
    return document, check_document(document)


def _name(file: UploadedFile[Any] | None) -> str:
    return Path(file.name or "").name if file else PASTED


def _refuse_secrets(document: Document) -> None:
    mark = secrecy_mark(document.text)
    if mark is not None:
        raise InvalidInput(
            f"Văn bản có dấu «{mark}» nên không được đưa vào đây",
            hint="Văn bản mật chỉ soát trên giấy hoặc trên máy độc lập; ở đây chỉ ghi số, ngày và nơi giữ",
        )


@screen("checking", methods=("GET", "POST"))
def check(desk: Desk) -> HttpResponse:
    """Show the form, and the document with its findings once there is one. Nothing is stored."""
    form = CheckForm(desk.request.POST or None, desk.request.FILES or None)
    if desk.request.method != "POST" or not form.is_valid():
        return desk.render("checking/check.html", {"form": form}, status=422 if form.errors else 200)
    file = form.cleaned_data["file"]
    try:
        document, found = _checked_upload(file) if file else _checked_text(form.cleaned_data["text"])
    except GiaobanError as error:
        # The error's own place is the temporary file's: people know theirs by the name they gave it.
        form.add_error("file" if file else "text", f"{_name(file)}: {sentence(error)}")
        return desk.render("checking/check.html", {"form": form}, status=422)
    page = checked_page(document, found, name=_name(file), known=known_links(desk, document))
    return desk.render("checking/result.html", {"page": page, "here": desk.url("checking:check")})


@screen("checking", methods=("POST",))
def findings(desk: Desk) -> HttpResponse:
    """Give the findings of a text as a file: text, JSON or SARIF."""
    text = desk.request.POST.get("text", "")[:MAX_CHARACTERS]
    name = desk.request.POST.get("name", PASTED)[:200]
    chosen = desk.request.POST.get("format", "text")
    document = read_text(text, name=name)
    found = check_document(document)
    if chosen == "sarif":
        content, kind, ending = as_sarif([(name, found)], rules(), {name: text}), "application/sarif+json", "sarif"
    elif chosen == "json":
        content, kind, ending = as_json([(name, found)]), "application/json", "json"
    else:
        content, kind, ending = "\n".join(as_text(name, found)) + "\n", "text/plain; charset=utf-8", "txt"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="soat-van-ban.{ending}"'
    return response
