"""What a terminal shows while a report is made: what is being done and for how long; nothing where output is piped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def waiting(words: str) -> Iterator[Callable[[str], None]]:
    """Show a bar with words and the time that went by; what is given is called with the words of the next part."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        # How long a part takes is not known before: the bar moves and has no end.
        task = bar.add_task(words, total=None)
        yield lambda said: bar.update(task, description=said)
