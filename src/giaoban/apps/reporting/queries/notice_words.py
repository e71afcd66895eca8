"""The paragraphs of a briefing notice, from figures, lists, conclusions and the office's own words; no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from giaoban.apps.obligations.duties import DutyStatus
from giaoban.apps.reporting.queries.notice_lists import ListedUnit, NoticeList
from giaoban.core.numbers_vi import format_count
from giaoban.writer.blocks import Appendix, Block, Heading, Inline, ListItem, Number, Paragraph, Role, Text
from giaoban.writer.definitions import OfficeFacts, PeriodFacts
from giaoban.writer.printed import written_day
from giaoban.writer.sentences import Context, Count, Rate, Sentence, Show

_S = DutyStatus
_SAID: tuple[Sentence, ...] = (
    Count("members.admitted", "kết nạp", "đảng viên", subject="toàn Đảng bộ", counter="đồng chí", plan="chỉ tiêu năm"),
    Count("members.recognised", "công nhận chính thức", "đảng viên", counter="đồng chí", show=Show.POSITIVE),
    Count("meetings.held", "tổ chức", "kỳ sinh hoạt", subject="các chi bộ", compare=False, show=Show.POSITIVE),
    Count("meetings.thematic", "có", "kỳ sinh hoạt chuyên đề", compare=False, show=Show.POSITIVE),
    Rate("meetings.attendance", "tỷ lệ đảng viên dự sinh hoạt", compare=False),
    Count(
        "conferences.attendance",
        "cử",
        "lượt đại biểu dự hội nghị",
        subject="các đơn vị",
        compare=False,
        show=Show.POSITIVE,
    ),
)
_GRASSROOTS = "organizations.grassroots"
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
FIGURES = (_GRASSROOTS, *dict.fromkeys(key for sentence in _SAID for key in sentence.measures()))


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the notice is written from; ``conclusions`` are words, who is to do it, and the last day (or None)."""

    office: OfficeFacts
    period: PeriodFacts
    context: Context
    title: str
    first_day: date
    last_day: date
    by_clusters: bool
    conclusions: tuple[tuple[str, str, date | None], ...]
    lists: tuple[NoticeList, ...]
    texts: Mapping[str, str]

    def lines(self, slot: str) -> list[str]:
        """Return the lines that were typed into a slot."""
        return [line.strip() for line in self.texts.get(slot, "").splitlines() if line.strip()]


def opening(facts: NoticeFacts) -> list[Block]:
    """Return the paragraph that says which conference it was and who was there."""
    office, grassroots = facts.office, facts.context.figure(_GRASSROOTS).value
    units: tuple[Inline, ...] = (Text("các chi, đảng bộ cơ sở trực thuộc"),)
    if grassroots is not None:
        number = Number(format_count(int(grassroots)), _GRASSROOTS, grassroots, "tổ chức", facts.context.period)
        units = (number, Text(" chi, đảng bộ cơ sở trực thuộc"))
    return [
        Paragraph(
            (
                Text(f"{_when(facts.first_day, facts.last_day)}, {office.standing} tổ chức {facts.title} với "),
                *units,
                Text(
                    f"{' (theo cụm)' if facts.by_clusters else ''}. Sau khi nghe báo cáo tổng hợp và các ý kiến phát "
                    f"biểu tại Hội nghị, Thường trực {office.committee} kết luận như sau:"
                ),
            )
        )
    ]


def _when(first: date, last: date) -> str:
    if first == last:
        return f"Ngày {written_day(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"Từ ngày {first.day:02} đến ngày {written_day(last)}"
    return f"Từ ngày {written_day(first)} đến ngày {written_day(last)}"


def assessment(facts: NoticeFacts) -> list[Block]:
    """Return the first section: the office's own words, then the figures of the period."""
    blocks: list[Block] = [Heading(2, "1.", f"Đánh giá tình hình công tác {facts.period.period.name()}")]
    blocks += [Paragraph((Text(line),)) for line in facts.lines("assessment")]
    said: list[Inline] = []
    for sentence in _SAID:
        line = sentence.write(facts.context)
        if line is not None:
            said += [Text(" "), *line] if said else line
    return [*blocks, Paragraph(tuple(said))] if said else blocks


def shortcomings(facts: NoticeFacts) -> list[Block]:
    """Return what is not yet done: a sentence for each list, then what the office adds."""
    said: list[tuple[Inline, ...]] = [_sentence(one, facts.context.period) for one in facts.lists]
    said += [(Text(line.rstrip(".;")),) for line in facts.lines("shortcomings")]
    if not said:
        return []
    after = " (có phụ lục kèm theo)" if facts.lists else ""
    items = [
        ListItem((*line, Text("." if place == len(said) else ";")), f"({place})")
        for place, line in enumerate(said, start=1)
    ]
    return [Paragraph((Text(f"Bên cạnh những kết quả đạt được, còn những hạn chế sau{after}:"),)), *items]


