"""What the screens of a committee's own report share: opening it, its words, moments, changed words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher

from giaoban.apps.audit.act import HANOI
from giaoban.apps.organizations.permissions import may, require
from giaoban.apps.organizations.queries.chosen import rights_at, unit_cards
from giaoban.apps.reporting.models import OwnReport, Stage
from giaoban.apps.reporting.queries.letterhead import office_facts
from giaoban.apps.reporting.queries.own_report.state import definition_of, find_report, is_still
from giaoban.core.errors import NotFound
from giaoban.core.period import Period
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Link, Sign
from giaoban.writer.definitions import OfficeFacts, PeriodFacts, shipped_names
from giaoban.writer.definitions.model import placeholders
from giaoban.writer.definitions.sentence import fill

BOTH = ("GET", "POST")
# What the program brings along is called by its period alone.
SHIPPED = frozenset(shipped_names())
# Where a line tells of reports of many offices, their own names are not looked up for a title.
_NO_OFFICE = OfficeFacts("", "", "", "", "cấp ủy", "đảng bộ", "ban thường vụ")
DEGREE_MISSING = "Chưa chọn độ mật của văn bản. Hãy chọn rồi tải về."
SECRET = (
    "Văn bản mật trở lên không lập ở đây: hãy soạn trên giấy hoặc trên máy độc lập, ở đây chỉ ghi số, ngày và nơi giữ."
)


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words that stayed («»), came («ins») or went («del»)."""

    kind: str
    text: str


def open_report(desk: Desk, uid: uuid.UUID, *, right: str = "") -> tuple[Desk, OwnReport]:
    """Return a report and the desk with the person's rights at its unit; the chosen unit and period stay chosen.

    Args:
        right: a right that must be held at the report's unit.

    Raises:
        NotFound: outside the scope, also where the unit stood in it neither today nor in the report's period;
            NotAllowed: the right is missing.
    """
    report = find_report(desk.act.user, uid, today=desk.act.today)
    if right:
        require(desk.act, right, [report.unit])
    window = Period.parse(report.period).window
    rights = rights_at(desk.act.user, report.unit, today=desk.act.today, window=window)
    if "figures_view" not in rights:
        raise NotFound("Không tìm thấy báo cáo này trong phạm vi của đồng chí")
    return replace(desk, rights=rights), report


def of_period(desk: Desk, report: OwnReport) -> Desk:
    """Return the desk in the report's own period: names of units and links in its entries are of then."""
    return replace(desk, period=Period.parse(report.period))


def unit_name(desk: Desk, report: OwnReport) -> str:
    """Return what the report's unit is called at the end of its period."""
    day = min(Period.parse(report.period).window.last_day, desk.act.today)
    return unit_cards([report.unit_id], day=day)[report.unit_id].name


def writes(desk: Desk, report: OwnReport) -> bool:
    """Tell whether the person may move the report and write everywhere in it."""
    return may(desk.act.user, "reports_write", report.unit, today=desk.act.today)


def title_of(name: str, period: Period, edition: int = 1) -> str:
    """Return «Báo cáo quý I/2023», with «, bản 2» from the second edition on."""
    words = f"Báo cáo {period.name()}" if name in SHIPPED else f"Báo cáo {name}, {period.name()}"
    return f"{words}, bản {edition}" if edition > 1 else words


def report_title(report: OwnReport) -> str:
    """Return the title of one edition."""
    return title_of(report.name, Period.parse(report.period), report.edition)


def filled_titles(desk: Desk, report: OwnReport) -> dict[str, str]:
    """Return the titles of the report's sections with the period and the office's names in them, by section."""
    words = placeholders(office_facts(report.unit, day=desk.act.today), PeriodFacts(Period.parse(report.period)))
    definition = definition_of(report, day=desk.act.today)
    return {section.id: fill(section.title, words, section.id) for section in definition.sections}


def filled_title(title: str, period: Period) -> str:
    """Return one section's title in a sentence: with the period in it, and not in capitals."""
    # The words of the title become small, not those that are filled in: «quý I/2023».
    words = title.lower() if title.isupper() else title
    said = fill(words, placeholders(_NO_OFFICE, PeriodFacts(period)), title)
    return said[:1].upper() + said[1:]


def stage_sign(report: OwnReport) -> Sign:
    """Return where a report stands in sign and word."""
    stage = Stage(report.stage)
    if stage in (Stage.ISSUED, Stage.SENT):
        return Sign("good", "●", stage.label)
    return Sign(
        "late" if is_still(report) or report.cutoff_id else "off", "◐" if report.cutoff_id else "○", stage.label
    )


def moment(at: datetime) -> str:
    """Return «14:52 05/04/2023»."""
    return f"{at.astimezone(HANOI):%H:%M %d/%m/%Y}"


def tabs(desk: Desk, report: OwnReport, current: str) -> tuple[Link, ...]:
    """Return the pages of a report."""
    pages = [("report", "Công việc"), ("paper", "Trang in")]
    if report.cutoff_id:
        pages.append(("adjustments", "Điều chỉnh sau chốt"))
    if writes(desk, report):
        pages.append(("word", "Tệp Word"))
    pages.append(("editions", "Các bản"))
    return tuple(Link(name, desk.url(f"reporting:{view}", report.uid), view == current) for view, name in pages)


def word_changes(old: str, new: str) -> tuple[WordRun, ...]:
    """Return two texts as one, with what went and what came."""
    mine, theirs = _words(old), _words(new)
    runs: list[WordRun] = []
    for kind, first, last, start, end in SequenceMatcher(a=mine, b=theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(WordRun("", "".join(mine[first:last])))
            continue
        if first < last:
            runs.append(WordRun("del", "".join(mine[first:last])))
        if start < end:
            runs.append(WordRun("ins", "".join(theirs[start:end])))
    return tuple(runs)


def _words(text: str) -> list[str]:
    words: list[str] = []
    for line in text.splitlines(keepends=True):
        parts = line.split(" ")
        words += [f"{part} " for part in parts[:-1]] + [parts[-1]]
    return [word for word in words if word]


def context_of(desk: Desk, report: OwnReport, current: str, more: Mapping[str, object]) -> dict[str, object]:
    """Return what every page of a report shows above its own content."""
    return {
        "title": report_title(report),
        "unit_name": unit_name(desk, report),
        "sign": stage_sign(report),
        "tabs": tabs(desk, report, current),
        "overview_url": desk.url("reporting:overview"),
        **more,
    }


def lines_of(texts: Iterable[str]) -> str:
    """Return lines for a field that holds one thing a line."""
    return "\n".join(texts)
