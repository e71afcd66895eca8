"""`giaoban measures`: what is counted, with keys, dimensions and codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from giaoban.cli._figure_text import wide_console
from giaoban.cli._office import start_django

if TYPE_CHECKING:
    from giaoban.figures import Dimension, Measure

_KINDS = {
    "flow": "trong kỳ",
    "stock": "cuối kỳ",
    "rate": "tỷ lệ",
    "plan": "chương trình năm",
    "value": "đơn vị báo cáo",
}


@click.command(epilog="Ví dụ: giaoban measures --format json")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Dạng trình bày.",
)
def command(file_format: str) -> None:
    """Liệt kê các chỉ tiêu số liệu: khóa, cách tính, đơn vị tính, các cách tách."""
    start_django(None)
    from giaoban.apps.reporting.queries.figures import shipped_catalogue as catalogue

    if file_format == "json":
        click.echo(json.dumps([_as_json(measure) for measure in catalogue()], ensure_ascii=False, indent=1))
        return
    shown = Table()
    for heading in ("Khóa", "Chỉ tiêu", "Cách tính", "Đơn vị tính", "Tách theo"):
        shown.add_column(heading)
    for measure in catalogue():
        parts = "; ".join(_dimension(dimension) for dimension in measure.dimensions)
        if measure.rate is not None:
            parts = f"{measure.rate.numerator} / {measure.rate.denominator}"
        shown.add_row(measure.key, Text(measure.label), _KINDS[measure.kind], Text(measure.unit), Text(parts))
    wide_console().print(shown)


def _dimension(dimension: Dimension) -> str:
    codes = ", ".join(code.key for code in dimension.codes)
    return f"{dimension.key} ({codes})" if codes else dimension.key


def _as_json(measure: Measure) -> dict[str, Any]:
    rate = measure.rate
    return {
        "key": measure.key,
        "label": measure.label,
        "unit": measure.unit,
        "kind": measure.kind.value,
        "time": "stock" if measure.is_stock else "flow",
        "register": measure.register or None,
        "additive_units": measure.additive_units,
        "additive_time": measure.additive_time,
        "sensitive": measure.sensitive,
        "dimensions": [
            {
                "key": dimension.key,
                "label": dimension.label,
                "codes": [{"key": code.key, "label": code.label} for code in dimension.codes],
            }
            for dimension in measure.dimensions
        ],
        "rate": rate
        and {
            "numerator": rate.numerator,
            "numerator_words": rate.numerator_words,
            "denominator": rate.denominator,
            "denominator_words": rate.denominator_words,
            "times": rate.times,
        },
    }
