"""A graph in words: an indented tree, and sentences about circles and separation of duty."""

from collections.abc import Iterable

from labsrv.kit.text import cut, plain
from labsrv.widgets.graph.links import Linked, Node

LONGEST = 60
MANY = {"role": "roles", "permission": "permissions", "user": "users", "object": "relations"}


def in_words(linked: Linked, circles: list[list[Node]]) -> list[str]:
    """Return a graph's lines: the tree, users and their roles, what excludes each other, circles."""
    roots = [node for node in linked.nodes if node[0] in ("role", "object") and not nodes_of(linked.upper[node])]
    told: set[Node] = set()
    lines = [line for root in roots for line in tree(root, linked, told, 1)]
    # What is in a circle has no top.
    left = [node for node in linked.nodes if node[0] in ("role", "object") and node not in told]
    while left:
        lines += tree(left[0], linked, told, 1)
        left = [node for node in left if node not in told]

    if any(kind == "role" for kind, _ in linked.nodes):
        users = [node for node in linked.nodes if node[0] == "user"]
        lines += ["Users:"] if users else []
        lines += [f"  {name(user)}: {names(linked.lower[user]) or 'no role'}" for user in users]
    lines += [excluded_in_words(roles, n) for roles, n in linked.apart]
    return lines + [circle_in_words(each) for each in circles]


def tree(node: Node, linked: Linked, told: set[Node], depth: int) -> list[str]:
    """Return a node and, indented, all below it; what was told before is named only."""
    has = names(each for each in linked.lower[node] if each[0] in ("permission", "user"))
    lower = nodes_of(linked.lower[node])
    again = node in told and bool(lower or has)
    told.add(node)
    if again:
        return [f"{'  ' * depth}{name(node)} (as above)"]

    lines = [f"{'  ' * depth}{name(node)}{f': {has}' if has else ''}"]
    for each in lower:
        lines += tree(each, linked, told, depth + 1)
    return lines


def nodes_of(nodes: Iterable[Node]) -> list[Node]:
    """Return those that may have others below them."""
    return [node for node in nodes if node[0] in ("role", "object")]


def listed(node: Node, below: Iterable[Node], above: Iterable[Node]) -> str:
    """Return what a node inherits and who inherits it, in one sentence each."""
    down, up = by_kind(below), by_kind(above)
    verb = {"role": "inherits", "user": "has", "object": "includes"}.get(node[0], "")
    what = f"{name(node)} {verb} {down or 'nothing'}. " if verb else ""
    if node[0] == "user" and not up:
        return what.strip()
    return f"{what}{'It' if what else name(node)} {'belongs to' if node[0] != 'user' else 'is in'} {up or 'nobody'}."


def by_kind(nodes: Iterable[Node]) -> str:
    """Return names, each kind together."""
    kinds: dict[str, list[Node]] = {}
    for node in nodes:
        kinds.setdefault(node[0], []).append(node)
    words = [f"the {kind if len(found) == 1 else MANY[kind]} {names(found)}" for kind, found in kinds.items()]
    return "; ".join(words)


def circle_in_words(circle: list[Node]) -> str:
    """Return a sentence about a circle: every role in it has what every other has."""
    return f"A cycle: {' → '.join(map(name, circle))}. Each of them would inherit all of the others."


def excluded_in_words(roles: Iterable[Node], n: int) -> str:
    """Return a sentence about separation of duty."""
    number = "both" if n == 2 and len(list(roles)) == 2 else f"{n} of these" if n > 2 else "two of these"
    return f"Separation of duty: nobody may have {number}: {names(roles)}."


def names(nodes: Iterable[Node]) -> str:
    return ", ".join(map(name, nodes))


def name(node: Node) -> str:
    """Return a node's name, harmless to look at."""
    return cut(plain(str(node[1])), LONGEST)
