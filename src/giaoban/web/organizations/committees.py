"""The committees of a whole subtree: what the rules say, vacancies, offices to be ended, terms that end soon."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from giaoban.apps.members.committee_rules import Verdict
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
class BoardLine:
    """One thing to look at."""

    unit: str
    url: str
    what: str
    more: str
    tone: str = ""
    sign: str = ""


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
    headings: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Lists:
    """What is asked about once for all lists of the page."""

    units: dict[int, UnitCard]
    url: Callable[[UnitCard], str]
    day: date
    months: int

    def line(self, unit: int, what: str, more: str, verdict: Verdict | None = None) -> BoardLine:
        card = self.units[unit]
        sign = SIGNS[verdict] if verdict is not None else None
        return BoardLine(card.place, self.url(card), what, more, sign.tone if sign else "", sign.sign if sign else "")

    def all(self) -> dict[str, list[BoardLine]]:
        held = offices_held(self.units, self.day)
        findings = committee_findings(self.units, self.day, held=held)
        found = {
            verdict: [
                self.line(unit, one.message, rule_words(one.rule), verdict)
                for unit in self._ordered(findings)
                for one in findings[unit]
                if one.verdict is verdict
            ]
            for verdict in (Verdict.WRONG, Verdict.UNKNOWN)
        }
        return {
            "quy-dinh": found[Verdict.WRONG],
            "khuyet": list(self._vacancies()),
            "ket-thuc": [
                self.line(
                    one.held.unit,
                    f"{self._office(one.held.unit, one.held.office)} {one.held.full_name}",
                    one.why,
                )
                for one in sorted(offices_to_end(held, self.day), key=lambda one: self.units[one.held.unit].code)
            ],
            "het-nhiem-ky": list(self._terms()),
            "thieu": found[Verdict.UNKNOWN],
        }

    def _ordered(self, units: Iterable[int]) -> list[int]:
        return sorted(units, key=lambda unit: self.units[unit].code)

    def _office(self, unit: int, office: str) -> str:
        kind = kinds().get(self.units[unit].kind)
        return kind.office_name(Office(office)) if kind else str(Office(office).label)

    def _vacancies(self) -> Iterator[BoardLine]:
        found = vacancies(self.units, self.day)
        for unit in self._ordered(found):
            for one in found[unit]:
                yield self.line(unit, vacancy_words(one), "")

    def _terms(self) -> Iterator[BoardLine]:
        found = terms_ending(self.units, self.day, months=self.months)
        for unit, term in sorted(found.items(), key=lambda item: (item[1].until, self.units[item[0]].code)):
            if term.until is not None:
                over = term.is_over(self.day)
                words = f"{'đã hết' if over else 'hết'} ngày {format_date(term.until)}"
                yield self.line(unit, f"Nhiệm kỳ {term.name}", words, Verdict.WRONG if over else None)


_TITLES = {
    "quy-dinh": ("Chưa đúng quy định", "Nội dung", "Quy định"),
    "khuyet": ("Khuyết chức vụ", "Khuyết", ""),
    "ket-thuc": ("Cần kết thúc chức vụ", "Chức vụ", "Vì sao"),
    "het-nhiem-ky": ("Sắp hết nhiệm kỳ", "Nhiệm kỳ", "Hết"),
    "thieu": ("Chưa đủ dữ liệu để xét", "Còn thiếu", "Quy định"),
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
    lists = _Lists(units, lambda card: desk.url("organizations:committee", card.code), day, int(months)).all()
    chosen = desk.request.GET.get("xem") or "quy-dinh"
    chosen = chosen if chosen in lists else "quy-dinh"
    everything = desk.request.GET.get("in") == "tat-ca"

    def url(name: str, **more: str) -> str:
        return desk.url("organizations:committees", query={**query, "xem": name, **more})

    lines, pager = _page(desk, lists[chosen], lambda page: url(chosen, trang=str(page)), everything=everything)
    title, *headings = _TITLES[chosen]
    page = Board(
        day=format_date(day),
        chosen=chosen,
        title=title,
        kinds=tuple(
            Link(f"{_TITLES[name][0]} ({format_number(len(found))})", url(name), name == chosen)
            for name, found in lists.items()
        ),
        lines=lines,
        nothing=_NOTHING[chosen],
        pager=pager,
        base_url=reverse("organizations:committees"),
        all_url="" if everything or len(lists[chosen]) <= PAGE else url(chosen, **{"in": "tat-ca"}),
        headings=(headings[0], headings[1]),
    )
    shown = BoardForm(initial={**query, "tai_ngay": day}) if form.is_valid() else form
    return desk.render("organizations/committees.html", {"page": page, "form": shown}, part="board")


def _page(
    desk: Desk, lines: list[BoardLine], url: Callable[[int], str], *, everything: bool
) -> tuple[tuple[BoardLine, ...], Pager]:
    size = _ALL if everything else PAGE
    number = desk.request.GET.get("trang") or ""
    pages = max(1, -(-len(lines) // size))
    page = min(max(1, int(number) if number.isdecimal() else 1), pages)
    shown = tuple(lines[(page - 1) * size : page * size])
    words = f"{format_number(len(lines))} dòng"
    if pages > 1:
        first = (page - 1) * size + 1
        words = f"Dòng {format_number(first)} đến {format_number(first + len(shown) - 1)} trong {words}"
    before, after = (url(page - 1) if page > 1 else ""), (url(page + 1) if page < pages else "")
    return shown, Pager(words, before, after, region="#board")
