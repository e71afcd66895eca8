"""What the rules of this family share: each looks at the claims of one kind that the reader has judged false."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from giaoban.checker.base import Draft, Subject
from giaoban.reader.model import Claim, ClaimKind


def false_claims(kind: ClaimKind, suggest: Callable[[Claim], str]) -> Callable[[Subject], Iterable[Draft]]:
    """Return a rule's function: the claims of a kind that do not hold, with the sentence that the reader made."""

    def find(subject: Subject) -> Iterator[Draft]:
        for claim in subject.document.claims:
            if claim.kind is kind and claim.holds is False:
                yield Draft(claim.start, claim.end, claim.explain, suggest(claim))

    return find
