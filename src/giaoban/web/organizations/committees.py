"""The committees of a whole subtree: what the rules say, vacancies, offices to be ended, terms that end soon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from giaoban.apps.members.committee_rules import Finding, Verdict
from giaoban.apps.members.queries.committee_findings import committee_findings
from giaoban.apps.members.queries.office_holders import offices_held, offices_to_end
from giaoban.apps.members.queries.vacancies import vacancies
from giaoban.apps.organizations.kinds import GRASSROOTS, Office, kinds
from giaoban.apps.organizations.models import Ancestry, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.terms import terms_ending
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Pager
from giaoban.web.forms import DayField, OfficeForm
from giaoban.web.organizations.committee import SIGNS, rule_words, vacancy_words

PAGE = 100
_ALL = 100_000
MONTHS = {"3": "3 tháng", "6": "6 tháng", "12": "12 tháng", "24": "24 tháng"}


class BoardForm(OfficeForm):
    """Which committees are looked at, on which day."""

    cap = forms.ChoiceField(
        label="Tổ chức",
        required=False,
        choices=[("", "Tất cả"), ("co-so", "Tổ chức cơ sở đảng"), ("chi-bo", "Chi bộ trực thuộc")],
    )
    tai_ngay = DayField(label="Tại ngày", required=False, help_text="")
    thang = forms.ChoiceField(
        label="Nhiệm kỳ hết trong", required=False, choices=[("", "6 tháng"), *list(MONTHS.items())]
    )


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at in a committee."""

    what: str
    more: str
    tone: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A unit with what is to be looked at."""

    unit: str
    url: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The page; ``kinds`` are the lists, each with its number of lines."""

    day: str
    chosen: str
    title: str
    kinds: tuple[Link, ...]
    lines: tuple[BoardLine, ...]
    nothing: str
    pager: Pager
    base_url: str
    all_url: str
    heading: str
    sheets: tuple[Link, ...]


def _item(what: str, more: str = "", verdict: Verdict | None = None) -> Item:
    sign = SIGNS[verdict] if verdict is not None else None
    return Item(what, more, sign.tone if sign else "", sign.sign if sign else "")


@dataclass(frozen=True, slots=True)
class _Lists:
    """What is asked about once for all lists of the page; each list goes from unit (by key) to its items."""

    units: dict[int, UnitCard]
    day: date
    months: int

    def all(self) -> dict[str, dict[int, list[Item]]]:
        held = offices_held(self.units, self.day)
        findings = committee_findings(self.units, self.day, held=held)
        ends: dict[int, list[Item]] = defaultdict(list)
        for one in offices_to_end(held, self.day):
            words = f"{self._office(one.held.unit, one.held.office)} {one.held.full_name}"
            ends[one.held.unit].append(_item(words, one.why))
        vacant = vacancies(self.units, self.day)
        return {
            "quy-dinh": self._ordered(_of(findings, Verdict.WRONG)),
            "khuyet": self._ordered({unit: [_item(vacancy_words(one)) for one in vacant[unit]] for unit in vacant}),
            "ket-thuc": self._ordered(ends),
            "het-nhiem-ky": self._terms(),
            "thieu": self._ordered(_of(findings, Verdict.UNKNOWN)),
        }

    def _ordered(self, found: dict[int, list[Item]]) -> dict[int, list[Item]]:
        return {unit: found[unit] for unit in sorted(found, key=lambda unit: self.units[unit].code)}

    def _office(self, unit: int, office: str) -> str:
        kind = kinds().get(self.units[unit].kind)
        return kind.office_name(Office(office)) if kind else str(Office(office).label)

    def _terms(self) -> dict[int, list[Item]]:
        """The first to end comes first."""
        found = {}
        terms = terms_ending(self.units, self.day, months=self.months)
        for unit, term in sorted(terms.items(), key=lambda item: (item[1].until, self.units[item[0]].code)):
            if term.until is not None:
                over = term.is_over(self.day)
                words = f"Nhiệm kỳ {term.name} {'đã hết' if over else 'hết'} ngày {format_date(term.until)}"
                found[unit] = [_item(words, "", Verdict.WRONG if over else None)]
        return found


def _of(findings: Mapping[int, Sequence[Finding]], verdict: Verdict) -> dict[int, list[Item]]:
    found = {
        unit: [_item(one.message, rule_words(one.rule), verdict) for one in told if one.verdict is verdict]
        for unit, told in findings.items()
    }
    return {unit: items for unit, items in found.items() if items}


