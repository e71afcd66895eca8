"""The committee of one unit: term, people in protocol order, what the rules say, vacancies, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse

from giaoban.apps.audit.act import day_of
from giaoban.apps.members.committee_rules import Finding, Verdict
from giaoban.apps.members.queries.committee_findings import Asked, committee_findings
from giaoban.apps.members.queries.committee_people import (
    CommitteeMember,
    CommitteeStory,
    committee_people,
    committee_story,
)
from giaoban.apps.members.queries.office_holders import HeldOffice, offices_held
from giaoban.apps.members.queries.vacancies import Vacancy, vacancies
from giaoban.apps.organizations.kinds import Kind
from giaoban.apps.organizations.models import OPEN_END, TermEvent, Unit
from giaoban.apps.organizations.queries.chosen import find_unit, rights_at, unit_cards
from giaoban.apps.organizations.queries.outline import way_up
from giaoban.apps.organizations.queries.standing import KindSpans, kind_on, kind_spans
from giaoban.apps.organizations.queries.terms import terms_on
from giaoban.apps.organizations.rules import RuleValue
from giaoban.apps.organizations.terms import Term
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign

SIGNS = {
    Verdict.WRONG: Sign("bad", "✕", "chưa đúng quy định"),
    Verdict.UNKNOWN: Sign("late", "◐", "chưa đủ dữ liệu"),
}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What a rule says, and which rule it was."""

    sign: Sign
    message: str
    rule: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the committee."""

    offices: str
    name: str
    url: str
    since: str
    how: str
    decision: str
    why_end: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """What happened on one day."""

    day: str
    iso: str
    sentence: str
    decision: str
    who: str
    changes: tuple[Link, ...]
    correct_url: str


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """The page."""

    name: str
    kind: str
    body: str
    day: str
    way: tuple[Link, ...]
    term: tuple[tuple[str, str], ...]
    findings: tuple[FindingLine, ...]
    vacancies: tuple[str, ...]
    committee: tuple[PersonLine, ...]
    inspection: tuple[PersonLine, ...]
    to_end: str
    end_url: str
    story: tuple[StoryLine, ...]
    actions: tuple[Link, ...]
    has_inspection: bool


def rule_words(rule: RuleValue | None) -> str:
    """Write a rule so that it can be looked up: source, who set it, from when."""
    if rule is None:
        return ""
    owner = f"{rule.owner} đặt từ ngày {format_date(rule.valid_from)}" if rule.owner else "mặc định"
    doubt = "" if rule.confirmed or rule.owner else ", chưa đối chiếu văn bản"
    return f"Căn cứ: {rule.source or 'không ghi'} ({owner}{doubt})"


def finding_line(finding: Finding) -> FindingLine:
    """Show a finding with its rule."""
    return FindingLine(SIGNS[finding.verdict], finding.message, rule_words(finding.rule))


def vacancy_words(one: Vacancy) -> str:
    """Write a vacancy: «Khuyết Bí thư từ ngày 01/03/2023»."""
    what = f"Khuyết {one.name}" if one.missing == 1 else f"Khuyết {one.missing} {one.name}"
    if one.held_before:
        return f"{what} từ ngày {format_date(one.since)}"
    return f"{what}: chưa ghi ai giữ kể từ ngày {format_date(one.since)}"


def term_facts(term: Term | None, day: date) -> tuple[tuple[str, str], ...]:
    """Write a term in pairs of name and value."""
    if term is None:
        return ()
    facts = [("Nhiệm kỳ", term.name), (_began(term), format_date(term.start))]
    if term.until is not None:
        over = " (đã hết)" if term.is_over(day) else ""
        facts.append(("Đến hết ngày", f"{format_date(term.until)}{over}"))
    if term.end != OPEN_END:
        facts.append(("Kết thúc ngày", format_date(term.end)))
    sizes = term.sizes
    for label, size in (
        ("Cấp ủy viên", sizes.committee),
        ("Ủy viên ban thường vụ", sizes.standing),
        ("Ủy viên ủy ban kiểm tra", sizes.inspection),
    ):
        if size is not None:
            facts.append((f"{label} đã quyết định", str(size)))
    return tuple(facts)


def _began(term: Term) -> str:
    return {TermEvent.CONGRESS: "Đại hội ngày", TermEvent.APPOINTED: "Chỉ định lâm thời ngày"}.get(
        TermEvent(term.kind), "Theo dõi từ ngày"
    )


def _body(kind: Kind | None) -> str:
    """What the committee is called in a unit of this kind."""
    if kind is not None and kind.members:
        return "Chi ủy"
    return "Ban chấp hành" if kind is not None and kind.term else "Tổ trưởng, tổ phó"


def _person(desk: Desk, one: CommitteeMember, opens: bool) -> PersonLine:
    return PersonLine(
        ", ".join(one.office_names),
        one.full_name,
        desk.url("members:member", one.member_uid) if opens else "",
        format_date(one.since),
        one.how,
        one.decision,
        one.why_end,
    )


def _story(desk: Desk, code: str, story: CommitteeStory, manages: bool) -> StoryLine:
    def correct(register: str, uid: object) -> str:
        return desk.url("organizations:committee_correct", code, register, uid) if manages else ""

    return StoryLine(
        format_date(story.day),
        story.day.isoformat(),
        story.sentence,
        story.decision,
        f"{story.recorded_by} ghi ngày {day_of(story.recorded_at):%d/%m/%Y}",
        tuple(Link(change.words, correct("chuc-vu", change.uid)) for change in story.changes),
        correct(story.register, story.uid) if story.register else "",
    )


def _actions(desk: Desk, code: str) -> tuple[Link, ...]:
    return tuple(
        Link(name, desk.url(f"organizations:committee_{view}", code, query=query))
        for name, view, query in (
            ("Thay đổi, kiện toàn", "change", {}),
            ("Đại hội, chỉ định cấp ủy", "congress", {}),
            ("Chuẩn y kết quả bầu cử", "change", {"chuan-y": "1"}),
            ("Thôi giữ chức vụ", "end", {}),
            ("Nhiệm kỳ", "term", {}),
            ("Quy hoạch, tín nhiệm", "note", {}),
            ("Quyết định khác", "decision", {}),
        )
    )


@dataclass(frozen=True, slots=True)
class CommitteeBrief:
    """The committee on the page of its unit: the term, how much is to be looked at, the way to its own page."""

    url: str
    term: str
    wrong: str


def committee_brief(
    desk: Desk, unit: Unit, day: date, *, held: Sequence[HeldOffice], spans: KindSpans
) -> CommitteeBrief:
    """Return what the page of a unit says of its committee, whose offices and kinds the caller has asked for."""
    terms = terms_on([unit.pk], day)
    running = terms.get(unit.pk)
    words = ""
    if running is not None:
        until = f", đến hết ngày {format_date(running.until)}" if running.until is not None else ""
        words = f"Nhiệm kỳ {running.name}{until}"
    found = committee_findings([unit.pk], day, held=held, asked=Asked(spans, terms)).get(unit.pk, ())
    wrong = sum(one.verdict is Verdict.WRONG for one in found)
    return CommitteeBrief(desk.url("organizations:committee", unit.code), words, format_number(wrong) if wrong else "")


@screen("organizations", right="organizations_view")
def committee(desk: Desk, code: str) -> HttpResponse:
    """Show the committee of a unit on the day of the period."""
    act = desk.act
    day = min(desk.period.window.last_day, act.today)
    found = find_unit(act.user, code, today=act.today)
    rights = rights_at(act.user, found, today=act.today, window=desk.period.window)
    spans = kind_spans([found.pk])
    kind = kind_on(spans[found.pk], day)
    card = unit_cards([found.pk], day=day)[found.pk]
    held = offices_held([found.pk], day, spans=spans)
    people = committee_people(found, kind, held, day) if kind is not None else None
    terms = terms_on([found.pk], day)
    opens, manages = "members_view" in rights, "organizations_manage" in rights
    lines = tuple(_person(desk, one, opens) for one in (*people.committee, *people.inspection)) if people else ()
    leaders = len(people.committee) if people else 0
    page = CommitteePage(
        name=card.name,
        kind=card.kind_label,
        body=_body(kind),
        day=format_date(day),
        way=tuple(
            Link(one.short_name or one.name, desk.url("organizations:unit", one.code), one.pk == found.pk)
            for one in way_up(act.user, found, day=day, today=act.today)
        ),
        term=term_facts(terms.get(found.pk), day),
        findings=tuple(
            finding_line(one)
            for one in committee_findings([found.pk], day, held=held, asked=Asked(spans, terms)).get(found.pk, ())
        ),
        vacancies=tuple(vacancy_words(one) for one in vacancies([found.pk], day).get(found.pk, ())),
        committee=lines[:leaders],
        inspection=lines[leaders:],
        to_end=format_number(ends) if (ends := sum(bool(line.why_end) for line in lines)) else "",
        end_url=desk.url("organizations:committee_end", code) if manages else "",
        story=tuple(_story(desk, code, one, manages) for one in committee_story(found, kind)),
        actions=_actions(desk, code) if manages else (),
        has_inspection=kind is not None and "inspection_chair" in kind.offices,
    )
    return desk.render("organizations/committee.html", {"page": page})
