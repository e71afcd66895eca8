"""«Soát văn bản»: drop or paste a document, see what is wrong in it, take the findings along."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from giaoban.checker import Finding, check_document, file_facts
from giaoban.core.errors import GiaobanError, InvalidInput
from giaoban.reader import Document, read_file, read_text
from giaoban.reader.secrecy import secrecy_mark
from giaoban.web.access import Desk, screen
from giaoban.web.checking.known import known_links
from giaoban.web.checking.paper import checked_page
from giaoban.web.checking.taking import findings_file, fixed_file, layout_kept
from giaoban.web.forms import OfficeForm, sentence

MAX_BYTES = 10 * 1024 * 1024
MAX_CHARACTERS = 1_000_000
PASTED = "Văn bản dán vào"
_FIXING = "sua"


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
    """Show the form, and the document with its findings once there is one, or give it back fixed. Nothing is stored."""
    form = CheckForm(desk.request.POST or None, desk.request.FILES or None)
    if desk.request.method != "POST" or not form.is_valid():
        return desk.render("checking/check.html", {"form": form}, status=422 if form.errors else 200)
    file = form.cleaned_data["file"]
    try:
        document, found = _checked_upload(file) if file else _checked_text(form.cleaned_data["text"])
        if _FIXING in desk.request.POST:
            return fixed_file(file, document, _name(file))
    except GiaobanError as error:
        # The error's own place is the temporary file's: people know theirs by the name they gave it.
        form.add_error("file" if file else "text", f"{_name(file)}: {sentence(error)}")
        return desk.render("checking/check.html", {"form": form}, status=422)
    page = checked_page(document, found, name=_name(file), known=known_links(desk, document))
    kept = {"layout": layout_kept(found), "breaks": "\r\n" in document.text}
    return desk.render("checking/result.html", {"page": page, "here": desk.url("checking:check"), "kept": kept})


@screen("checking", methods=("POST",))
def findings(desk: Desk) -> HttpResponse:
    """Give the findings of a text as a file: text, JSON or SARIF."""
    sent = desk.request.POST
    text, name = sent.get("text", "")[:MAX_CHARACTERS], sent.get("name", PASTED)[:200]
    return findings_file(sent.dict(), text, name)
