"""Files that go with a report: those that the unit has not taken out again, and how an acceptance keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from giaoban.apps.reporting.models import StepKind, Submission, SubmissionFile

# Under this name the draft of a field for files holds the uids of those that were taken out.
REMOVED = "removed"


def removed_files(draft: Mapping[str, Any]) -> frozenset[str]:
    """Return the uids of the files that were taken out of a report."""
    return frozenset(uid for kept in draft.values() for uid in kept.get(REMOVED, ()))


def files_of(submissions: Sequence[Submission]) -> dict[int, list[SubmissionFile]]:
    """Return the files that go with reports (keys), in the order in which they came, without contents; one query."""
    removed = {row.pk: removed_files(row.draft) for row in submissions}
    rows = SubmissionFile.objects.filter(submission__in=removed).select_related("added_by").defer("content")
    found: dict[int, list[SubmissionFile]] = defaultdict(list)
    for row in rows.order_by("pk"):
        if str(row.uid) not in removed[row.submission_id]:
            found[row.submission_id].append(row)
    return found


def file_texts(files: Sequence[SubmissionFile]) -> dict[str, str]:
    """Return what a snapshot keeps of files by field: names with the SHA-256 of their contents, a line each."""
    found: dict[str, str] = {}
    for row in files:
        found[row.field] = "\n".join([*found.get(row.field, "").splitlines(), _frozen(row)])
    return found


def _frozen(row: SubmissionFile) -> str:
    return f"{row.name} (SHA-256 {row.sha256})"


def goes_with(row: SubmissionFile) -> bool:
    """Tell whether a file belongs to its report: not taken out, or frozen with an edition that was accepted."""
    if str(row.uid) not in removed_files(row.submission.draft):
        return True
    steps = row.submission.steps.filter(kind=StepKind.ACCEPTED, snapshot__isnull=False)
    return any(_frozen(row) in texts.get(row.field, "") for texts in steps.values_list("snapshot__texts", flat=True))
