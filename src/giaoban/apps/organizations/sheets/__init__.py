"""The sheet of units: one row for each thing that happened to a unit."""

from giaoban.apps.organizations.sheets.units import UNITS

__all__ = ["UNITS"]
