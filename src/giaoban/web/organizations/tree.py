"""The tree as it is shown: what was found, which branches are open. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from giaoban.apps.organizations.queries.outline import OutlineNode
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import fold, tidy
from giaoban.web.components.pieces import Sign


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One line of the tree; the name comes in three pieces so that what was found can be marked."""

    before: str
    found: str
    after: str
    url: str
    kind: str
    count: str
    sign: Sign | None
    open: bool
    children: tuple[TreeNode, ...]


def walk(node: OutlineNode, parent: int | None = None) -> Iterator[tuple[OutlineNode, int | None]]:
    """Give each node with the key of the one above it."""
    yield node, parent
    for child in node.children:
        yield from walk(child, node.card.pk)


def _pieces(name: str, wanted: str) -> tuple[str, str, str]:
    # In NFC each letter folds to one letter, so places in the folded name are places in the name.
    name = tidy(name)
    start = fold(name).find(wanted) if wanted else -1
    return (
        (name, "", "") if start < 0 else (name[:start], name[start : start + len(wanted)], name[start + len(wanted) :])
    )


def show_tree(
    node: OutlineNode,
    *,
    text: str,
    marked: dict[int, Sign],
    counts: dict[str, str],
    url: Callable[[str], str],
    coded: Collection[int] = (),
    whole: bool = False,
    depth: int = 0,
) -> TreeNode | None:
    """Return the line of a unit with those below it; with a text only what was found and the way to it (else None).

    ``coded`` are the units of which the text is the official code; with ``whole`` all branches stand open.
    """
    wanted = fold(text)
    below = [
        show_tree(child, text=text, marked=marked, counts=counts, url=url, coded=coded, whole=whole, depth=depth + 1)
        for child in node.children
    ]
    children = tuple(one for one in below if one is not None)
    by_code = wanted == fold(node.card.code) or node.card.pk in coded
    hit = not wanted or wanted in fold(node.card.name) or by_code
    if not hit and not children:
        return None
    before, found, after = ("", node.card.name, "") if wanted and by_code else _pieces(node.card.name, wanted)
    return TreeNode(
        before,
        found,
        after,
        url(node.card.code),
        node.card.kind_label.lower(),
        _counts(node, counts.get(node.card.code, "")),
        marked.get(node.card.pk),
        whole or depth == 0 or bool(wanted and children) or any(one.sign or one.open for one in children),
        children,
    )


def count_hits(node: TreeNode | None) -> int:
    """Count the lines of the tree in which the text was found."""
    if node is None:
        return 0
    return bool(node.found) + sum(count_hits(child) for child in node.children)


def _counts(node: OutlineNode, members: str) -> str:
    """Say how many units stand below and how many members there are, where the person may know."""
    return " · ".join(part for part in (size_words(node), members and f"{members} đảng viên") if part)


def size_words(node: OutlineNode) -> str:
    """Say how many units stand below."""
    return f"{format_number(node.size)} tổ chức" if node.size else ""
