"""Report definitions: sections and sentences as data, filled from figures and an office's facts."""

from giaoban.writer.definitions.build import Issue, build
from giaoban.writer.definitions.load import load, parse_definition, shipped_names
from giaoban.writer.definitions.model import Definition, OfficeFacts, PeriodFacts

__all__ = [
    "Definition",
    "Issue",
    "OfficeFacts",
    "PeriodFacts",
    "build",
    "load",
    "parse_definition",
    "shipped_names",
]
