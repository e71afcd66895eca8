"""Invented English court opinions with citations about as dense as in published ones: what eyecite is made for."""

from __future__ import annotations

import random

_SEED = 20230331
_PARTIES = (
    "Alder", "Bancroft", "Calloway", "Dunmore", "Easterly", "Farrow", "Garland", "Hollis", "Ingram", "Jessup",
    "Kettering", "Lowell", "Marchetti", "Norwood", "Oakes", "Pemberton", "Quimby", "Ramsey", "Sandoval", "Thornton",
    "Underhill", "Vasquez", "Whitlock", "Yarborough", "Zeller",
)  # fmt: skip
_REPORTERS = ("U.S.", "S. Ct.", "F.2d", "F.3d", "F. Supp. 2d", "F. Supp. 3d", "N.E.2d", "P.3d", "A.2d", "So. 2d")
_COURTS = ("2d Cir. ", "9th Cir. ", "D. Mass. ", "S.D.N.Y. ", "5th Cir. ", "")
_PROSE = (
    "The district court granted the motion, finding that the complaint did not plead facts from which a reasonable jury"
    " could conclude that the {noun} had been aware of the {thing} before the {event}.",
    "We review the denial of a preliminary injunction for abuse of discretion, examining legal conclusions de novo and"
    " findings of fact for clear error.",
    "Counsel for {party} argued at the hearing that the {thing} was never delivered, and that the {noun} therefore had"
    " no occasion to object within the period that the agreement allows.",
    "That reading would deprive the second clause of any effect, and we do not lightly assume that the drafters meant"
    " the {thing} to be surplus.",
    "The record shows that on the morning of the {event} the {noun} met with two officers, signed the {thing}, and left"
    " the building without speaking to {party} or to anyone else.",
    "Nothing in the text of the statute suggests that the legislature intended so broad a result, and the committee's"
    " report points the other way.",
    "Because the {noun} failed to raise the question below, we consider it forfeited; in any event the {thing} would"
    " not have changed the outcome of the {event}.",
    "The parties agree on little, but they agree that the {thing} was in force when the {event} took place in the"
    " spring of {year}.",
    "Reasonable minds may differ about the weight that such testimony deserves, and for that reason the matter belongs"
    " to the finder of fact.",
    "It follows that {party} may recover only what the {thing} itself provides, less the amounts already paid to the"
    " {noun} between {year} and the {event}.",
)
_NOUNS = ("petitioner", "trustee", "insurer", "carrier", "tenant", "appellee", "contractor", "guardian", "supplier")
_THINGS = ("notice", "covenant", "warranty", "deed", "policy", "invoice", "schedule", "waiver", "amendment", "lease")
_EVENTS = ("closing", "accident", "inspection", "arrest", "auction", "merger", "audit", "flood", "transfer", "vote")
# Sentences without a citation between two with one.
_APART = (1, 4)


def invented_opinion(characters: int) -> str:
    """Return an opinion of so many characters with a citation for some 440: full, short, by «Id.», «supra», statute."""
    chance = random.Random(_SEED)
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        sentences: list[str] = []
        for _ in range(chance.randint(2, 4)):
            sentences += [_prose(chance) for _ in range(chance.randint(*_APART))]
            sentences.append(_citing(chance))
        paragraphs.append(" ".join(sentences))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:characters]


def _prose(chance: random.Random) -> str:
    return chance.choice(_PROSE).format(
        noun=chance.choice(_NOUNS),
        thing=chance.choice(_THINGS),
        event=chance.choice(_EVENTS),
        party=chance.choice(_PARTIES),
        year=chance.randint(1950, 2020),
    )


def _citing(chance: random.Random) -> str:
    first, second = chance.sample(_PARTIES, 2)
    volume, page = chance.randint(1, 600), chance.randint(1, 1500)
    reporter, year = chance.choice(_REPORTERS), chance.randint(1950, 2020)
    court = chance.choice(_COURTS)
    shown = chance.random()
    if shown < 0.5:
        return f"See {first} v. {second}, {volume} {reporter} {page}, {page + 3} ({court}{year})."
    if shown < 0.65:
        return f"{first}, {volume} {reporter} at {page}."
    if shown < 0.8:
        return f"Id. at {page}."
    if shown < 0.9:
        return f"{first}, supra, at {page}."
    return f"The claim arises under {chance.randint(1, 54)} U.S.C. § {chance.randint(100, 9000)}."