def _sentence(one: NoticeList, period: str) -> tuple[Inline, ...]:
    said = _Numbers(one, period)
    units: tuple[Inline, ...] = (Text("Có "), said.number(len(one.units)), Text("/"), said.asked())
    match one.kind:
        case "paper":
            return (*units, Text(f" cấp ủy cơ sở chưa gửi {_small(one.title)}"))
        case "report":
            parts = said.parts(
                ("gửi chậm", one.count(_S.LATE)),
                ("phải bổ sung", one.count(_S.INSUFFICIENT, _S.PARTIAL)),
                ("chưa gửi", one.count(_S.MISSING)),
            )
            return (*units, Text(f" đơn vị thực hiện {_small(one.title)} chưa đảm bảo quy định"), *parts)
        case "delegates":
            parts = said.parts(
                ("có lý do", one.count(_S.EXCUSED)), ("không có lý do", one.count(_S.MISSING, _S.PARTIAL))
            )
            return (*units, Text(" đơn vị không cử thành phần dự Hội nghị"), *parts)
        case "schedule":
            what = "chưa đăng ký lịch sinh hoạt"
        case _:
            what = f"chưa thực hiện {_small(one.title)}"
    undone = said.number(one.undone)
    return (*units, Text(" đơn vị còn tổ chức đảng "), Text(f"{what} ("), undone, Text(" tổ chức)"))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Makes the numbers of one list: they are counts of the board, named by the duty's code."""

    one: NoticeList
    period: str

    def number(self, value: int, *, part: str = "") -> Number:
        role = Role.PART if part else Role.VALUE
        return Number(format_count(value), self._key, value, "tổ chức", self.period, role, part)

    def asked(self, value: int | None = None, *, part: str = "") -> Number:
        number = self.one.asked if value is None else value
        return Number(format_count(number), self._key, number, "tổ chức", self.period, Role.EXPECTED, part)

    def parts(self, *parts: tuple[str, int]) -> tuple[Inline, ...]:
        """Return « (gửi chậm 05, chưa gửi 06)»; nothing where all belong to one part that says it already."""
        told: list[Inline] = []
        for words, value in parts:
            if value:
                told += [Text(", " if told else " ("), Text(f"{words} "), self.number(value, part=words)]
        return (*told, Text(")")) if told else ()

    @property
    def _key(self) -> str:
        return f"board:{self.one.obligation}"


def tasks(facts: NoticeFacts) -> list[Block]:
    """Return the second section: the conclusions of the conference, then what the office adds."""
    lines = facts.lines("remarks")
    if not facts.conclusions and not lines:
        return []
    blocks: list[Block] = [Heading(2, "2.", f"Một số nhiệm vụ trọng tâm {facts.period.next.name()}")]
    blocks += [Paragraph((Text(line),)) for line in lines]
    if not facts.conclusions:
        return blocks
    blocks.append(
        Paragraph((Text(f"Thường trực {facts.office.committee} yêu cầu tập trung thực hiện các nội dung sau:"),))
    )
    for place, (text, owner, due) in enumerate(facts.conclusions, start=1):
        until = f"hạn {written_day(due)}" if due is not None else ""
        who = "; ".join(part for part in (_small(owner), until) if part)
        blocks.append(ListItem((Text(f"{text.rstrip('.')}{f' ({who})' if who else ''}."),), f"2.{place}-"))
    return blocks


def appendix(facts: NoticeFacts) -> tuple[Appendix, ...]:
    """Return the appendix with the lists; none where there is no list."""
    if not facts.lists:
        return ()
    blocks: list[Block] = []
    for place, one in enumerate(facts.lists, start=1):
        # Letters of their own: an appendix that began again with «1.» would repeat the numbers of the notice.
        blocks.append(Heading(1, f"{'X' * (place // 10)}{_ONES[place % 10]}-", _heading(one)))
        last = len(one.units) - 1
        blocks += [
            ListItem((*_listed(one, unit, facts.context.period), Text("." if at == last else ",")))
            for at, unit in enumerate(one.units)
        ]
    return (Appendix("", "Danh sách đơn vị kèm theo", tuple(blocks)),)


def _heading(one: NoticeList) -> str:
    match one.kind:
        case "paper":
            return f"Cấp ủy cơ sở chưa gửi {_small(one.title)}"
        case "report":
            return f"Đơn vị thực hiện {_small(one.title)} chưa đảm bảo quy định"
        case "schedule":
            return "Đơn vị còn tổ chức đảng trực thuộc chưa đăng ký lịch sinh hoạt"
        case "delegates":
            return "Đơn vị không cử thành phần dự Hội nghị giao ban"
        case _:
            return f"Đơn vị còn tổ chức đảng chưa thực hiện {_small(one.title)}"


def _listed(one: NoticeList, unit: ListedUnit, period: str) -> Iterable[Inline]:
    said = _Numbers(one, period)
    if one.kind in ("schedule", "other"):
        what = "không đăng ký" if one.kind == "schedule" else "chưa thực hiện"
        undone, asked = said.number(unit.undone, part=unit.code), said.asked(unit.expected, part=unit.code)
        return (Text(f"{unit.name} (có "), undone, Text("/"), asked, Text(f" tổ chức đảng {what})"))
    if one.kind == "delegates":
        reason = "có lý do" if unit.status == _S.EXCUSED else "không có lý do"
        return (Text(f"{unit.name} ({reason})"),)
    return (Text(unit.name),)


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
