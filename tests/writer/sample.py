"""A quarter of an invented committee, as the figures would give it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from giaoban.core.period import Period
from giaoban.writer.blocks import OfficialDocument, Signature
from giaoban.writer.definitions import Issue, OfficeFacts, PeriodFacts, build, load
from giaoban.writer.sentences import FigureView, ListEntry

OFFICE = OfficeFacts(
    superior="Tỉnh ủy Mẫu Sơn",
    issuer="Đảng ủy Khối các cơ quan\nvà doanh nghiệp tỉnh",
    issuer_code="ĐUK",
    place="Mẫu Sơn",
    committee="Đảng ủy Khối",
    party_body="Đảng bộ Khối",
    standing="Ban Thường vụ Đảng ủy Khối",
    recipients=(
        "Thường trực Tỉnh ủy (để báo cáo)",
        "Các ban Đảng Tỉnh ủy",
        "Các chi, đảng bộ cơ sở trực thuộc",
        "Lưu Văn phòng Đảng ủy",
    ),
    signatures=(Signature(("T/M Ban Thường vụ",), "Phó Bí thư", "Trần Thị Minh Mẫu"),),
)
PERIOD = PeriodFacts(Period.parse("2023-Q1"))
ISSUE = Issue(date(2023, 3, 31), 45)

FIGURES = {
    "organizations.grassroots": FigureView(
        82, previous=62, breakdown={"grassroots_committee": 55, "grassroots_cell": 27}
    ),
    "organizations.established": FigureView(1, previous=0, cumulative=1),
    "organizations.dissolved": FigureView(0, previous=2, cumulative=0),
    "organizations.merged": FigureView(0, previous=0, cumulative=0),
    "organizations.split": FigureView(0, previous=0, cumulative=0),
    "organizations.received": FigureView(0, previous=0, cumulative=0),
    "organizations.handed_over": FigureView(3, previous=0, cumulative=3),
    "organizations.members_handed_over": FigureView(210, previous=0, cumulative=210),
    "organizations.members_received": FigureView(0, previous=0, cumulative=0),
    "committees.consolidated": FigureView(4, previous=3, cumulative=4, growth_percent=33.3),
    "offices.inspection_commissions_planned": FigureView(3, cumulative=3),
    "offices.inspection_commissions_approved": FigureView(1, cumulative=1),
    "offices.appointed": FigureView(9, previous=7, cumulative=9, growth_percent=28.6),
    "members.total": FigureView(6120, previous=5890, breakdown={"official": 5950, "probationary": 170}),
    "members.admitted": FigureView(
        53, previous=33, cumulative=53, target=120, percent_of_target=44.2, growth_percent=60.6
    ),
    "members.recognised": FigureView(116, previous=124, cumulative=116, growth_percent=-6.5),
    "members.cards_issued": FigureView(77, previous=77, cumulative=77, growth_percent=0.0),
    "members.cards_issued_organizations": FigureView(29, cumulative=29),
    "members.transferred": FigureView(
        114, previous=98, cumulative=114, growth_percent=16.3, breakdown={"in": 33, "out": 59, "within": 22}
    ),
    "members.left": FigureView(3, previous=4, cumulative=3, breakdown={"resigned": 1, "struck_off": 2, "expelled": 0}),
    "members.died": FigureView(7, previous=5, cumulative=7, growth_percent=40.0),
    "members.admission_rate": FigureView(0.9, previous=0.6, target=3),
    "discipline.members": FigureView(
        6,
        previous=5,
        cumulative=6,
        growth_percent=20.0,
        breakdown={"reprimand": 5, "warning": 1, "removal": 0, "expulsion": 0},
    ),
}

LISTS = {
    "committees.consolidated": (
        ListEntry("Đảng ủy Sở Công nghiệp nhẹ", "bổ sung Phó Bí thư"),
        ListEntry("Chi ủy Công ty cổ phần Vận tải Mẫu Sơn", "chỉ định Ban Chấp hành"),
        ListEntry("Đảng ủy Bệnh viện Mẫu Sơn", "kiện toàn Bí thư"),
        ListEntry("Đảng ủy Trường Cao đẳng Mẫu Sơn", "kiện toàn Ban Thường vụ"),
    ),
    "offices.inspection_commissions_planned": (
        ListEntry("Đảng ủy Sở Công nghiệp nhẹ"),
        ListEntry("Đảng ủy Bệnh viện Mẫu Sơn"),
        ListEntry("Đảng ủy Trường Cao đẳng Mẫu Sơn"),
    ),
    "offices.inspection_commissions_approved": (ListEntry("Đảng ủy Viễn thông Mẫu Sơn"),),
}

NARRATIVES = {
    "leadership": (
        "Ban Thường vụ Đảng ủy Khối đã ban hành chương trình công tác năm và phân công cấp ủy viên theo dõi cơ sở.\n"
        "- Chỉ đạo các chi, đảng bộ cơ sở xây dựng kế hoạch thực hiện nghị quyết năm.\n"
        "- Làm việc với cấp ủy cơ sở để nắm tình hình và tháo gỡ khó khăn."
    ),
    "strengths": "Các cấp ủy chủ động triển khai nhiệm vụ ngay từ đầu năm.",
    "shortcomings": "Một số cấp ủy gửi báo cáo còn chậm; tạo nguồn phát triển đảng ở doanh nghiệp còn khó khăn.",
    "tasks": "Tiếp tục lãnh đạo thực hiện các chỉ tiêu của nghị quyết năm; đẩy mạnh phát triển đảng viên.",
}


def report(**changes: Any) -> OfficialDocument:
    """Return the quarterly report without appendices; ``changes`` replace arguments of ``build``.

    ``name`` is another definition; with ``appendices`` they are written too.
    """
    arguments: dict[str, Any] = {
        "office": OFFICE,
        "period": PERIOD,
        "issue": ISSUE,
        "lists": LISTS,
        "narratives": NARRATIVES,
    }
    definition = load(changes.pop("name", "quarter"))
    if not changes.pop("appendices", False):
        definition = replace(definition, appendices=())
    # What the sample does not know is not said.
    unknown = dict.fromkeys(definition.measures(), FigureView(None))
    figures = unknown | changes.pop("figures", FIGURES)
    return build(definition, figures, **(arguments | changes))
