"""Makes the safe fixes that findings carry: signs and blanks, never a digit, never a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from giaoban.checker.base import Applicability, Finding, Fix, Rule
from giaoban.checker.check import check_with_suppressions
from giaoban.checker.suppressions import Suppression
from giaoban.reader import read_text

# One fix may uncover another; what is not settled by then is left to a person.
MOST_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Made:
    """One fix that was made: the finding (its line is that of the text at that moment), the words before and after."""

    finding: Finding
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text with its safe fixes made, and which they were."""

    text: str
    made: tuple[Made, ...]


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file with its safe fixes made, the text that is read in it now, and which fixes they were."""

    data: bytes
    text: str
    made: tuple[Made, ...]


def safe_fixes(findings: Iterable[Finding]) -> tuple[tuple[Finding, Fix], ...]:
    """Return the safe fixes that do not touch each other, in reading order; of two that do, the first."""
    chosen: list[tuple[Finding, Fix]] = []
    offers = [(finding, finding.fix) for finding in findings if finding.fix is not None]
    for finding, fix in sorted(offers, key=lambda offer: (offer[1].start, offer[1].end)):
        is_apart = not chosen or chosen[-1][1].end < fix.start
        if fix.applicability is Applicability.SAFE and is_apart:
            chosen.append((finding, fix))
    return tuple(chosen)


def apply_fixes(text: str, fixes: Sequence[Fix]) -> str:
    """Return a text with fixes made, which stand in reading order and apart; everything else stays as it is."""
    parts: list[str] = []
    done = 0
    for fix in fixes:
        parts += [text[done : fix.start], fix.replacement]
        done = fix.end
    return "".join([*parts, text[done:]])


def fix_text(
    text: str, rules: Sequence[Rule] | None = None, suppressions: Sequence[Suppression] = (), *, name: str = ""
) -> Fixed:
    """Make the safe fixes of a text until none is left; what is suppressed stays."""
    done: list[Made] = []
    for _ in range(MOST_ROUNDS):
        found = safe_fixes(check_with_suppressions(read_text(text, name=name), rules, suppressions).findings)
        if not found:
            break
        after = apply_fixes(text, [fix for _, fix in found])
        done += [made(text, finding, fix) for finding, fix in found]
        text = after
    return Fixed(text, tuple(done))


def made(text: str, finding: Finding, fix: Fix) -> Made:
    """Return a fix as it is shown: with the words of its finding around it."""
    start, end = min(finding.start, fix.start), max(finding.end, fix.end)
    before = text[start:end]
    return Made(finding, before, before[: fix.start - start] + fix.replacement + before[fix.end - start :])
