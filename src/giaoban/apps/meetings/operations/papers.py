"""Taking a paper of a meeting away: an export that carries who, when and what, and leaves a row in the audit (D16)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import write_trail
from giaoban.apps.meetings.models import Meeting, TextPart
from giaoban.apps.meetings.operations._entries import happening
from giaoban.apps.meetings.queries.material import gather
from giaoban.apps.meetings.queries.papers import MeetingPaper, paper_of_meeting
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import InvalidInput
from giaoban.core.layouts import Layout, layout_on
from giaoban.core.text_vi import quoted
from giaoban.writer.blocks import OfficialDocument
from giaoban.writer.definitions import OfficeFacts
from giaoban.writer.docx import Stamp, to_docx
from giaoban.writer.pdf import to_pdf

FORMATS = ("docx", "pdf")
_TEXTS = {MeetingPaper.MINUTES: TextPart.MINUTES, MeetingPaper.RESOLUTION: TextPart.RESOLUTION}
# Secretaries of cells read and fill these in by hand: tables as large as the text.
_POINTS = 14


@dataclass(frozen=True, slots=True)
class TakenPaper:
    """One file."""

    content: bytes
    file_name: str
    document: OfficialDocument


@transaction.atomic
def take_meeting_paper(
    *, act: Act, meeting: Meeting, paper: MeetingPaper, office: OfficeFacts, file_format: str = "docx"
) -> TakenPaper:
    """This function will write a paper of a meeting in the official layout and record who took it.

    Minutes and resolution are the newest version that was saved, or a draft from the record where none was.

    Raises:
        InvalidInput: a score sheet of a meeting that is not scored, or another kind of file.
        NotAllowed, NotFound: no right ``meetings_view`` at the unit.
        GiaobanError: a PDF is wanted and LibreOffice is not there.
    """
    require(act, "meetings_view", [meeting.unit])
    if file_format not in FORMATS:
        raise InvalidInput(f"Không ghi được dạng {quoted(file_format)}", expected="một trong: " + ", ".join(FORMATS))
    found = gather(meeting)
    if paper == MeetingPaper.SCORE and found.sheets is None:
        raise InvalidInput(f"{meeting.get_kind_display()} không chấm điểm", expected="sinh hoạt chi bộ")
    text = ""
    if paper in _TEXTS:
        saved = found.texts.get(_TEXTS[paper])
        text = saved.text if saved is not None else found.draft(_TEXTS[paper])
    document = paper_of_meeting(paper, found.material, found.sheets, office, text)
    stamp = Stamp(act.user.full_name, act.now, f"{meeting.unit.code}, {paper.value}")
    content = to_docx(document, _larger(layout_on(document.dated)), stamp)
    if file_format == "pdf":
        content = to_pdf(content)
    name = f"{paper.value}-{meeting.unit.code}-{meeting.day.isoformat()}.{file_format}"
    detail = {"paper": paper.value, "format": file_format, "sha256": hashlib.sha256(content).hexdigest()}
    write_trail(act, [happening("paper_taken", meeting, **detail)])
    return TakenPaper(content, name, document)


def _larger(layout: Layout) -> Layout:
    faces = dict(layout.faces)
    faces["table"] = replace(faces["table"], size=_POINTS)
    return replace(layout, faces=faces)
