"""The door of the package: runs one finder for each kind of claim over the running text and its footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from giaoban.reader.claims.base.passage import Passage, make_passage
from giaoban.reader.claims.changes.agreement import find_agreements
from giaoban.reader.claims.changes.anniversary import find_anniversaries
from giaoban.reader.claims.changes.compared import find_compared
from giaoban.reader.claims.changes.ends import find_ends
from giaoban.reader.claims.changes.growth import find_growth
from giaoban.reader.claims.changes.left_after import find_left_after
from giaoban.reader.claims.changes.moves import find_moves
from giaoban.reader.claims.changes.parallels import find_parallels
from giaoban.reader.claims.changes.periods import find_periods
from giaoban.reader.claims.changes.raised import find_raised
from giaoban.reader.claims.changes.steps import find_steps
from giaoban.reader.claims.changes.steps_from import find_steps_from
from giaoban.reader.claims.changes.years_apart import find_years_apart
from giaoban.reader.claims.rests.balances import find_balances
from giaoban.reader.claims.rests.complements import find_complements
from giaoban.reader.claims.rests.left_out import find_left_out
from giaoban.reader.claims.rests.parallel_rests import find_parallel_rests
from giaoban.reader.claims.rests.rest_in_words import find_rest_in_words
from giaoban.reader.claims.rests.rolls import find_rolls
from giaoban.reader.claims.shares.averages import find_averages
from giaoban.reader.claims.shares.listed_shares import find_listed_shares
from giaoban.reader.claims.shares.multiplied import find_multiplied
from giaoban.reader.claims.shares.named_totals import find_named_totals
from giaoban.reader.claims.shares.pairs import find_pairs
from giaoban.reader.claims.shares.percent_of import find_percents_of
from giaoban.reader.claims.shares.planned import find_planned
from giaoban.reader.claims.shares.prices import find_prices
from giaoban.reader.claims.shares.ratio import find_ratios
from giaoban.reader.claims.shares.shares import find_shares
from giaoban.reader.claims.shares.shares_apart import find_shares_apart
from giaoban.reader.claims.shares.surplus import find_surplus
from giaoban.reader.claims.sums.bands import find_bands
from giaoban.reader.claims.sums.concluded import find_concluded
from giaoban.reader.claims.sums.divisions import find_divisions
from giaoban.reader.claims.sums.fractions import find_fractions
from giaoban.reader.claims.sums.in_words import find_sums_in_words
from giaoban.reader.claims.sums.kinds import find_kinds
from giaoban.reader.claims.sums.labelled_lists import find_labelled_lists
from giaoban.reader.claims.sums.lines import find_lines
from giaoban.reader.claims.sums.listed import find_listed
from giaoban.reader.claims.sums.lists_apart import find_lists_apart
from giaoban.reader.claims.sums.notes import find_note_claims
from giaoban.reader.claims.sums.runs import find_runs
from giaoban.reader.claims.sums.steps_together import find_steps_together
from giaoban.reader.claims.sums.sums import find_sums
from giaoban.reader.claims.sums.told_as import find_told_as
from giaoban.reader.claims.sums.totals import find_totals
from giaoban.reader.claims.sums.two_nouns import find_two_nouns
from giaoban.reader.claims.tables.columns import find_table_claims
from giaoban.reader.claims.tables.rates import find_table_rates
from giaoban.reader.footnotes import Layout, take_apart
from giaoban.reader.model import Claim

Finder = Callable[[Passage], Iterable[Claim]]

FINDERS: tuple[Finder, ...] = (
    find_ratios,
    find_pairs,
    find_shares,
    find_sums,
    find_fractions,
    find_sums_in_words,
    find_listed,
    find_totals,
    find_ends,
    find_compared,
    find_growth,
    find_steps,
    find_moves,
    find_parallels,
    find_periods,
    find_kinds,
    find_percents_of,
    find_planned,
    find_averages,
    find_prices,
    find_multiplied,
    find_anniversaries,
    find_listed_shares,
    find_named_totals,
    find_divisions,
    find_balances,
    find_complements,
    find_runs,
    find_bands,
    find_shares_apart,
    find_steps_from,
    find_left_after,
    find_lines,
    find_rest_in_words,
    find_lists_apart,
    find_two_nouns,
    find_steps_together,
    find_left_out,
    find_rolls,
    find_parallel_rests,
    find_surplus,
    find_told_as,
    find_years_apart,
    find_raised,
    find_labelled_lists,
    find_concluded,
    # It reads what the others have left.
    find_agreements,
)


def find_claims(text: str, layout: Layout | None = None) -> tuple[Claim, ...]:
    """Return every checkable statement of ``text`` in reading order; offsets point into ``text`` as it is given.

    A caller that has taken the text apart already hands the layout on.
    """
    layout = layout or take_apart(text)
    passages = [make_passage(text, flow) for flow in layout.flows()]
    body, notes = passages[0], tuple(passages[1:])
    found = [claim for passage in passages for finder in FINDERS for claim in finder(passage)]
    found.extend(find_note_claims(layout, body, notes))
    in_tables = list(find_table_claims(text))
    found.extend(in_tables)
    found.extend(find_table_rates(text, {claim.start for claim in in_tables}))
    # Two ways to read one list say the same.
    found = list({(claim.kind, claim.start, claim.values): claim for claim in reversed(found)}.values())
    return tuple(sorted(found, key=lambda claim: (claim.start, claim.end, claim.kind)))
