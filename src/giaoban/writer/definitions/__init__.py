"""Report definitions: sections and sentences as data, filled from figures and an office's facts."""

from giaoban.writer.definitions.build import Issue, build
from giaoban.writer.definitions.load import load, parse_definition, shipped_names, shipped_text
from giaoban.writer.definitions.model import Definition, MeasureWords, OfficeFacts, PeriodFacts

__all__ = [
    "Definition",
    "Issue",
    "MeasureWords",
    "OfficeFacts",
    "PeriodFacts",
    "build",
    "load",
    "parse_definition",
    "shipped_names",
    "shipped_text",
]
