"""Filling a submission field by field; the second of two people is told, and what they wrote is kept beside."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.forms import Field, FieldKind, FormBody
from giaoban.apps.reporting.models import Submission, SubmissionFile, SubmissionState
from giaoban.apps.reporting.operations.cycles._steps import FILL, OPEN, lock_submission, need_state
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.cycles.files import REMOVED
from giaoban.apps.reporting.queries.cycles.typed import clean_value
from giaoban.core.errors import Conflict, InvalidInput, NotFound
from giaoban.core.text_vi import quoted

MOST_BYTES = 10 * 1024 * 1024
_MOST_RIVALS = 5


@dataclass(frozen=True, slots=True)
class SavedField:
    """What stands in a field now, and the version under which the next change is made."""

    field: str
    value: str
    mark: str
    version: int


class EditedMeanwhile(Conflict):
    """Somebody else has changed the field; what the second person wrote is kept beside it.

    ``theirs`` is what stands there, ``by`` who wrote it, ``version`` what to send with the joined text.
    """

    def __init__(self, label: str, theirs: str, by: str, version: int) -> None:
        super().__init__(
            f"{by} vừa sửa mục này",
            where=label,
            hint="Bản của đồng chí được giữ bên cạnh; ghép hai bản rồi lưu lại",
        )
        self.theirs, self.by, self.version = theirs, by, version


def save_field(*, act: Act, submission: Submission, field: str, value: str, mark: str = "", seen: int) -> SavedField:
    """This function will keep what was typed into one field; the same again adds nothing.

    Args:
        field: key of the field; ``key/total`` for the second number of «25/55».
        value: as people write it: «1.250», «12,5»; empty to take it out.
        seen: the version of the field from which the person started, 0 where there was nothing.

    Raises:
        InvalidInput: no such field, one that a register fills, or a value that cannot be read.
        EditedMeanwhile: somebody else changed the field; the value is kept beside theirs.
        Conflict: the submission was sent, accepted or released. NotAllowed, NotFound: no right ``reports_fill``.
    """
    require(act, FILL, [submission.unit])
    with transaction.atomic():
        row = lock_submission(submission)
        need_state(row, OPEN, "sửa")
        found = _field(body_of(row.cycle.form), field)
        wanted = clean_value(found, value, mark)
        known = row.draft.get(field, {})
        same = (wanted, mark) == (known.get("value", ""), known.get("mark", ""))
        ours = known.get("version", 0) == seen
        # Who saves what stands there takes it instead of their own text, if one is kept beside it.
        taken = same and any(one["by_id"] == act.user.pk for one in known.get("rivals", []))
        if taken:
            row.draft[field] = {**known, "rivals": [one for one in known["rivals"] if one["by_id"] != act.user.pk]}
            row.save(update_fields=["draft"])
        elif not same:
            row.draft[field] = _changed(act, known, wanted, mark) if ours else _beside(act, known, wanted, mark)
            if row.state == SubmissionState.NEW:
                row.state = SubmissionState.DRAFT
            row.save(update_fields=["draft", "state"])
            _note(act, row, "reporting.field_saved" if ours else "reporting.field_kept_beside", field)
    kept = row.draft.get(field, {})
    if not same and not ours:
        raise EditedMeanwhile(found.label, kept["value"], kept["by"], kept["version"])
    return SavedField(field, kept.get("value", ""), kept.get("mark", ""), kept.get("version", 0))


def _field(body: FormBody, name: str) -> Field:
    found = body.by_input.get(name)
    if found is not None:
        return found
    shown = body.field(name)
    if shown is not None and shown.kind is FieldKind.MEASURE:
        raise InvalidInput(
            "Số này lấy từ sổ, không nhập đè được",
            where=shown.label,
            hint="Nếu chưa đúng, ghi hoặc đính chính ở sổ; số ở đây tự đổi theo",
        )
    raise InvalidInput(f"Mẫu không có trường {quoted(name)}", expected="một trường của mẫu")


def _who(act: Act) -> dict[str, Any]:
    written_for = {"for": act.entered_for.full_name} if act.entered_for is not None else {}
    return {"by": act.user.full_name, "by_id": act.user.pk, "at": act.now.isoformat(), **written_for}


def _changed(act: Act, known: dict[str, Any], value: str, mark: str) -> dict[str, Any]:
    # Who saves what stands there has joined their own text, if they had one beside it.
    rivals = [one for one in known.get("rivals", []) if one["by_id"] != act.user.pk]
    made = {"value": value, "mark": mark, "version": known.get("version", 0) + 1, **_who(act)}
    return made | ({"rivals": rivals} if rivals else {})


def _beside(act: Act, known: dict[str, Any], value: str, mark: str) -> dict[str, Any]:
    rivals = [one for one in known.get("rivals", []) if one["by_id"] != act.user.pk]
    rivals.append({"value": value, "mark": mark, **_who(act)})
    return {**known, "rivals": rivals[-_MOST_RIVALS:]}


@transaction.atomic
def confirm_unusual(*, act: Act, submission: Submission, field: str, remark: str = "") -> None:
    """This function will note that a number which is far from those before is right; it holds until it is changed.

    Raises:
        InvalidInput: nothing was typed there. Conflict: the submission was sent, accepted or released.
        NotAllowed, NotFound: no right ``reports_fill``.
    """
    require(act, FILL, [submission.unit])
    row = lock_submission(submission)
    need_state(row, OPEN, "xác nhận")
    found = _field(body_of(row.cycle.form), field)
    known = row.draft.get(field, {})
    if not known.get("value"):
        raise InvalidInput("Chưa có số nào để xác nhận", where=found.label, hint="Nhập số trước")
    row.draft[field] = {**known, "confirmed": {"value": known["value"], "remark": remark.strip()[:300], **_who(act)}}
    row.save(update_fields=["draft"])
    _note(act, row, "reporting.unusual_confirmed", field)


@transaction.atomic
def add_file(*, act: Act, submission: Submission, field: str, name: str, content: bytes) -> SubmissionFile:
    """This function will add a file to a submission; the same content again adds nothing.

    Raises:
        InvalidInput: no field for files of that key, an empty or too large file.
        Conflict: the submission was sent, accepted or released. NotAllowed, NotFound: no right ``reports_fill``.
    """
    require(act, FILL, [submission.unit])
    row = lock_submission(submission)
    need_state(row, OPEN, "thêm tệp vào")
    found = body_of(row.cycle.form).field(field)
    if found is None or found.kind is not FieldKind.FILE:
        raise InvalidInput(f"Mẫu không có chỗ đính kèm {quoted(field)}", expected="một trường tệp của mẫu")
    if not 0 < len(content) <= MOST_BYTES:
        raise InvalidInput(f"Tệp có {len(content)} byte", where=found.label, expected="tệp không rỗng, không quá 10 MB")
    digest = hashlib.sha256(content).hexdigest()
    known = SubmissionFile.objects.filter(submission=row, field=field, sha256=digest).first()
    if known is not None:
        _set_removed(act, row, known, removed=False)
        return known
    made = SubmissionFile.objects.create(
        submission=row,
        field=field,
        name=PurePath(name.replace("\\", "/")).name[:200] or "tep",
        sha256=digest,
        content=content,
        added_by=act.user,
        added_at=act.now,
    )
    if row.state == SubmissionState.NEW:
        row.state = SubmissionState.DRAFT
        row.save(update_fields=["state"])
    _note(act, row, "reporting.file_added", field)
    return made


@transaction.atomic
def remove_file(*, act: Act, submission: Submission, file: uuid.UUID) -> None:
    """This function will take a file out of a submission that is still being filled; out already it changes nothing.

    The row stays for editions that were accepted with it; nobody is given it otherwise.

    Raises:
        NotFound: no such file goes with it. Conflict: the submission was sent, accepted or released.
        NotAllowed, NotFound: no right ``reports_fill``.
    """
    require(act, FILL, [submission.unit])
    row = lock_submission(submission)
    need_state(row, OPEN, "bỏ tệp khỏi")
    found = SubmissionFile.objects.filter(submission=row, uid=file).defer("content").first()
    if found is None:
        raise NotFound("Không tìm thấy tệp này trong báo cáo")
    _set_removed(act, row, found, removed=True)


def _set_removed(act: Act, row: Submission, file: SubmissionFile, *, removed: bool) -> None:
    kept = row.draft.get(file.field, {})
    out, uid = list(kept.get(REMOVED, ())), str(file.uid)
    if (uid in out) == removed:
        return
    out = [*out, uid] if removed else [one for one in out if one != uid]
    row.draft[file.field] = {**kept, REMOVED: out, "version": kept.get("version", 0) + 1, **_who(act)}
    row.save(update_fields=["draft"])
    _note(act, row, "reporting.file_removed" if removed else "reporting.file_added", file.field)


def _note(act: Act, row: Submission, action: str, field: str) -> None:
    detail = {"field": field, "version": row.draft.get(field, {}).get("version", 0)}
    write_trail(act, [Happening(action, "submission", str(row.uid), row.unit.code, detail)])
