"""Filling a report: one plain form that keeps what was typed; with scripts each field is kept as soon as it is left.

``field`` is where the page's small script sends one field: GET gives a fresh token and says who is signed in, so that
nothing is ever sent for anybody else (decision D22). POST takes ``user``, ``field``, ``value``, ``mark``, ``seen``, or
``confirm`` with a word of reason, and answers what to say beside the field and under which version to go on.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.forms import FieldKind
from giaoban.apps.reporting.models import Submission, SubmissionFile
from giaoban.apps.reporting.operations.cycles import (
    EditedMeanwhile,
    NotReady,
    add_file,
    confirm_unusual,
    remove_file,
    save_field,
    submit,
    withdraw,
)
from giaoban.apps.reporting.operations.cycles.filling import MOST_BYTES
from giaoban.apps.reporting.queries.cycles.bodies import body_of
from giaoban.apps.reporting.queries.cycles.files import goes_with
from giaoban.apps.reporting.queries.cycles.form_page import form_page
from giaoban.core.errors import GiaobanError, InvalidInput, NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.cycles.form_view import MARKS, Told, Typed, fill_page, origin_of, progress_words, told_of
from giaoban.web.cycles.place import AREA, BOTH, FILL, HELPED, OPEN, VIEW, act_for, open_report
from giaoban.web.forms import attempt, sentence
from giaoban.web.http import UNTRUSTED, as_file


@screen(AREA, right=VIEW, methods=BOTH)
def fill(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show the form, or keep what was typed and send it."""
    submission = open_report(desk, uid, right=FILL)
    if submission.state not in OPEN:
        return HttpResponseRedirect(desk.url("cycles:report", uid))
    if desk.posted is None:
        return _show(desk, submission, Typed())
    typed = _keep(desk, submission, desk.posted)
    clean = not (typed.wrong or typed.theirs or typed.files or typed.refused)
    if clean and "gui" in desk.posted:
        refused = _send(desk, submission, desk.posted)
        if not refused:
            messages.info(desk.request, "Đã gửi báo cáo.")
            return HttpResponseRedirect(desk.url("cycles:report", uid))
        typed = Typed(confirmed=typed.confirmed, refused=refused, helped=typed.helped)
    elif clean:
        messages.info(desk.request, "Đã lưu. Chưa gửi: bấm «Gửi» khi đủ.")
        return HttpResponseRedirect(desk.url("cycles:fill", uid))
    return _show(desk, open_report(desk, uid), typed)


def _show(desk: Desk, submission: Submission, typed: Typed) -> HttpResponse:
    page = fill_page(desk, form_page(submission, now=desk.act.now), typed)
    wrong = bool(typed.wrong or typed.theirs or typed.files or typed.refused)
    return desk.render("cycles/fill.html", {"page": page, "marks": MARKS}, status=422 if wrong else 200)


def _keep(desk: Desk, submission: Submission, sent: QueryDict) -> Typed:
    """Keep every field that was changed, each for itself; what is refused comes back as it was typed."""
    typed = Typed(confirmed=frozenset(sent.getlist("xn")), helped=sent.get(HELPED, ""))
    try:
        act = act_for(desk, submission.unit, typed.helped)
    except InvalidInput as error:
        # Nothing is kept under a wrong name; all of it is shown again.
        for key in sent:
            if key.startswith("v-"):
                typed.values[key[2:]] = sent.get(key, "")
                typed.marks[key[2:]] = sent.get(f"m-{key[2:]}", "")
        return Typed(typed.values, typed.marks, refused=(sentence(error),), confirmed=typed.confirmed)
    for one in body_of(submission.cycle.form).fields:
        for name in one.inputs:
            if f"v-{name}" in sent:
                _keep_one(act, submission, name, sent, typed)
        if one.kind is FieldKind.FILE:
            for file in desk.request.FILES.getlist(f"tep-{one.key}"):
                _keep_file(act, submission, one.key, file, typed)
    out = sent.get("bo-tep", "")
    if out:
        remove_file(act=act, submission=submission, file=_uid(out))
    name = sent.get("xac-nhan", "")
    if name and name not in typed.wrong and name not in typed.theirs:
        _attempt(typed, name, lambda: confirm_unusual(act=act, submission=submission, field=name, remark=_why(sent)))
    return typed


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound("Không tìm thấy tệp này trong báo cáo") from None


def _why(sent: QueryDict) -> str:
    return sent.get(f"ly-do-{sent.get('xac-nhan', '')}", "")


def _keep_one(act: Act, submission: Submission, name: str, sent: QueryDict, typed: Typed) -> None:
    value, mark = sent.get(f"v-{name}", ""), sent.get(f"m-{name}", "")
    if sent.get("lay") == name:
        # What stands there now is taken instead of one's own text.
        value, mark = _stands_there(submission, name)
    elif sent.get("giu") != name and sent.get(f"g-{name}") == origin_of(value, mark):
        return
    seen = sent.get(f"s-{name}", "")
    typed.values[name], typed.marks[name] = value, mark

    def save() -> None:
        save_field(
            act=act,
            submission=submission,
            field=name,
            value=value,
            mark=mark,
            seen=int(seen) if seen.isdecimal() and len(seen) < 7 else 0,
        )

    if _attempt(typed, name, save):
        typed.values.pop(name)
        typed.marks.pop(name)


