"""Every address that there is, with something of the kind that it takes, where nobody gets as far as looking for it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

_ANYTHING: dict[type, object] = {UUIDConverter: uuid.UUID(int=7), IntConverter: 7}  # all others take text


@cache
def all_addresses() -> dict[str, dict[str, object]]:
    """Return every name with arguments that fit its address and mean nothing."""
    return dict(_addresses(get_resolver().url_patterns, ""))


def any_address(name: str) -> str:
    """Return an address of that name."""
    return reverse(name, kwargs=all_addresses()[name])


def _addresses(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, dict[str, object]]]:
    for pattern in patterns:
        takes = {key: _ANYTHING.get(type(converter), "7") for key, converter in pattern.pattern.converters.items()}
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.app_name}:" if pattern.app_name else space
            for name, given in _addresses(pattern.url_patterns, inner):
                yield name, takes | given
        else:
            yield f"{space}{pattern.name}", takes