_TITLES = {
    "quy-dinh": ("Chưa đúng quy định", "Nội dung, căn cứ"),
    "khuyet": ("Khuyết chức vụ", "Khuyết"),
    "ket-thuc": ("Cần kết thúc chức vụ", "Chức vụ, vì sao"),
    "het-nhiem-ky": ("Sắp hết nhiệm kỳ", "Nhiệm kỳ"),
    "thieu": ("Chưa đủ dữ liệu để xét", "Còn thiếu"),
}
_NOTHING = {
    "quy-dinh": "Không có cấp ủy nào chưa đúng quy định về số lượng, cơ cấu, nhiệm kỳ.",
    "khuyet": "Không khuyết chức vụ nào phải có, không thiếu so với số lượng đã quyết định.",
    "ket-thuc": "Không có ai còn chức vụ mà đã từ trần, ra khỏi Đảng hay chuyển đi.",
    "het-nhiem-ky": "Không có nhiệm kỳ nào hết trong khoảng này.",
    "thieu": "Sổ đã đủ dữ liệu để xét mọi cấp ủy.",
}


def _below(desk: Desk, day: date, level: str) -> dict[int, UnitCard]:
    ids = Ancestry.objects.filter(on_day(day), ancestor=desk.unit).values_list("descendant_id", flat=True)
    cards = place_cards(ids, day=day)
    if level == "co-so":
        return {pk: card for pk, card in cards.items() if card.kind in GRASSROOTS}
    if level == "chi-bo":
        return {pk: card for pk, card in cards.items() if card.kind == "cell"}
    return cards


@screen("organizations", right="organizations_view")
def board(desk: Desk) -> HttpResponse:
    """Show what is to be looked at in the committees at and below the chosen unit, list by list."""
    form = BoardForm(desk.request.GET)
    form.is_valid()
    data = form.cleaned_data
    day: date = data.get("tai_ngay") or min(desk.period.window.last_day, desk.act.today)
    months = data.get("thang") or "6"
    query = {
        "cap": data.get("cap") or "",
        "tai_ngay": format_date(data["tai_ngay"]) if data.get("tai_ngay") else "",
        "thang": data.get("thang") or "",
    }
    units = _below(desk, day, query["cap"])
    lists = _Lists(units, day, int(months)).all()
    chosen = desk.request.GET.get("xem") or "quy-dinh"
    chosen = chosen if chosen in lists else "quy-dinh"
    everything = desk.request.GET.get("in") == "tat-ca"

    def url(name: str, **more: str) -> str:
        return desk.url("organizations:committees", query={**query, "xem": name, **more})

    found = [
        BoardLine(units[unit].place, desk.url("organizations:committee", units[unit].code), tuple(items))
        for unit, items in lists[chosen].items()
    ]
    lines, pager = _page(desk, found, lambda page: url(chosen, trang=str(page)), everything=everything)
    title, heading = _TITLES[chosen]
    page = Board(
        day=format_date(day),
        chosen=chosen,
        title=title,
        kinds=tuple(
            Link(f"{_TITLES[name][0]} ({format_number(sum(map(len, told.values())))})", url(name), name == chosen)
            for name, told in lists.items()
        ),
        lines=lines,
        nothing=_NOTHING[chosen],
        pager=pager,
        base_url=reverse("organizations:committees"),
        all_url="" if everything or len(lists[chosen]) <= PAGE else url(chosen, **{"in": "tat-ca"}),
        heading=heading,
        sheets=_sheets(desk),
    )
    shown = BoardForm(initial={**query, "tai_ngay": day}) if form.is_valid() else form
    return desk.render("organizations/committees.html", {"page": page, "form": shown}, part="board")


def _sheets(desk: Desk) -> tuple[Link, ...]:
    """The registers behind the page as filled templates, for those who keep them."""
    if not (desk.may("organizations_manage") and desk.may("members_record")):
        return ()
    names = (("Sổ nhiệm kỳ (Excel)", "terms"), ("Sổ chức vụ (Excel)", "offices"))
    return tuple(Link(name, desk.url("sheets:take", key)) for name, key in names)


def _page(
    desk: Desk, lines: list[BoardLine], url: Callable[[int], str], *, everything: bool
) -> tuple[tuple[BoardLine, ...], Pager]:
    size = _ALL if everything else PAGE
    number = desk.request.GET.get("trang") or ""
    pages = max(1, -(-len(lines) // size))
    page = min(max(1, int(number) if number.isdecimal() else 1), pages)
    shown = tuple(lines[(page - 1) * size : page * size])
    words = f"{format_number(len(lines))} tổ chức"
    if pages > 1:
        first = (page - 1) * size + 1
        words = f"Tổ chức thứ {format_number(first)} đến {format_number(first + len(shown) - 1)} trong {words}"
    before, after = (url(page - 1) if page > 1 else ""), (url(page + 1) if page < pages else "")
    return shown, Pager(words, before, after, region="#board")
