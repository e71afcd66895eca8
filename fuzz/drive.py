"""Lets hypothesis draw inputs by the thousand, always the same ones for a seed."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from fuzz.files import broken_pdf_files, files
from fuzz.mutations import mutated_texts
from fuzz.samples import Sample
from fuzz.texts import official_texts

TARGETS: dict[str, st.SearchStrategy[Sample]] = {
    "texts": official_texts(),
    "mutations": mutated_texts(),
    "files": files(),
    "broken-pdf": broken_pdf_files(),
}
# What hypothesis remembers of its inputs grows; after so many it begins anew with the next seed.
ROUND = 2_000


def drive(
    strategy: st.SearchStrategy[Sample],
    inputs: int,
    first_seed: int,
    take: Callable[[Sample], None],
    first_round: int = 0,
) -> None:
    """Draw at least so many inputs and hand each of them on.

    Args:
        strategy: what to draw from.
        inputs: how many.
        first_seed: of the first round; the next round has the next one.
        take: gets each input.
        first_round: where in the seed's rounds to begin.
    """
    done = 0

    def handed_on(sample: Sample) -> None:
        nonlocal done
        done += 1
        take(sample)

    round_ = first_round
    while done < inputs:
        test = settings(
            max_examples=min(ROUND, inputs - done),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(given(strategy)(handed_on))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            seed(first_seed * 1_000_003 + round_)(test)()
        round_ += 1
