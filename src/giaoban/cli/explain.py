"""``giaoban explain``: what a rule checks, why, with examples."""

from __future__ import annotations

import click

from giaoban.checker import explain
from giaoban.checker.explain import plain_text


@click.command("explain")
@click.argument("code", metavar="MÃ")
def command(code: str) -> None:
    """Giải thích một quy tắc: kiểm tra gì, vì sao, thế nào là sai, đúng, khi nào không kết luận.

    \b
    Ví dụ:
      giaoban explain GB202
    """
    click.echo(plain_text(explain(code)))
