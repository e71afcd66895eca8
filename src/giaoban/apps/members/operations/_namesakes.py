"""One rule for people whom no number tells apart: the same name and the same day of birth may be one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Min

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import Member
from giaoban.apps.members.operations.drafts import MemberDraft
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.core.errors import Conflict, blame
from giaoban.core.text_vi import fold, tidy

_CHUNK = 5000
TELL_APART = "Nếu là hai người khác nhau, ghi số lý lịch hoặc số định danh để phân biệt"


class Likeness(NamedTuple):
    """By what two people are taken for one: the name without diacritics, which people leave out, and the birthday."""

    folded: str
    born: date


def likeness(folded: str, birth: PartialDate) -> Likeness | None:
    """Return by what somebody may be another; None where the day of birth is not known, for then many are alike."""
    return Likeness(folded, birth.day) if birth.precision == Precision.DAY else None


def refuse_namesakes(act: Act, drafts: Sequence[MemberDraft]) -> None:
    """Return quietly if nobody without a number may be somebody in the register, or twice in ``drafts``.

    Only standing members of whom the person may know are looked at (decision D11).

    Raises:
        Conflict: may be one person; a number on the draft tells them apart.
    """
    keys = [likeness(fold(tidy(draft.full_name)), draft.birth) for draft in drafts]
    unnumbered = [not (draft.file_number or draft.card_number or draft.identity_number) for draft in drafts]
    _refuse_twice(drafts, keys, unnumbered)
    asked = {
        key: index for index, (key, bare) in enumerate(zip(keys, unnumbered, strict=True)) if key is not None and bare
    }
    for key, name, code, since in _standing(act, sorted({key.folded for key in asked})):
        if key in asked:
            with blame(asked[key]):
                raise Conflict(
                    f"Sổ đã có {name} sinh ngày {format_date(key.born)}, sinh hoạt tại {code}, "
                    f"vào sổ ngày {format_date(since)}",
                    where=tidy(drafts[asked[key]].full_name),
                    hint=TELL_APART,
                )


def _refuse_twice(drafts: Sequence[MemberDraft], keys: Sequence[Likeness | None], unnumbered: Sequence[bool]) -> None:
    first: dict[Likeness, int] = {}
    for index, key in enumerate(keys):
        if key is None:
            continue
        other = first.setdefault(key, index)
        if other != index and (unnumbered[index] or unnumbered[other]):
            name = tidy(drafts[index].full_name)
            with blame(index):
                raise Conflict(
                    f"{name} sinh ngày {format_date(key.born)} xuất hiện hai lần", where=name, hint=TELL_APART
                )


def _standing(act: Act, folded: Sequence[str]) -> Iterator[tuple[Likeness, str, str, date]]:
    seen = Member.objects.standing()
    if not act.at_console:
        seen = seen.visible_to(act.user, today=act.today)
    for start in range(0, len(folded), _CHUNK):
        rows = seen.filter(folded_name__in=folded[start : start + _CHUNK], birth_precision=Precision.DAY)
        told = rows.annotate(since=Min("entries__effective_date")).order_by("pk")
        for alike, born, name, code, since in told.values_list(
            "folded_name", "birth_date", "full_name", "unit__code", "since"
        ):
            yield Likeness(alike, born), name, code, since
