"""Sentences with figures in correct Vietnamese; every number in them keeps its measure."""

from giaoban.writer.sentences.count import Attached, Count, Show
from giaoban.writer.sentences.fraction import Fraction
from giaoban.writer.sentences.free import NAMES, Free, When
from giaoban.writer.sentences.patterns import Duty, Plan, Rate, Sentence, Series
from giaoban.writer.sentences.view import Context, FigureView, ListEntry

__all__ = [
    "NAMES",
    "Attached",
    "Context",
    "Count",
    "Duty",
    "FigureView",
    "Fraction",
    "Free",
    "ListEntry",
    "Plan",
    "Rate",
    "Sentence",
    "Series",
    "Show",
    "When",
]
