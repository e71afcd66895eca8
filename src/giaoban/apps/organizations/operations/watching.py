"""Who else has to know at once that the tree has changed: apps above register what they do then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import UnitEntry

# Called in the transaction that wrote the entries, when the tree is as they make it.
Watcher = Callable[[Act, Sequence[UnitEntry]], None]
_watchers: list[Watcher] = []


def watch_tree(watcher: Watcher) -> Watcher:
    """Register what is to be done after each change of the tree, also after one that takes another back."""
    if watcher not in _watchers:
        _watchers.append(watcher)
    return watcher


def tell_watchers(act: Act, entries: Sequence[UnitEntry]) -> None:
    """Let everybody who watches the tree do their part."""
    for watcher in _watchers:
        watcher(act, entries)