def _stands_there(submission: Submission, name: str) -> tuple[str, str]:
    """Return value and mark as they stand in a place now, as people write them."""
    row = Submission.objects.select_related("cycle__form").get(pk=submission.pk)
    for section in form_page(row, now=row.due_at).sections:
        for view in section.fields:
            for one in view.inputs:
                if one.name == name:
                    return one.value, one.mark
    return "", ""


def _attempt(typed: Typed, name: str, do: Callable[[], object]) -> bool:
    refused: list[GiaobanError] = []
    attempt(refused.append, do)
    for error in refused:
        if isinstance(error, EditedMeanwhile):
            typed.theirs[name] = (error.theirs, error.by)
        else:
            typed.wrong[name] = sentence(error)
    return not refused


def _keep_file(act: Act, submission: Submission, field: str, file: UploadedFile[Any], typed: Typed) -> None:
    # Too large a file is not even read.
    content = b"" if (file.size or 0) > MOST_BYTES else file.read()

    def keep() -> None:
        if not content and file.size:
            raise InvalidInput(f"Tệp {file.name} có {file.size} byte", expected="không quá 10 MB")
        add_file(act=act, submission=submission, field=field, name=file.name or "tep", content=content)

    attempt(lambda error: typed.files.update({field: sentence(error)}), keep)


def _send(desk: Desk, submission: Submission, sent: QueryDict) -> tuple[str, ...]:
    """Send it; return why that could not be, empty where it was sent."""
    missing: list[str] = []

    def send() -> None:
        act = act_for(desk, submission.unit, sent.get(HELPED, ""))
        submit(act=act, submission=submission, confirmed=sent.getlist("xn"))

    def refuse(error: GiaobanError) -> None:
        found = [one.words for one in error.findings] if isinstance(error, NotReady) else [sentence(error)]
        missing.extend(found)

    attempt(refuse, send)
    return tuple(missing)


@screen(AREA, right=VIEW, methods=BOTH)
def field(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give a token, or keep one field."""
    submission = open_report(desk, uid, right=FILL)
    me = str(desk.act.user.uid)
    sent = desk.posted
    if sent is None:
        return _answer({"user": me, "token": get_token(desk.request)})
    if sent.get("user") != me:
        return _answer({"words": "Người khác đang đăng nhập; nội dung chưa gửi vẫn giữ trên máy."}, status=409)
    name, typed = sent.get("field", ""), Typed()
    try:
        act = act_for(desk, submission.unit, sent.get(HELPED, ""))
    except InvalidInput as error:
        return _answer({"field": name, "html": _told_html(Told(name, wrong=(sentence(error),)))})
    if "confirm" in sent:
        _attempt(
            typed,
            name,
            lambda: confirm_unusual(act=act, submission=submission, field=name, remark=sent.get("confirm", "")),
        )
    else:
        plain = sent.copy()
        plain[f"v-{name}"], plain[f"m-{name}"] = sent.get("value", ""), sent.get("mark", "")
        plain[f"s-{name}"] = sent.get("seen", "")
        _keep_one(act, submission, name, plain, typed)
    return _answer(_kept(desk, uid, name, typed, sent))


def _kept(desk: Desk, uid: uuid.UUID, name: str, typed: Typed, sent: QueryDict) -> dict[str, Any]:
    now = open_report(desk, uid)
    page = form_page(now, now=desk.act.now)
    told = told_of(page, name, desk.act.user.full_name)
    wrong, theirs = typed.wrong.get(name, ""), typed.theirs.get(name, ("", ""))
    if wrong:
        told = Told(name, wrong=(wrong,), saved=told.saved)
    elif theirs[1]:
        told = Told(name, theirs=theirs[0], theirs_by=theirs[1], rivals=told.rivals, mine=told.mine)
    kept = now.draft.get(name, {})
    return {
        "field": name,
        "saved": not wrong and not theirs[1],
        "wrong": bool(wrong),
        "seen": kept.get("version", 0),
        "origin": origin_of(sent.get("value", ""), sent.get("mark", "")) if not wrong else "",
        "html": _told_html(told),
        "progress": progress_words(page),
    }


def _told_html(told: Told) -> str:
    return render_to_string("cycles/told.html", {"told": told})


def _answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    response = JsonResponse(body, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@screen(AREA, right=VIEW, methods=("POST",))
def take_back(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Take a sent report back while nobody has accepted it."""
    submission = open_report(desk, uid, right=FILL)
    refused: list[GiaobanError] = []
    attempt(
        refused.append,
        lambda: withdraw(act=desk.act, submission=submission, reason=desk.request.POST.get("ly-do", "")),
    )
    if refused:
        messages.info(desk.request, sentence(refused[0]))
        return HttpResponseRedirect(desk.url("cycles:report", uid))
    messages.info(desk.request, "Đã rút lại báo cáo; sửa rồi gửi lại.")
    return HttpResponseRedirect(desk.url("cycles:fill", uid))


@screen(AREA, right=VIEW)
def file(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give an attached file to those who may see the report."""
    found = SubmissionFile.objects.filter(uid=uid).select_related("submission").first()
    if found is None or not goes_with(found):
        raise NotFound("Không tìm thấy tệp này trong phạm vi của đồng chí")
    submission = open_report(desk, found.submission.uid)
    require(desk.act, VIEW, [submission.unit])
    return as_file(bytes(found.content), found.name, UNTRUSTED)
