"""The tree of rights and the roles, read once from ``permission_tree.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Role:
    """A bundle of rights with the name that people know."""

    code: str
    label: str
    rights: frozenset[str]


@dataclass(frozen=True, slots=True)
class RightsTable:
    """All rights (code -> label) and all roles (code -> role)."""

    rights: dict[str, str]
    roles: dict[str, Role]

    def roles_with(self, right: str) -> frozenset[str]:
        """Return the codes of the roles that hold a right.

        Raises:
            KeyError: there is no such right; a misspelt right must never mean «nobody» or «everybody».
        """
        if right not in self.rights:
            raise KeyError(right)
        return frozenset(role.code for role in self.roles.values() if right in role.rights)


def _closure(right: str, tree: dict[str, dict[str, object]]) -> set[str]:
    found = {right}
    includes = tree[right].get("includes", [])
    assert isinstance(includes, list)
    for part in includes:
        found |= _closure(part, tree)
    return found


@cache
def rights_table() -> RightsTable:
    """Return the table; a role that names an unknown right fails at the start of the program."""
    data = tomllib.loads(files(__package__).joinpath("permission_tree.toml").read_text(encoding="utf-8"))
    tree = data["rights"]
    roles = {
        code: Role(code, row["label"], frozenset().union(*(_closure(right, tree) for right in row["rights"])))
        for code, row in data["roles"].items()
    }
    return RightsTable({code: row["label"] for code, row in tree.items()}, roles)
