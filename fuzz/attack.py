"""``python -m fuzz.attack``: pumped strings against each pattern, and against reading and checking as a whole.

A pattern alone may grow with the square of a text and do no harm, where it only ever sees a word or a line that is
bounded: such patterns are told. What must not grow so is the whole. Status 1 if it does.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence

import click

from fuzz import pieces
from fuzz.patterns import all_patterns
from fuzz.pumps import Growth, Pump, attack, growth, units
from giaoban.checker import check_text

# What a hostile part may stand behind, so that each finder begins to read.
LEADS = (
    "", "Phấn đấu ", "I. CHỈ TIÊU\n", "Yêu cầu các chi bộ:\n- ", "Có 100 đảng viên, trong đó ", "Có 100 đảng viên (",
    "Thực hiện Nghị quyết số 12-NQ/TU ngày ", "V. TỔ CHỨC THỰC HIỆN\n1. Các chi bộ ", "Nơi nhận:\n- ",
    "Giao Ban Tổ chức ", "BÁO CÁO\nKết quả ", "Số ", "An Lạc, ngày ", "Đã thực hiện¹\n\n¹ ",
)  # fmt: skip
_SIZES = (1_500, 3_000, 6_000)
# An everyday text of the largest size takes a third of that.
_LEAST = 0.15
_LONGEST_UNIT = 200
_HOLES = {"n": "12", "p": "95,5", "y": "2023", "d": "10", "m": "5", "roman": "III", "raised": "¹", "amount": "1.234,5",
          "symbol": "12-NQ/TU", "date": "ngày 10/5/2023", "odd": "²", "long": "aaaa"}  # fmt: skip


def spoken_units() -> list[str]:
    """Return what is repeated from the vocabulary of official texts."""
    tables = (pieces.PIECES, pieces.SENTENCES, pieces.HEADINGS, pieces.FRAME)
    filled = [re.sub(r"\{(\w+)\}", lambda hole: _HOLES[hole[1]], piece) for table in tables for piece in table]
    single = pieces.REPEATED[:16]
    pairs = [first + second for first in single for second in single if first != second]
    return list(dict.fromkeys([*pieces.REPEATED, *filled, *(f"{piece}\n" for piece in filled), *pairs, *pieces.ODD]))


def pattern_units() -> list[str]:
    """Return what is repeated from the patterns themselves."""
    found = dict.fromkeys(unit for pattern in all_patterns().values() for unit in units(pattern))
    return [unit for unit in found if len(unit) <= _LONGEST_UNIT]


def attack_whole(repeated: Sequence[str], leads: Sequence[str] = LEADS) -> Iterator[Growth]:
    """Yield the pumps on which the time of reading and checking grows faster than the text."""
    for unit in repeated:
        for lead in leads:
            # Something stands behind the run, so that what reads it has to go back.
            found = growth(check_text, Pump(lead, unit, "x"), _SIZES, _LEAST)
            if found is not None and found.is_steep:
                yield found


def _line(name: str, found: Growth) -> str:
    pump = found.pump
    shown = f"{pump.lead[-30:]!r} {pump.unit[:40]!r} {pump.ending!r}"
    return f"{name:<52}{1000 * found.seconds[-1]:>9,.0f} ms {found.ratio:>6.1f} x  {shown}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Attack, and print a line for each pattern and each pump whose time grows faster than the text."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.attack", description=__doc__)
    parser.add_argument("--patterns", action="store_true", help="each pattern alone")
    parser.add_argument("--whole", action="store_true", help="reading and checking as a whole")
    options = parser.parse_args(arguments)
    steep = 0
    if options.patterns or not options.whole:
        patterns = all_patterns()
        click.echo(f"{len(patterns)} patterns; time for {4_000:,} characters, over that for {1_000:,}:")
        for name, pattern in patterns.items():
            for found in attack(pattern)[:1]:
                click.echo(_line(name, found))
    if options.whole or not options.patterns:
        for what, repeated, leads in (("words", spoken_units(), LEADS), ("patterns", pattern_units(), LEADS[:5])):
            click.echo(f"reading and checking: {len(repeated)} x {len(leads)} pumps from {what}")
            for found in attack_whole(repeated, leads):
                steep += 1
                click.echo(_line("read and check", found))
    click.echo(f"{steep} pumps on which the whole grows faster than the text")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
