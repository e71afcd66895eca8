"""Which numbers a report opens into the list of their units: the program's choice, and what an office may choose."""

from __future__ import annotations

from collections.abc import Iterable

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted
from giaoban.figures import Catalogue, Kind, Measure

MISSING = "obligations.missing"
# Numbers of units that a report lists in a footnote («Gồm: (1) Đảng ủy Sở A (bổ sung Phó Bí thư); ...») or, where the
# list is long, in an appendix. The first are about the committee that leads a unit, the others about the unit.
OF_COMMITTEES = (
    "committees.consolidated",
    "committee.working_sessions",
    "members.cards_issued_organizations",
    "members.vetted_organizations",
    "offices.inspection_commissions_planned",
    "offices.inspection_commissions_approved",
)
_OF_UNITS = (
    *(f"organizations.{act}" for act in ("established", "received", "handed_over", "merged", "split", "dissolved")),
    *("organizations.four_goods", "conferences.absent", MISSING),
)
LISTED = (*OF_COMMITTEES, *_OF_UNITS)
# What a number counts where each of its entries is one unit.
_UNITS = ("tổ chức", "chi bộ", "đơn vị", "cấp ủy", "UBKT")
# Who was disciplined or complained of is told as a number only.
_NEVER = ("discipline.", "petitions.")


def may_be_listed(measures: Catalogue, measure: Measure) -> bool:
    """Tell whether the entries of a number are units that a paper may name.

    People are never listed, nor anything of a register that speaks of few people (discipline, decision D11) beyond what
    the program itself lists; of a rate, a programme or a number that units report there are no entries.
    """
    if measure.key in LISTED:
        return True
    is_counted = measure.kind in (Kind.FLOW, Kind.STOCK) and bool(measure.register)
    is_sensitive = any(one.sensitive for one in measures if one.register == measure.register)
    is_told = not is_sensitive and not measure.key.startswith(_NEVER)
    return is_counted and measure.unit in _UNITS and is_told


def check_listed(measures: Catalogue, keys: Iterable[str], where: str) -> None:
    """See that the units behind each of these numbers may be listed.

    Raises:
        InvalidInput: which number cannot, and which can.
    """
    wrong = [measures[key] for key in keys if not may_be_listed(measures, measures[key])]
    if wrong:
        raise InvalidInput(
            f"Không liệt kê được đơn vị của chỉ tiêu {quoted(wrong[0].key)} ({wrong[0].label.lower()})",
            where=where,
            expected="một trong " + ", ".join(one.key for one in measures if may_be_listed(measures, one)),
            hint="Chỉ số đếm đầu đơn vị mới có danh sách; danh sách đảng viên không in trong báo cáo",
        )
