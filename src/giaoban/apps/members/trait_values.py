"""The values that dated facts about a member may have: code -> word; a fact that is not here is free text."""

from __future__ import annotations

from giaoban.apps.members.models import Trait

SEX = {"male": "Nam", "female": "Nữ"}
EDUCATION = {
    "none": "Chưa qua đào tạo",
    "elementary": "Sơ cấp",
    "intermediate": "Trung cấp",
    "college": "Cao đẳng",
    "university": "Đại học",
    "master": "Thạc sĩ",
    "doctor": "Tiến sĩ",
}
THEORY = {
    "none": "Chưa qua đào tạo",
    "elementary": "Sơ cấp",
    "intermediate": "Trung cấp",
    "advanced": "Cao cấp",
    "bachelor": "Cử nhân",
}
TRAIT_VALUES: dict[Trait, dict[str, str]] = {Trait.SEX: SEX, Trait.EDUCATION: EDUCATION, Trait.THEORY: THEORY}


def trait_word(trait: str, value: str) -> str:
    """Return a value as people read it."""
    return TRAIT_VALUES.get(Trait(trait), {}).get(value, value)
