"""The pieces of the design system as template tags; each takes a view model and renders one small template."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect

from giaoban.core.text_vi import lower_first
from giaoban.web.components.pieces import Change, FigureView, Pager, TargetBar

register = template.Library()
register.filter(lower_first)
# More choices than these stand in columns.
_MANY = 12


@register.inclusion_tag("giaoban/components/field.html")
def field(bound: BoundField, *, named: bool = False) -> dict[str, Any]:
    """One form field: label above, help below, error beside it; ``named`` hides the label where a heading says it."""
    widget = bound.field.widget
    choices = isinstance(widget, RadioSelect)
    return {
        "field": bound,
        "named": named,
        "choices": choices,
        "role": "group" if isinstance(widget, CheckboxSelectMultiple) else "radiogroup",
        "many": choices and len(list(widget.choices)) > _MANY,
    }


@register.inclusion_tag("giaoban/components/problems.html")
def problems(form: Any) -> dict[str, Any]:
    """What could not be recorded, above the form."""
    return {"form": form}


@register.inclusion_tag("giaoban/components/figure.html")
def figure(view: FigureView) -> dict[str, Any]:
    """A figure as a block: name, number, last year, target."""
    return {"figure": view}


@register.inclusion_tag("giaoban/components/figure_value.html")
def figure_value(view: FigureView) -> dict[str, Any]:
    """The number alone; it opens into its entries."""
    return {"figure": view}


@register.inclusion_tag("giaoban/components/change.html")
def change(view: Change | None) -> dict[str, Any]:
    """Against last year: a sign and the amount; the words are for screen readers."""
    return {"change": view}


@register.inclusion_tag("giaoban/components/target.html")
def target_bar(view: TargetBar | None) -> dict[str, Any]:
    """The bar of the year's target."""
    return {"target": view}


@register.inclusion_tag("giaoban/components/pager.html")
def pager(view: Pager) -> dict[str, Any]:
    """Which part of the list this is, and the way on."""
    return {"pager": view}
