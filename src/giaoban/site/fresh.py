"""Migrating an empty database without making nearly all models anew after each step.

After a step Django makes the class of every model anew that the changed one leads to: all models lead to units and
members, so that an empty database took eight seconds, of which the tables themselves take one. Where nothing is stored
yet, it is enough to make the changed model anew and those that refer to it; before a step that runs Python Django makes
all of them anew, as after what it calls delayed rendering. ``tests/cli/test_migrating.py`` keeps that the tables
are the same; a database in which something was migrated goes Django's own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation

_add_model = ProjectState.add_model
_find_reload_model = ProjectState._find_reload_model  # type: ignore[attr-defined]  # Django's own name for it


@contextmanager
def few_models_made_anew() -> Iterator[None]:
    """Inside, a step of a migration makes few models anew; for databases without rows alone."""
    # Each line is ignored by the type checker: Django has no switch for this, so its methods are exchanged.
    ProjectState.add_model = _add_alone  # type: ignore[assignment,method-assign]
    ProjectState._find_reload_model = _itself_and_referring  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState.add_model = _add_model  # type: ignore[method-assign]
        ProjectState._find_reload_model = _find_reload_model  # type: ignore[attr-defined]


def _add_alone(state: ProjectState, model_state: ModelState) -> None:
    """Add a model: nothing can refer to it yet, so no other is made anew."""
    apps = state.__dict__.pop("apps", None)
    _add_model(state, model_state)
    if apps is not None:
        state.__dict__["apps"] = apps
        state.is_delayed = True
        apps.render_multiple([model_state])


def _itself_and_referring(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> set[tuple[str, str]]:
    state.is_delayed = True
    key = app_label, model_name
    return {key} | {other for other, model in state.models.items() if key in _refers_to(other, model)}


def _refers_to(key: tuple[str, str], model: ModelState) -> Iterator[tuple[str, str]]:
    # Not asked of ``state.relations``: once it was asked, a field that is altered moves to the end of its table.
    for field in model.fields.values():
        if field.remote_field is not None:
            for other in (field.remote_field.model, getattr(field.remote_field, "through", None)):
                if other is not None:
                    yield resolve_relation(other, *key)
