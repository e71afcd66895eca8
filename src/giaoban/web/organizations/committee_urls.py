"""Addresses of committees, groups and visits; a unit's own code comes first in those that are about one unit."""

from __future__ import annotations

from django.urls import path

from giaoban.web.organizations import (
    committee,
    committee_more,
    committee_recording,
    committees,
    groups,
    visits,
)

routes = [
    path("cap-uy/", committees.board, name="committees"),
    path("cum-khoi/", groups.groups, name="groups"),
    path("cum-khoi/them/", groups.define, name="group_define"),
    path("theo-doi/", visits.visits, name="visits"),
    path("theo-doi/phan-cong/", visits.assign, name="visit_assign"),
    path("theo-doi/<uuid:uid>/", visits.end, name="visit_end"),
    path("<str:code>/cum-khoi/<str:kind>/<str:group>/", groups.place, name="group_place"),
    path("<str:code>/cum-khoi/<str:kind>/<str:group>/ten/", groups.change, name="group_change"),
    path("<str:code>/cap-uy/", committee.committee, name="committee"),
    path("<str:code>/cap-uy/dai-hoi/", committee_recording.congress, name="committee_congress"),
    path("<str:code>/cap-uy/thay-doi/", committee_recording.change, name="committee_change"),
    path("<str:code>/cap-uy/quy-hoach/", committee_recording.note, name="committee_note"),
    path("<str:code>/cap-uy/thoi-giu/", committee_more.end, name="committee_end"),
    path("<str:code>/cap-uy/nhiem-ky/", committee_more.term, name="committee_term"),
    path("<str:code>/cap-uy/quyet-dinh/", committee_more.decision, name="committee_decision"),
    path("<str:code>/cap-uy/<str:register>/<uuid:uid>/", committee_more.correct, name="committee_correct"),
]
