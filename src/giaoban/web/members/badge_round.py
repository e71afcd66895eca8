"""Who comes to a badge in a round: the list of the round, on paper too, and beside it two lists to look into."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.models import HonourEntry, HonourEvent
from giaoban.apps.members.operations import HonourDraft, record_honour_entries
from giaoban.apps.members.queries.badge_claims import BadgeWhy
from giaoban.apps.members.queries.badge_rules import BadgeRules, Round
from giaoban.apps.members.queries.badges import BadgeLine, badge_forecast, badge_rules, claimants
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Pager, Sign
from giaoban.web.forms import attempt
from giaoban.web.members.life_forms import BadgeBatchForm
from giaoban.web.members.record_page import BOTH

PAGE = 100
_WHY = {
    BadgeWhy.DUE: "Đủ năm trong đợt",
    BadgeWhy.POSTHUMOUS: "Đã từ trần; được xét truy tặng",
    BadgeWhy.EARLY: "Chưa đủ năm; được xét sớm nếu bệnh nặng",
    BadgeWhy.LATE: "Đủ năm từ trước, sổ chưa ghi tặng",
}
_AWARDED, _PROPOSED = Sign("good", "●", "đã tặng"), Sign("late", "◐", "đã đề nghị")
_OPEN = Sign("off", "○", "chưa ghi")


@dataclass(frozen=True, slots=True)
class BadgeList:
    """One of the lists of a round; only the first is what the round will hand out."""

    key: str
    title: str
    whys: tuple[BadgeWhy, ...]
    nothing: str


LISTS = (
    BadgeList(
        "",
        "Danh sách của đợt",
        (BadgeWhy.DUE, BadgeWhy.POSTHUMOUS),
        "Không có đảng viên nào đủ năm nhận Huy hiệu trong đợt này. "
        "Người chưa ghi ngày kết nạp thì chưa tính được tuổi Đảng.",
    ),
    BadgeList(
        "som", "Được xét sớm nếu bệnh nặng", (BadgeWhy.EARLY,), "Không có ai gần đủ năm để xét sớm trong đợt này."
    ),
    BadgeList(
        "truoc",
        "Đủ năm từ trước, chưa ghi tặng",
        (BadgeWhy.LATE,),
        "Không có ai đủ năm từ các đợt trước mà sổ chưa ghi tặng.",
    ),
)


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """One line; ``key`` is sent back where the line is ticked, empty where nothing is left to do."""

    key: str
    ticked: bool
    name: str
    url: str
    birth: str
    unit: str
    years: str
    reached: str
    state: Sign


@dataclass(frozen=True, slots=True)
class BadgeGroup:
    """The lines of one reason that stand on this page; ``count`` says how many there are of it in all."""

    title: str
    count: str
    rows: tuple[BadgeRow, ...]


@dataclass(frozen=True, slots=True)
class BadgePage:
    """One list of a round."""

    title: str
    sums: str
    list_title: str
    nothing: str
    groups: tuple[BadgeGroup, ...]
    rounds: tuple[Link, ...]
    lists: tuple[Link, ...]
    actions: tuple[Link, ...]
    pager: Pager
    all_url: str
    may_record: bool


@screen("members", right="members_view", methods=BOTH)
def forecast(desk: Desk) -> HttpResponse:
    """Show who comes to a badge in a round; record proposals or awards of those who are ticked.

    The page, and its print, is the list of the round chosen; who is early or was missed stands in lists of their own.
    ``in=tat-ca`` gives a list whole and notes who took it (D16).
    """
    rules = badge_rules(desk.unit, desk.act.today)
    round_, chosen = _chosen(rules, desk), _chosen_list(desk)
    lines = badge_forecast(desk.unit, round_, user=desk.act.user, today=desk.act.today)
    form = BadgeBatchForm(desk.posted, initial={"day": desk.act.today})
    picked = set(desk.request.POST.getlist("chon"))
    if desk.posted is not None:
        desk.require("members_record")
        if form.is_valid() and attempt(form, lambda: _record(desk, form, round_, lines, picked)) is not None:
            what = "tặng" if form.cleaned_data["what"] == HonourEvent.BADGE_AWARDED else "đề nghị tặng"
            messages.info(desk.request, f"Đã ghi {what} Huy hiệu Đảng cho {format_number(len(picked))} đảng viên.")
            return HttpResponseRedirect(_url(desk, round_, chosen.key))
    page = _page(desk, rules, round_, chosen, lines, picked)
    form.point_at_first_error()
    context = {"page": page, "form": form}
    return desk.render("members/badges.html", context, part="list", status=422 if form.errors else 200)


def _url(desk: Desk, round_: Round, key: str, **more: str) -> str:
    query = {"dot": round_.key, **({"ds": key} if key else {}), **more}
    return desk.url("members:badges", query=query)


def _page(
    desk: Desk, rules: BadgeRules, round_: Round, chosen: BadgeList, lines: tuple[BadgeLine, ...], picked: set[str]
) -> BadgePage:
    listed = [line for why in chosen.whys for line in lines if line.why is why]
    counts = Counter(line.why for line in lines)
    asked = desk.request.GET.get("trang") or ""
    pages = max(1, -(-len(listed) // PAGE))
    number = min(max(1, int(asked)), pages) if asked.isdecimal() and len(asked) < 7 else 1
    everything = desk.request.GET.get("in") == "tat-ca"
    shown = listed if everything else listed[(number - 1) * PAGE : number * PAGE]
    if everything:
        detail = {"rows": len(listed), "list": f"badges {round_.key} {chosen.key}".strip()}
        write_trail(
            desk.act, [Happening("members.worklist_printed", "unit", str(desk.unit.uid), desk.card.code, detail)]
        )

    def turn(page: int) -> str:
        return _url(desk, round_, chosen.key, trang=str(page)) if 1 <= page <= pages and not everything else ""

    words = f"{format_number(len(listed))} dòng" + (f", trang {number}/{pages}" if pages > 1 and not everything else "")
    actions = []
    if desk.may("members_record"):
        actions.append(Link("Lập giấy tờ của đợt", desk.url("papers:write", "badge", query={"dot": round_.key})))
        actions.append(Link("Khen thưởng tổ chức", desk.url("members:commend_unit")))
    return BadgePage(
        f"Huy hiệu Đảng, đợt {round_.key}",
        _sums(lines),
        chosen.title,
        chosen.nothing,
        tuple(
            BadgeGroup(
                _WHY[why],
                format_number(counts[why]),
                tuple(_row(desk, line, picked) for line in shown if line.why is why),
            )
            for why in chosen.whys
            if any(line.why is why for line in shown)
        ),
        tuple(
            Link(one.key, _url(desk, one, chosen.key), one == round_)
            for one in rules.rounds_around(desk.act.today, before=2, after=4)
        ),
        tuple(
            Link(
                f"{one.title} ({format_number(sum(counts[why] for why in one.whys))})",
                _url(desk, round_, one.key),
                one is chosen,
            )
            for one in LISTS
        ),
        tuple(actions),
        Pager(words, turn(number - 1), turn(number + 1)),
        _url(desk, round_, chosen.key, **{"in": "tat-ca"}) if pages > 1 and not everything else "",
        desk.may("members_record"),
    )


def _chosen_list(desk: Desk) -> BadgeList:
    key = desk.request.GET.get("ds") or ""
    found = next((one for one in LISTS if one.key == key), None)
    if found is None:
        raise NotFound(f"Không có danh sách {quoted(key)}")
    return found


def _chosen(rules: BadgeRules, desk: Desk) -> Round:
    text = desk.request.GET.get("dot") or ""
    if not text:
        return rules.next_round(desk.act.today)
    try:
        return rules.find_round(text)
    except InvalidInput as error:
        raise NotFound(error.message) from None


def _key(line: BadgeLine) -> str:
    return f"{line.member_uid}:{line.years}"


def _row(desk: Desk, line: BadgeLine, picked: set[str]) -> BadgeRow:
    state = _AWARDED if line.awarded else _PROPOSED if line.proposed else _OPEN
    return BadgeRow(
        "" if line.awarded else _key(line),
        _key(line) in picked,
        line.full_name,
        desk.url("members:member", line.member_uid),
        str(line.birth_year),
        line.unit.place,
        f"{line.years} năm",
        format_date(line.reached),
        state,
    )


def _sums(lines: tuple[BadgeLine, ...]) -> str:
    due = Counter(line.years for line in lines if line.why is BadgeWhy.DUE)
    if not due:
        return ""
    parts = "; ".join(f"{years} năm: {format_number(number)}" for years, number in sorted(due.items()))
    return f"{format_number(sum(due.values()))} đảng viên đủ năm trong đợt ({parts})"


def _record(
    desk: Desk, form: BadgeBatchForm, round_: Round, lines: tuple[BadgeLine, ...], picked: set[str]
) -> list[HonourEntry]:
    chosen = [line for line in lines if _key(line) in picked]
    if not chosen or len(chosen) != len(picked):
        raise InvalidInput(
            "Chưa chọn ai trong danh sách" if not picked else "Danh sách vừa thay đổi",
            hint="Đánh dấu những người cần ghi rồi gửi lại",
        )
    data, members = form.cleaned_data, claimants(desk.act.user, chosen, today=desk.act.today)
    drafts = [
        HonourDraft(
            HonourEvent(data["what"]),
            data["day"],
            members[line.member_uid],
            level=data["level"],
            years=line.years,
            round=round_.key,
            early=line.why is BadgeWhy.EARLY,
            posthumous=line.why is BadgeWhy.POSTHUMOUS,
            decision=form.decision(),
        )
        for line in chosen
    ]
    return record_honour_entries(act=desk.act, drafts=drafts)
