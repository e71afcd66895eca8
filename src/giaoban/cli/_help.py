"""Help pages in Vietnamese: click brings its own words in English, and only these are put into other words here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import click

_HEADINGS: Final = {"Options": "Tùy chọn", "Commands": "Các lệnh", "Arguments": "Tham số"}
_USAGE: Final = {"[OPTIONS]": "[TÙY_CHỌN]", "COMMAND [ARGS]...": "LỆNH [THAM_SỐ]..."}
_TEXTS: Final = {
    "Show this message and exit.": "Hiện phần trợ giúp này.",
    "Show the version and exit.": "Hiện số phiên bản.",
}
_NOTES: Final = (
    (re.compile(r"\[default: ([^\]]*)\]"), r"[mặc định: \1]"),
    (re.compile(r"\[required\]"), "[bắt buộc]"),
    (re.compile(r"\[env var: ([^\]]*)\]"), r"[biến môi trường: \1]"),
)


class VietnameseFormatter(click.HelpFormatter):
    """Writes a help page with Vietnamese headings and notes."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        for english, vietnamese in _USAGE.items():
            args = args.replace(english, vietnamese)
        super().write_usage(prog, args, "Cách dùng: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a part of the page."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of options or commands with what each does."""
        super().write_dl([(term, _in_vietnamese(text)) for term, text in rows], col_max, col_spacing)


class VietnameseContext(click.Context):
    """A context whose help pages are Vietnamese."""

    formatter_class = VietnameseFormatter


def speak_vietnamese(command: click.Command) -> click.Command:
    """Make the help pages of a command, and of all that stand under it, Vietnamese; return the command."""
    command.context_class = VietnameseContext
    if isinstance(command, click.Group):
        for below in command.commands.values():
            speak_vietnamese(below)
    return command


def _in_vietnamese(text: str) -> str:
    text = _TEXTS.get(text, text)
    for pattern, words in _NOTES:
        text = pattern.sub(words, text)
    return text
