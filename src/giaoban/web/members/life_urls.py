"""Addresses of what is recorded of a member's life, and of the lists beside it."""

from __future__ import annotations

from django.urls import path

from giaoban.web.members import (
    absences,
    badge_round,
    cards,
    corrections,
    honours,
    leaving,
    opinions,
    ratings,
    transfers,
)

life_patterns = [
    path("huy-hieu/", badge_round.forecast, name="badges"),
    path("khen-to-chuc/", honours.commend_unit, name="commend_unit"),
    path("xep-loai/", ratings.cell_sheet, name="ratings"),
    path("xep-loai-to-chuc/", ratings.unit_sheet, name="unit_ratings"),
    path("tiep-nhan-tu-ngoai/", transfers.arrive, name="arrive"),
    path("dang-chuyen/", transfers.waiting, name="on_the_way"),
    path("dang-chuyen/<uuid:uid>/", transfers.accept, name="accept"),
    path("dang-chuyen/<uuid:uid>/noi-khac/", transfers.hand_in_elsewhere, name="hand_in"),
    path("dang-chuyen/<uuid:uid>/rut/", transfers.withdraw, name="withdraw"),
    path("lan-ghi/<slug:register>/<uuid:uid>/", corrections.correct_in, name="correct_in"),
    path("<uuid:uid>/chuyen-sinh-hoat/", transfers.transfer, name="transfer"),
    path("<uuid:uid>/het-tam-thoi/", transfers.end_stay, name="end_stay"),
    path("<uuid:uid>/di-xa/", absences.away, name="away"),
    path("<uuid:uid>/mien-sinh-hoat/", absences.exempt, name="exempt"),
    path("<uuid:uid>/phat-the/", cards.issue, name="issue_card"),
    path("<uuid:uid>/cap-lai-the/", cards.reissue, name="reissue_card"),
    path("<uuid:uid>/khen-thuong/", honours.commend, name="commend"),
    path("<uuid:uid>/huy-hieu/", honours.badge, name="badge"),
    path("<uuid:uid>/ket-luan/", opinions.vet, name="vet"),
    path("<uuid:uid>/tu-cach/", opinions.opinion, name="opinion"),
    path("<uuid:uid>/ra-khoi-dang/", leaving.leave, name="leave"),
    path("<uuid:uid>/tu-tran/", leaving.death, name="death"),
    path("<uuid:uid>/khoi-phuc/", leaving.restore, name="restore"),
]
