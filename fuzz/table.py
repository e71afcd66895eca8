"""The table at the end of a run."""

from __future__ import annotations

from collections.abc import Sequence

from fuzz.watch import Counted

_MOST_SLOW = 5


def lines(counted: Sequence[Counted]) -> list[str]:
    """Return a heading, a line for each target with what went wrong below it, and a sum.

    ``worst``: the input that took longest for each of its characters, in medians. ``edges``: places of the code between
    which atheris saw steps; empty for targets that it does not guide.
    """
    head = f"{'target':<14}{'inputs':>9}{'characters':>14}{'seconds':>9}{'us/char':>9}{'worst':>7}"
    shown = [f"{head}{'failures':>10}{'slow':>6}{'edges':>8}"]
    for item in counted:
        shown.append(_line(item))
        shown += [f"    {what}" for what in (*item["failures"], *item["slow"][:_MOST_SLOW])]
    if len(counted) > 1:
        inputs, characters = sum(item["inputs"] for item in counted), sum(item["characters"] for item in counted)
        seconds = sum(item["seconds"] for item in counted)
        wrong = sum(len(item["failures"]) for item in counted), sum(len(item["slow"]) for item in counted)
        shown.append(f"{'all':<14}{inputs:>9,}{characters:>14,}{seconds:>9,.0f}{'':>16}{wrong[0]:>10}{wrong[1]:>6}")
    return shown


def _line(item: Counted) -> str:
    edges = f"{item['edges']:,}" if item["edges"] else ""
    return (
        f"{item['name']:<14}{item['inputs']:>9,}{item['characters']:>14,}{item['seconds']:>9,.0f}"
        f"{1e6 * item['median']:>9.1f}{item['worst']:>7.1f}{len(item['failures']):>10}{len(item['slow']):>6}{edges:>8}"
    )
