"""Taps as they come from the telephone: each with its own uid, each for itself, repeats answered alike (D22).

GET gives a fresh token and says who is signed in, so that a queue is never sent for anybody else. POST takes
``{"user": uid, "helped": uid or "", "taps": [{"uid", "kind", …}]}`` and answers ``{"done": [uid], "refused": [{"uid",
"words"}]}``: what is named in either can be erased on the telephone.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import ConclusionEvent, Meeting, MeetingEntry, MeetingEvent, Presence
from giaoban.apps.meetings.operations import (
    ConclusionDraft,
    Tap,
    accept_proven_scores,
    hold_meeting,
    record_attendance,
    record_conclusions,
)
from giaoban.apps.meetings.queries.roll import roll_of
from giaoban.apps.members.models import Member
from giaoban.core.errors import GiaobanError, InvalidInput
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.forms import attempt, sentence
from giaoban.web.meetings.place import BOTH, act_for, open_meeting
from giaoban.web.meetings.ticking import SAYINGS, read_due, read_held

_MOST = 400
_BYTES = 400_000


@screen("meetings", right="meetings_view", methods=BOTH)
def taps(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give a token, or take a queue."""
    meeting = open_meeting(desk, uid)
    me = str(desk.act.user.uid)
    if desk.posted is None:
        return _answer({"user": me, "token": get_token(desk.request)})
    try:
        sent = _read(desk.request.body)
    except InvalidInput as error:
        return _answer({"words": sentence(error)}, status=400)
    if sent["user"] != me:
        return _answer({"words": "Người khác đang đăng nhập; nội dung chưa gửi vẫn giữ trên máy."}, status=409)
    return _answer(_take(desk, meeting, sent))


def _answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    response = JsonResponse(body, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _read(body: bytes) -> dict[str, Any]:
    wrong = InvalidInput("Nội dung gửi lên không đúng dạng", expected="danh sách các lần chạm", hint="Tải lại trang")
    if len(body) > _BYTES:
        raise wrong
    try:
        sent = json.loads(body)
        found = [one for one in sent["taps"] if isinstance(one, dict) and uuid.UUID(str(one["uid"]))]
        if len(found) != len(sent["taps"]) or len(found) > _MOST:
            raise wrong
        return {"user": str(sent["user"]), "helped": str(sent.get("helped", "")), "taps": found}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise wrong from None


def _take(desk: Desk, meeting: Meeting, sent: dict[str, Any]) -> dict[str, Any]:
    done: list[str] = []
    refused: list[dict[str, str]] = []
    act = act_for(desk, meeting, sent["helped"])
    people = {
        str(member.uid): member
        for member in Member.objects.filter(pk__in=[line.member for line in roll_of(meeting).lines])
    }
    for one in sent["taps"]:
        wrong: list[GiaobanError] = []
        attempt(wrong.append, partial(_record, act, meeting, one, people))
        if not wrong:
            done.append(str(one["uid"]))
        for error in wrong:
            words = f"{error.where}: {sentence(error)}" if error.where else sentence(error)
            refused.append({"uid": str(one["uid"]), "words": words})
    return {"done": done, "refused": refused}


def _record(act: Act, meeting: Meeting, one: Mapping[str, Any], people: Mapping[str, Member]) -> None:
    uid, kind = uuid.UUID(str(one["uid"])), one.get("kind")
    if kind == "presence":
        member, state = people.get(str(one.get("member", ""))), str(one.get("state", ""))
        if member is None or state not in Presence.values:
            raise InvalidInput("Không có người hoặc trạng thái này", where="Điểm danh", hint="Tải lại trang")
        spoke = bool(one.get("spoke")) and state == Presence.PRESENT
        record_attendance(act=act, taps=[Tap(meeting, member, Presence(state), uid, spoke=spoke)])
    elif kind == "said":
        said = str(one.get("state", ""))
        if said not in SAYINGS:
            raise InvalidInput("Không có trạng thái này", where="Kết luận kỳ trước", hint="Tải lại trang")
        thread = _uuid(one.get("thread"))
        record_conclusions(act=act, drafts=[ConclusionDraft(meeting, ConclusionEvent(said), thread=thread, uid=uid)])
    elif kind == "made":
        owner, due = people.get(str(one.get("owner", ""))), read_due(str(one.get("due", "")))
        text = str(one.get("text", ""))
        record_conclusions(
            act=act, drafts=[ConclusionDraft(meeting, ConclusionEvent.MADE, text, owner, due=due, uid=uid)]
        )
    elif kind == "held":
        there = MeetingEntry.objects.live().filter(meeting=meeting, kind=MeetingEvent.HELD).exists()
        draft = read_held(meeting, one, people, held=there)
        if draft is not None:
            hold_meeting(act=act, draft=draft)
    elif kind == "score":
        accept_proven_scores(act=act, meeting=_fresh(meeting), points=_points(one.get("points")), uid=uid)
    else:
        raise InvalidInput(f"Không rõ lần chạm {quoted(kind)}", hint="Tải lại trang")


def _fresh(meeting: Meeting) -> Meeting:
    """The meeting as the taps before in the queue left it."""
    return Meeting.objects.select_related("unit").get(pk=meeting.pk)


def _uuid(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        raise InvalidInput("Không có kết luận này", where="Kết luận kỳ trước", hint="Tải lại trang") from None


def _points(value: Any) -> dict[str, Decimal]:
    try:
        return {str(code): Decimal(str(points)) for code, points in dict(value or {}).items()}
    except (InvalidOperation, TypeError, ValueError):
        raise InvalidInput("Điểm gửi lên không đúng dạng", where="Chấm điểm", hint="Tải lại trang") from None
