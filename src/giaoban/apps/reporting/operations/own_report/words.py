"""Writing a report: words version by version, who owns which section, remarks and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.permissions import may
from giaoban.apps.reporting.models import (
    OwnReport,
    ReportComment,
    ReportText,
    SectionDuty,
    Stage,
    Submission,
    TextOrigin,
)
from giaoban.apps.reporting.operations.own_report._steps import lock_report, need_open, trail
from giaoban.apps.reporting.queries.own_report.state import NO_TEXT, definition_of, may_write, slot_texts
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed
from giaoban.core.text_vi import printable, quoted

MOST_LETTERS = 30_000
_MOST_COMMENT = 4_000


@transaction.atomic
def write_text(
    *,
    act: Act,
    report: OwnReport,
    slot: str,
    text: str,
    seen: int,
    origin: TextOrigin = TextOrigin.TYPED,
    sources: Sequence[str] = (),
) -> ReportText | None:
    """This function will keep a new version of the words in a slot; those before stay, the same words add nothing.

    Who has the right ``reports_write`` may write everywhere, who was given a section by name may write there.

    Args:
        seen: the version that the person started from, 0 where there was none.
        sources: uids of the submissions from which it was taken; those of the version before are kept with them.

    Raises:
        InvalidInput: no such slot, a text that is too long, or a source that is not there.
        Conflict: somebody else saved a version meanwhile, or the words are frozen.
        NotAllowed, NotFound: no right at the unit.
    """
    row = lock_report(act, report, right="figures_view")
    need_open(row)
    if not act.at_console and not may_write(act.user, row, slot, today=act.today):
        raise NotAllowed(
            "Phần này chưa được giao cho đồng chí", hint="Đề nghị văn phòng cấp ủy giao phần, hoặc góp ý vào phần này"
        )
    wanted = _wanted(act, row, slot, text)
    held = slot_texts(row).get(slot, NO_TEXT)
    if wanted == held.text:
        return None
    if held.version != seen:
        writer = held.row.written_by.full_name if held.row is not None else ""
        raise Conflict(
            f"{writer} vừa lưu bản khác của phần này",
            where="text",
            hint="Nội dung của đồng chí còn nguyên dưới đây; ghép với bản mới rồi lưu lại",
        )
    kept = list(dict.fromkeys([*(held.row.sources if held.row is not None else []), *_known_sources(row, sources)]))
    try:
        with transaction.atomic():
            made = ReportText.objects.create(
                report=row,
                slot=slot,
                version=seen + 1,
                text=wanted,
                origin=origin,
                sources=kept if wanted else [],
                written_by=act.user,
                entered_for=act.entered_for,
                written_at=act.now,
            )
    except IntegrityError:
        raise Conflict("Người khác vừa lưu bản khác của phần này", where="text", hint="Mở lại để xem bản mới") from None
    _touch(row)
    told = {"period": row.period, "slot": slot, "version": made.version, "origin": str(origin)}
    trail(act, "own_report_text", row, told)
    return made


def _touch(row: OwnReport) -> None:
    # A signature that began before this save must not freeze the words without it: it finds the row changed.
    OwnReport.objects.filter(pk=row.pk).update(version=row.version)


def _wanted(act: Act, row: OwnReport, slot: str, text: str) -> str:
    """Return the words as they are kept.

    Raises:
        InvalidInput: no such slot, or too many words.
    """
    known = definition_of(row, day=act.today).slots()
    if slot not in known:
        raise InvalidInput(f"Báo cáo không có phần {quoted(slot)}", expected="một trong: " + ", ".join(known))
    wanted = printable(text)
    if len(wanted) > MOST_LETTERS:
        raise InvalidInput(
            f"Nội dung dài {len(wanted)} ký tự", where="text", expected=f"không quá {MOST_LETTERS} ký tự"
        )
    return wanted


def _known_sources(row: OwnReport, sources: Sequence[str]) -> list[str]:
    if not sources:
        return []
    found = {str(uid) for uid in Submission.objects.filter(uid__in=sources).values_list("uid", flat=True)}
    if lost := [source for source in sources if source not in found]:
        raise InvalidInput(f"Không có báo cáo {', '.join(lost)} của đơn vị", expected="báo cáo đã được gửi lên")
    return list(sources)


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """Who owns a section until when; an empty department takes the section back."""

    section: str
    department: str
    person: User | None = None
    due: date | None = None


@transaction.atomic
def share_sections(*, act: Act, report: OwnReport, drafts: Sequence[DutyDraft]) -> int:
    """This function will give sections to departments, and return how many duties changed.

    Raises:
        InvalidInput: no such section. Conflict: the words are frozen.
        NotAllowed, NotFound: no right ``reports_write``, or a person who does not see the unit's figures.
    """
    row = lock_report(act, report)
    need_open(row)
    known = {section.id for section in definition_of(row, day=act.today).sections}
    held = {duty.section: duty for duty in row.duties.all()}
    changed = 0
    for draft in drafts:
        if draft.section not in known:
            raise InvalidInput(f"Báo cáo không có phần {quoted(draft.section)}", expected="một phần của báo cáo")
        if draft.person is not None and not may(draft.person, "figures_view", row.unit, today=act.today):
            raise NotAllowed(
                f"{draft.person.full_name} không có quyền xem số liệu của đơn vị này", hint="Phân quyền trước, rồi giao"
            )
        changed += _share(act, row, draft, held.get(draft.section))
    return changed


def _share(act: Act, row: OwnReport, draft: DutyDraft, held: SectionDuty | None) -> int:
    department = " ".join(draft.department.split())
    person = draft.person.pk if draft.person is not None else None
    if held is not None and (held.department, held.person_id, held.due) == (department, person, draft.due):
        return 0
    if not department:
        if held is None:
            return 0
        held.delete()
    else:
        SectionDuty.objects.update_or_create(
            report=row,
            section=draft.section,
            defaults={"department": department, "person": draft.person, "due": draft.due},
        )
    told = {
        "section": draft.section,
        "department": department,
        "person": draft.person.username if draft.person is not None else "",
        "due": draft.due.isoformat() if draft.due else "",
    }
    trail(act, "own_report_section", row, told)
    return 1


@transaction.atomic
def comment_report(
    *, act: Act, report: OwnReport, text: str, slot: str = "", answers: ReportComment | None = None
) -> ReportComment:
    """This function will keep a remark on a slot (or on the whole), or an answer to one, until the report is issued.

    Who sees the unit's figures may remark: the departments give their opinion without the right to write.

    Raises:
        InvalidInput: no words, too many, no such slot, or the answered remark is of another report.
        Conflict: the report is issued. NotAllowed, NotFound: no right ``figures_view`` at the unit.
    """
    row = lock_report(act, report, right="figures_view")
    if row.stage in (Stage.ISSUED, Stage.SENT):
        raise Conflict("Báo cáo đã ban hành, không góp ý nữa", hint="Góp ý vào bản mới khi bản mới được lập")
    said = printable(text)
    if not said:
        raise InvalidInput("Chưa có nội dung góp ý", where="text", expected="một vài câu")
    if len(said) > _MOST_COMMENT:
        raise InvalidInput(f"Góp ý dài {len(said)} ký tự", where="text", expected=f"không quá {_MOST_COMMENT} ký tự")
    if answers is not None:
        if answers.report_id != row.pk:
            raise InvalidInput("Góp ý này thuộc báo cáo khác", expected="góp ý của chính báo cáo này")
        slot = answers.slot
    if slot and slot not in definition_of(row, day=act.today).slots():
        raise InvalidInput(f"Báo cáo không có phần {quoted(slot)}", expected="một phần của báo cáo")
    made = ReportComment.objects.create(
        report=row, slot=slot, text=said, answers=answers, by=act.user, entered_for=act.entered_for, at=act.now
    )
    trail(act, "own_report_comment", row, {"slot": slot, "comment": str(made.uid)})
    return made
