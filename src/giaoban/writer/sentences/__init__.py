"""Sentences with figures in correct Vietnamese; every number in them keeps its measure."""

from giaoban.writer.sentences.count import Attached, Count, Show
from giaoban.writer.sentences.patterns import Duty, Plan, Rate, Sentence, Series
from giaoban.writer.sentences.view import Context, FigureView, ListEntry

__all__ = [
    "Attached",
    "Context",
    "Count",
    "Duty",
    "FigureView",
    "ListEntry",
    "Plan",
    "Rate",
    "Sentence",
    "Series",
    "Show",
]
