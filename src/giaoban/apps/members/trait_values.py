"""The values that dated facts about a member may have: code -> word; a fact that is not here is free text."""

from __future__ import annotations

from giaoban.apps.members.levels import EDUCATION, THEORY
from giaoban.apps.members.models import Trait

__all__ = ["EDUCATION", "SEX", "THEORY", "TRAIT_VALUES", "trait_word"]

SEX = {"male": "Nam", "female": "Nữ"}
TRAIT_VALUES: dict[Trait, dict[str, str]] = {Trait.SEX: SEX, Trait.EDUCATION: EDUCATION, Trait.THEORY: THEORY}


def trait_word(trait: str, value: str) -> str:
    """Return a value as people read it."""
    return TRAIT_VALUES.get(Trait(trait), {}).get(value, value)
