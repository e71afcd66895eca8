"""The table that ``python -m corpus`` prints, and the list of what went wrong."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.run import Run
from corpus.tally import Miss, Tallies, Tally

_MAIN = ("citations", "claims", "sections", "targets", "tasks", "header", "repairs", "findings", "crashes")
# Parts of something found: right or wrong, never a false alarm.
_PARTS = {"symbols", "dates", "types", "issuers", "refers_to", "op", "value", "unit", "name", "deadline", "assignees",
          "recurrence"}  # fmt: skip


def is_part(key: str) -> bool:
    """Tell whether a key counts a part of what was found, not what was found."""
    return key.startswith("header.") or key.rpartition(".")[2] in _PARTS


def groups(tallies: Tallies) -> dict[str, Tally]:
    """Return the tallies by key in the order of the table, with a sum for each kind that has several."""
    shown: dict[str, Tally] = {}
    for main in _MAIN:
        keys = sorted(key for key in tallies.by_key if key == main or key.startswith(f"{main}."))
        whole = [key for key in keys if not is_part(key)]
        summed = whole if len(whole) > 1 else keys if main == "header" and keys else []
        if summed:
            shown[main] = Tally(
                sum(tallies[key].hits for key in summed),
                [miss for key in summed for miss in tallies[key].missed],
                [miss for key in summed for miss in tallies[key].alarms],
            )
        shown |= {key: tallies[key] for key in (*whole, *(key for key in keys if is_part(key)))}
    return shown


def lines(result: Run) -> Iterator[str]:
    """Yield the table: hits, misses, false alarms, precision, recall and F1 by kind, and the speed."""
    yield f"{'kind':<26}{'right':>7}{'missed':>8}{'alarms':>8}{'precision':>11}{'recall':>9}{'F1':>8}"
    for key, tally in groups(result.total).items():
        indent = "  " if "." in key else ""
        row = f"{indent + key:<26}{tally.hits:>7}{len(tally.missed):>8}{len(tally.alarms):>8}"
        if is_part(key) or key == "header":
            yield f"{row}{'':>11}{_share(tally.recall):>9}"
        else:
            yield f"{row}{_share(tally.precision):>11}{_share(tally.recall):>9}{_share(tally.f1):>8}"
    yield ""
    yield (
        f"{len(result.documents)} documents, {result.characters:,} characters; "
        f"read {_speed(result, result.reading)}, check {_speed(result, result.checking)} characters/s"
    )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _speed(result: Run, seconds: float) -> str:
    return f"{result.characters / seconds:,.0f}" if seconds else "?"


def misses(result: Run, kind: str = "") -> Iterator[str]:
    """Yield every miss and false alarm of the kinds that begin with ``kind``, document by document."""
    for name, tallies in result.documents.items():
        for key, tally in sorted(tallies.by_key.items()):
            if key.startswith(kind):
                yield from (_line(name, key, "missed", miss) for miss in tally.missed)
                yield from (_line(name, key, "alarm", miss) for miss in tally.alarms)


def _line(name: str, key: str, what: str, miss: Miss) -> str:
    return f"{name}: {key} {what}: «{miss.quote}» expected {miss.expected}; got {miss.got}"
