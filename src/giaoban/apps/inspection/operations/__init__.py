"""Recording discipline."""

from giaoban.apps.inspection.operations.discipline import DisciplineDraft, record_discipline

__all__ = ["DisciplineDraft", "record_discipline"]
