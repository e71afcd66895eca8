"""The sheets of units (a row for each thing that happened to one), of terms of committees, of clusters and sectors."""

from giaoban.apps.organizations.sheets.groups import GROUPS
from giaoban.apps.organizations.sheets.terms import TERMS
from giaoban.apps.organizations.sheets.units import UNITS
from giaoban.apps.organizations.sheets.units_export import unit_rows

__all__ = ["GROUPS", "TERMS", "UNITS", "unit_rows"]
