"""Setting targets."""

from giaoban.apps.directives.operations.targets import set_annual_target

__all__ = ["set_annual_target"]
