"""From which units' reports the committee's words were taken, and whether those still say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from giaoban.apps.reporting.models import OwnReport, Submission, SubmissionState, TextOrigin
from giaoban.apps.reporting.queries.own_report.units import units_wrote
from giaoban.core.text_vi import printable

_GONE: Mapping[str, str] = {
    SubmissionState.RETURNED: "đã bị trả lại để bổ sung",
    SubmissionState.RELEASED: "đơn vị không còn phải gửi báo cáo này",
    SubmissionState.SUBMITTED: "đơn vị đã bỏ bài viết của phần này",
    SubmissionState.ACCEPTED: "đơn vị đã bỏ bài viết của phần này",
}


@dataclass(frozen=True, slots=True)
class TextSource:
    """A report from which words were taken; ``changed`` says what became of them since, empty while they stand."""

    submission: Submission
    changed: str


def text_sources(report: OwnReport, slot: str, sources: Sequence[str]) -> tuple[TextSource, ...]:
    """Return the sources of a slot's words, by unit, each with what changed there after the words were taken.

    What was taken stands at the end of the version that took it. A unit's words of today that are in none of these
    were written afterwards; words that are no longer there were withdrawn, sent back or left out.

    Args:
        sources: uids of submissions, as the newest version of the slot's words has them.
    """
    if not sources:
        return ()
    taken = _taken(report, slot)
    now = {one.uid: printable(one.text) for one in units_wrote(report, slot)}
    rows = Submission.objects.filter(uid__in=sources).select_related("unit", "cycle").order_by("unit__code", "pk")
    return tuple(TextSource(row, _changed(row, now.get(row.uid), taken)) for row in rows.defer("draft"))


def _taken(report: OwnReport, slot: str) -> list[str]:
    """Return what each version that took words added."""
    found, before = [], ""
    rows = report.texts.filter(slot=slot).order_by("version")
    for text, origin in rows.values_list("text", "origin"):
        if origin == TextOrigin.UNITS:
            found.append(text.removeprefix(before))
        before = text
    return found


def _changed(row: Submission, words: str | None, taken: Sequence[str]) -> str:
    if row.cycle.cancelled_at is not None:
        return "kỳ báo cáo này đã hủy"
    if words is not None:
        return "" if any(words in added for added in taken) else "đơn vị đã sửa bài sau khi lấy"
    if row.edition and row.state in (SubmissionState.NEW, SubmissionState.DRAFT):
        return "đã mở lại để lập bản mới"
    return _GONE.get(row.state, "đơn vị đã rút lại báo cáo")
