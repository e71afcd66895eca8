"""Reads and checks one document and counts what it got right: one function for each kind of label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from corpus.labels import Label, Labelled
from corpus.match import Span, covers, likeness, overlap, pair, plain, shown
from corpus.tally import Miss, Tallies
from giaoban.checker.base import Finding
from giaoban.reader.model import Citation, Claim, Document, Repair, Target, Task

_NUMBERED = ("party", "state", "standard")
# How much of a quote a task must share: its extent is a matter of taste.
_TASK_SHARE = 0.5
_NAME_LIKENESS = 0.45
_UNLABELLED = "nothing"


def judge(labelled: Labelled, document: Document, findings: Sequence[Finding]) -> Tallies:
    """Return the tallies of one document."""
    tallies = Tallies()
    for each in (_citations, _claims, _targets, _tasks, _repairs):
        each(labelled, document, tallies)
    judge_sections(labelled, document, tallies)
    judge_header(labelled, document, tallies)
    judge_findings(labelled, findings, tallies)
    return tallies


def _miss(labelled: Labelled, quote: str, expected: object, got: object) -> Miss:
    return Miss(labelled.name, shown(quote), str(expected), shown(str(got)))


def _at(labelled: Labelled, spot: Span) -> str:
    return labelled.text[spot.start : spot.end]


def _near(labels: Sequence[Label], spot: Span) -> bool:
    return any(label.debatable and overlap(label, spot) for label in labels)


def _citations(labelled: Labelled, document: Document, tallies: Tallies) -> None:
    labels = labelled.labels("citations")

    def score(label: Label, found: Citation) -> float:
        if label["kind"] in _NUMBERED:
            return covers(found, label) if found.kind.value in _NUMBERED else 0.0
        value = likeness(label, found)
        return value if found.kind.value not in _NUMBERED and value > _NAME_LIKENESS else 0.0

    result = pair(labels, document.citations, score)
    for label, found in result.pairs:
        if label.debatable:
            continue
        key = f"citations.{label['kind']}"
        if found.kind.value != label["kind"]:
            tallies[key].missed.append(_miss(labelled, label.quote, label["kind"], f"kind {found.kind.value}"))
            tallies[f"citations.{found.kind.value}"].alarms.append(
                _miss(labelled, label.quote, label["kind"], f"kind {found.kind.value}")
            )
            continue
        tallies[key].hits += 1
        _citation_parts(labelled, document, label, found, tallies)
    for label in result.missed:
        if not label.debatable:
            near = [f"{c.kind.value} «{c.text}»" for c in document.citations if overlap(c, label)]
            tallies[f"citations.{label['kind']}"].missed.append(
                _miss(labelled, label.quote, label["kind"], ", ".join(near) or _UNLABELLED)
            )
    if "citations" not in labelled.partial:
        for found in result.extra:
            if not _near(labels, found):
                tallies[f"citations.{found.kind.value}"].alarms.append(
                    _miss(labelled, found.text, "no citation", f"{found.kind.value} {found.symbol or ''}")
                )


def _citation_parts(labelled: Labelled, document: Document, label: Label, found: Citation, tallies: Tallies) -> None:
    name = labelled.name
    if label["kind"] in _NUMBERED:
        expected = label["symbol"] or "".join(label.quote.split())
        tallies.judge("citations.symbols", name, label.quote, expected, found.symbol, is_right=found.symbol == expected)
    day = found.date.isoformat() if found.date else None
    if label["date"] != "*":
        tallies.judge("citations.dates", name, label.quote, label["date"], day, is_right=day == label["date"])
    for part in ("type", "issuer"):
        if part in label:
            got = getattr(found, part)
            tallies.judge(
                f"citations.{part}s", name, label.quote, label[part], got,
                is_right=plain(got or "") == plain(label[part]),
            )  # fmt: skip
    means = label["means"]
    if means == "*":
        return
    target = document.citations[found.refers_to] if found.refers_to is not None else None
    got = (target.symbol or " ".join(target.text.split())) if target else None
    is_right = (
        got is None if means is None else got is not None and plain(means) in (plain(got), plain(target_text(target)))
    )
    tallies.judge("citations.refers_to", name, label.quote, means, got, is_right=is_right)


def target_text(target: Citation | None) -> str:
    """Return what is printed of a citation, on one line; nothing for none."""
    return " ".join(target.text.split()) if target else ""


def _claims(labelled: Labelled, document: Document, tallies: Tallies) -> None:
    labels = labelled.labels("claims")

    def score(label: Label, found: Claim) -> float:
        return likeness(label, found) if found.kind.value in _several(label["kind"]) else 0.0

    result = pair(labels, document.claims, score)
    for label, found in result.pairs:
        if not label.debatable:
            _judge_claim(labelled, label, found, tallies)
    for label in result.missed:
        if not label.debatable and label["holds"] != "open":
            tallies[f"claims.{_several(label['kind'])[0]}"].missed.append(
                _miss(labelled, label.quote, f"holds {label['holds']}", _UNLABELLED)
            )
    if "claims" not in labelled.partial:
        for found in result.extra:
            if found.holds is not None and not _near(labels, found):
                tallies[f"claims.{found.kind.value}"].alarms.append(
                    _miss(labelled, found.text, "no claim", f"holds {found.holds}: {found.explain}")
                )


def _judge_claim(labelled: Labelled, label: Label, found: Claim, tallies: Tallies) -> None:
    """A statement that cannot be decided may be left out or given as open; decided either way it is an alarm."""
    tally = tallies[f"claims.{_several(label['kind'])[0]}"]
    wrong = _miss(labelled, label.quote, f"holds {label['holds']}", f"holds {found.holds}: {found.explain}")
    if label["holds"] == "open":
        if found.holds is not None:
            tally.alarms.append(wrong)
    elif found.holds is label["holds"]:
        tally.hits += 1
    else:
        tally.missed.append(wrong)
        if found.holds is not None:
            tally.alarms.append(wrong)


def _targets(labelled: Labelled, document: Document, tallies: Tallies) -> None:
    labels = labelled.labels("targets")

    def score(label: Label, found: Target) -> float:
        if not overlap(label, found):
            return 0.0
        same_op, same_value = found.op in _several(label["op"]), bool(_value(found) == label["value"])
        return likeness(label, found) + same_op + 2 * same_value

    _spans(labelled, "targets", labels, document.targets, score, tallies)
    for label, found in pair(labels, document.targets, score).pairs:
        if label.debatable:
            continue
        name = labelled.name
        is_right = found.op in _several(label["op"])
        tallies.judge("targets.op", name, label.quote, label["op"], found.op, is_right=is_right)
        value, wanted = _value(found), None if found.op == "keep" else label["value"]
        tallies.judge("targets.value", name, label.quote, wanted, value, is_right=value == wanted)
        if "unit" in label:
            is_right = plain(found.unit or "") == plain(label["unit"])
            tallies.judge("targets.unit", name, label.quote, label["unit"], found.unit, is_right=is_right)
        if "name" in label:
            is_right = plain(label["name"]) in plain(found.name)
            tallies.judge("targets.name", name, label.quote, label["name"], found.name, is_right=is_right)
        _deadline(labelled, "targets", label, found.deadline, tallies)
        if "part_of" in label:
            got = document.targets[found.parent].text if found.parent is not None else "none"
            is_right = plain(label["part_of"]) in plain(got)
            tallies.judge("targets.part_of", name, label.quote, label["part_of"], got, is_right=is_right)


def _several(expected: str | list[str]) -> list[str]:
    """Return the answers that count as right: some labels name more than one."""
    return expected if isinstance(expected, list) else [expected]


def _value(target: Target) -> float | list[float] | None:
    value: Any = target.value
    if isinstance(value, tuple):
        return [float(part) for part in value]
    return float(value) if isinstance(value, Decimal | int | float) else None


def _deadline(labelled: Labelled, kind: str, label: Label, got: str | None, tallies: Tallies) -> None:
    """Compare a deadline where it is labelled: a day or period as the contract writes it, or «none»."""
    if "deadline" not in label:
        return
    shapes = [str(one) for one in _several(label["deadline"])]
    tallies.judge(
        f"{kind}.deadline", labelled.name, label.quote, " or ".join(shapes), got, is_right=str(got or "none") in shapes
    )


def _tasks(labelled: Labelled, document: Document, tallies: Tallies) -> None:
    labels = labelled.labels("tasks")

    def score(label: Label, found: Task) -> float:
        share: float = overlap(label, found) / (label.end - label.start)
        return share + likeness(label, found) if share >= _TASK_SHARE else 0.0

    _spans(labelled, "tasks", labels, document.tasks, score, tallies)
    for label, found in pair(labels, document.tasks, score).pairs:
        if label.debatable:
            continue
        if "assignees" in label:
            wanted, got = [plain(one) for one in label["assignees"]], [plain(one) for one in found.assignees]
            is_right = len(wanted) == len(got) and all(any(w in g or g in w for g in got) for w in wanted)
            tallies.judge(
                "tasks.assignees", labelled.name, label.quote, label["assignees"], list(found.assignees),
                is_right=is_right,
            )  # fmt: skip
        _deadline(labelled, "tasks", label, found.deadline, tallies)
        if "recurrence" in label:
            is_right = (found.recurrence is None) == (label["recurrence"] == "none")
            tallies.judge(
                "tasks.recurrence", labelled.name, label.quote, label["recurrence"], found.recurrence,
                is_right=is_right,
            )  # fmt: skip


def _spans(
    labelled: Labelled, kind: str, labels: Sequence[Label], found: Sequence[Any], score: Callable[[Label, Any], float],
    tallies: Tallies,
) -> None:  # fmt: skip
    """Count hits, misses and alarms of a kind that has no kinds of its own."""
    result = pair(labels, found, score)
    if labels or found:
        tallies[kind].hits += sum(not label.debatable for label, _ in result.pairs)
    for label in result.missed:
        if not label.debatable:
            tallies[kind].missed.append(_miss(labelled, label.quote, dict(label.expected), _UNLABELLED))
    if kind not in labelled.partial:
        for item in result.extra:
            if not _near(labels, item):
                tallies[kind].alarms.append(_miss(labelled, _at(labelled, item), _UNLABELLED, kind))


def _repairs(labelled: Labelled, document: Document, tallies: Tallies) -> None:
    labels, tally = labelled.labels("repairs"), tallies["repairs"]
    answered: set[int] = set()
    for label in labels:
        inside = [repair for repair in document.repairs if overlap(repair, label)]
        answered |= {id(repair) for repair in inside}
        if label.debatable:
            continue
        got = _mended(labelled.text, label, inside)
        if got == label["to"]:
            tally.hits += 1
        else:
            tally.missed.append(_miss(labelled, label.quote, label["to"], got if inside else _UNLABELLED))
            if inside:
                tally.alarms.append(_miss(labelled, label.quote, label["to"], got))
    if "repairs" not in labelled.partial:
        for repair in document.repairs:
            if id(repair) not in answered:
                tally.alarms.append(_miss(labelled, repair.printed, "left as it is", repair.suggested))


def _mended(text: str, label: Label, repairs: Sequence[Repair]) -> str:
    """Return the quote with the repairs done; one that reaches farther brings what it suggests for its surroundings."""
    start, end = label.start, label.end
    shown_text, at = "", min([start, *(repair.start for repair in repairs)])
    last = max([end, *(repair.end for repair in repairs)])
    prefix, suffix = text[at:start], text[end:last]
    for repair in sorted(repairs, key=lambda one: one.start):
        shown_text += text[at : repair.start] + repair.suggested
        at = max(at, repair.end)
    shown_text += text[at:last]
    return " ".join(shown_text.removeprefix(prefix).removesuffix(suffix).split())


def judge_sections(labelled: Labelled, document: Document, tallies: Tallies) -> None:
    """Compare path and start of the title; headings by a bullet have no number and count neither way."""
    left = [section for section in document.sections if section.number.strip(" -–+*•")]
    tally = tallies["sections"]
    for label in labelled.sections:
        match = next((s for s in left if s.path == label.path and _begins(s.title, label.title)), None)
        if match is not None:
            left.remove(match)
            tally.hits += not label.debatable
        elif not label.debatable:
            near = [s.path for s in document.sections if _begins(s.title, label.title)]
            tally.missed.append(_miss(labelled, label.title, label.path, ", ".join(near) or _UNLABELLED))
    if "sections" not in labelled.partial:
        for section in left:
            tally.alarms.append(_miss(labelled, f"{section.path} {section.title}", _UNLABELLED, section.path))


def _begins(title: str, start: str) -> bool:
    return plain(title).startswith(plain(start))


def judge_header(labelled: Labelled, document: Document, tallies: Tallies) -> None:
    """Compare the parts of the header that are labelled, and that those not printed are empty."""
    header = document.header
    for part, expected in labelled.header.items():
        if part == "none":
            for name in expected:
                got = getattr(header, name)
                tallies.judge(f"header.{name}", labelled.name, name, None, got, is_right=not got)
            continue
        got = getattr(header, part)
        if part == "signers":
            shape = [" | ".join(plain(p or "") for p in (s.capacity, s.position, s.name)) for s in got]
            is_right = shape == [" | ".join(plain(p) for p in line.split("|")) for line in expected]
        elif part == "recipients":
            is_right = [plain(one) for one in got] == [plain(one) for one in expected]
        elif part == "title":
            is_right = got is not None and plain(expected) in plain(got)
        else:
            is_right = got is not None and plain(str(got)) == plain(str(expected))
        tallies.judge(f"header.{part}", labelled.name, part, expected, got, is_right=is_right)


def judge_findings(labelled: Labelled, findings: Sequence[Finding], tallies: Tallies) -> None:
    """Compare codes and places. A claim that does not hold asks for a finding GB2; one of GB4 may name any damage."""
    labels = [
        *labelled.labels("findings"),
        *(
            Label(claim.start, claim.end, claim.quote, {"code": "GB2"})
            for claim in labelled.labels("claims")
            if claim["holds"] is False and not claim.debatable
        ),
    ]

    def score(label: Label, found: Finding) -> float:
        return likeness(label, found) if found.code.startswith(label["code"]) else 0.0

    result = pair(labels, findings, score)
    for label, _ in result.pairs:
        if not label.debatable:
            tallies[_family(label["code"])].hits += 1
    for label in result.missed:
        if not label.debatable:
            tallies[_family(label["code"])].missed.append(_miss(labelled, label.quote, label["code"], _UNLABELLED))
    if "findings" in labelled.partial:
        return
    damage = labelled.labels("repairs")
    for found in result.extra:
        known = found.code.startswith("GB4") and any(overlap(found, label) for label in damage)
        if not known and not (labelled.allow and found.code.startswith(labelled.allow)) and not _near(labels, found):
            tallies[_family(found.code)].alarms.append(
                _miss(labelled, _at(labelled, found), "no finding", f"{found.code} {found.message}")
            )


def _family(code: str) -> str:
    return f"findings.{code[:3]}"
