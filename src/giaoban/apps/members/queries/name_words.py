"""People by words of their name, as both databases find them fast.

PostgreSQL has two indexes for it (migration 0019): of the words of a name, and of the trigrams of a name with a space
before it, so that a space stands before each word: two letters after a space are a trigram, two letters alone are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, Func, Q, TextField, Value
from django.db.models.lookups import Contains

from giaoban.core.text_vi import fold, tidy

_NAME = "folded_name"


class _Spaced(Func):
    """A name with a space before each of its words."""

    template = "(' ' || %(expressions)s)"
    output_field = TextField()


class _Enclosed(_Spaced):
    """The same, and one after the last."""

    template = "(' ' || %(expressions)s || ' ')"


class _AllWords(Func):
    """Whether all of some words are words of a name; PostgreSQL alone."""

    template = "(string_to_array(%(expressions)s::text[])"
    arg_joiner = ", ' ') @> "
    output_field = BooleanField()


def by_text(text: str) -> tuple[Q, ...]:
    """Return the conditions on members that a typed text stands for, to be asked in turn until somebody is found.

    In whose name every typed word is a word; then, in whose name a word begins with every typed word. A card or file
    number is the text as a whole. A word typed with diacritics must stand so in the name; one typed without finds them
    all (SQLite and PostgreSQL without an ICU collation compare other letters than a-z by case, so both usual spellings
    are asked for).
    """
    words = tidy(text).split(" ")
    number = tidy(text).upper()
    numbered = Q(card_number=number) | Q(file_number=number)
    has_digits = any(letter.isdigit() for letter in number)
    if len(words) == 1 and has_digits:
        return (numbered,)
    spelled = Q()
    for word in words:
        if fold(word) != word.lower():
            spelled &= Q(full_name__contains=word) | Q(full_name__contains=word.capitalize())
    folded = [fold(word) for word in words if fold(word)]
    tries = (_whole(folded) & spelled, _begun(folded) & spelled)
    return tuple(named | numbered for named in tries) if has_digits else tries


def _whole(words: Sequence[str]) -> Q:
    if connection.vendor == "postgresql":
        return Q(_AllWords(_NAME, Value(words)))
    return _each(_Enclosed(_NAME), [f" {word} " for word in words])


def _begun(words: Sequence[str]) -> Q:
    return _each(_Spaced(_NAME), [f" {word}" for word in words])


def _each(name: Func, parts: Sequence[str]) -> Q:
    found = Q()
    for part in parts:
        found &= Q(Contains(name, part))
    return found
