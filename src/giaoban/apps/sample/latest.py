"""What is going on in the sample these days: what ends soon, who is on the way, what members ask of the office.

The years of the sample end on fixed days. What an office works through is near today, whenever somebody looks, so that
these few entries are dated by the moment of building; no figure of the years told depends on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import AbsenceEvent, CandidateEvent, Member, MemberState
from giaoban.apps.members.operations import (
    AbsenceDraft,
    CandidateDraft,
    CandidateEntryDraft,
    add_candidates,
    ask_correction,
    link_account,
    record_absence_entries,
    record_candidate_entries,
    send_member,
)
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.sample.facts import Facts
from giaoban.core.dates_vi import PartialDate, Precision

# Days from today to the last day of exemptions; some have just ended.
_ENDS = (-12, 9, 33, 61)
_LETTER_DAYS = 9
# Who asked what, how many days ago; about a part of the own file.
_ASKED = (
    ("binh", "phone", "Tôi đã đổi số máy, số mới là 0912 000 789.", 4),
    ("hai", "education", "Đã nhận bằng thạc sĩ tháng trước, đề nghị ghi lại trình độ.", 11),
    ("tho", "birth", "Ngày sinh trong sổ lệch một ngày so với giấy khai sinh.", 6),
    ("mai", "file_number", "Số lý lịch ghi thiếu một chữ số.", 2),
)
_CANDIDATE = ("Lưu Thị Hạnh", date(1991, 6, 14), "female")


@dataclass(frozen=True, slots=True)
class LatestWriter:
    """Writes under the names of the clerks of both committees, after everything else."""

    known: Facts
    units: Mapping[str, Unit]
    users: Mapping[str, User]
    now: datetime

    def write(self) -> None:
        """This function will write what is near today."""
        self._link_accounts()
        for code, clerk in (("MAU", "clerk"), ("PHUONG", "outsider")):
            self._exemptions(code, self._act(clerk))
        self._for_the_secretary(self._act("outsider"))
        for username, about, wish, days in _ASKED:
            user = next(user for user in self.users.values() if user.username == username)
            ask_correction(act=Act(user, self.now - timedelta(days=days)), about=about, wish=wish)

    def _act(self, key: str) -> Act:
        return Act(self.users[key], self.now, at_console=True)

    def _link_accounts(self) -> None:
        """Those who sign in and are members see their own data."""
        act = self._act("administrator")
        for one in self.known.people:
            if one.cell:
                member = Member.objects.standing().get(full_name=one.name, unit__code__startswith=one.cell)
                link_account(act=act, user=self.users[one.key], member=member)

    def _exemptions(self, code: str, act: Act) -> None:
        """Some old members are exempt for a time that ends these days."""
        last = self.known.quarters[code][-1].period.end - timedelta(days=4)
        people = self._standing(code, last)[: len(_ENDS)]
        drafts = [
            AbsenceDraft(member, AbsenceEvent.EXEMPTED, last, act.today + timedelta(days=days))
            for member, days in zip(people, _ENDS, strict=True)
        ]
        record_absence_entries(act=act, drafts=drafts)

    def _for_the_secretary(self, act: Act) -> None:
        """A cell of its own secretary has something to do: somebody to admit, somebody to receive."""
        cell = self.units[next(one.unit for one in self.known.people if one.key == "secretary")]
        day = act.today - timedelta(days=_LETTER_DAYS)
        other = next(member for member in self._standing("PHUONG", day)[len(_ENDS) :] if member.unit_id != cell.pk)
        paper = Decision("18-GT/ĐU", day)
        send_member(act=act, member=other, day=day, to_unit=cell, decision=paper)
        name, born, sex = _CANDIDATE
        draft = CandidateDraft(name, PartialDate(born, Precision.DAY), cell, sex)
        [candidate] = add_candidates(act=act, drafts=[draft])
        steps = ((CandidateEvent.CLASS_PASSED, 80, "07-GCN"), (CandidateEvent.APPLIED, 30, ""))
        record_candidate_entries(
            act=act,
            drafts=[
                CandidateEntryDraft(
                    candidate, kind, (on := act.today - timedelta(days=days)), Decision(number, on if number else None)
                )
                for kind, days, number in steps
            ],
        )

    def _standing(self, code: str, day: date) -> Sequence[Member]:
        """The oldest official members below a committee who sign in nowhere, hold nothing and are not away."""
        below = Ancestry.objects.filter(on_day(day), ancestor__code=code).values("descendant")
        free = Member.objects.filter(
            unit__in=below,
            state=MemberState.OFFICIAL,
            account__isnull=True,
            office_terms__isnull=True,
            absences__isnull=True,
        ).exclude(entries__kind="transfer_sent")
        return list(free.select_related("unit").order_by("birth_date", "pk")[:20])
