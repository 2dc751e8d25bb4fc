"""What stands above what: nodes and the links between them, what is reached from where, and the circles.

A link goes from the upper node to the lower one: from a user to a role, from a senior role to its junior (INCITS 359,
6.2: the senior acquires the permissions of its juniors), from a role to a permission.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

Node = tuple[str, str]  # kind and name: a user and a role may be called the same
Link = tuple[Node, Node]
Names = Mapping[str, Iterable[str]]

MOST_NODES = 120
MOST_LINKS = 400
MOST_CIRCLES = 3


@dataclass(frozen=True)
class Linked:
    """Nodes in the order in which they were named, links, and sets of nodes of which nobody may have `n` at once."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    apart: tuple[tuple[tuple[Node, ...], int], ...] = ()
    lower: Mapping[Node, tuple[Node, ...]] = field(init=False, repr=False)
    upper: Mapping[Node, tuple[Node, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.nodes) > MOST_NODES or len(self.links) > MOST_LINKS:
            raise ValueError(
                f"{len(self.nodes)} nodes and {len(self.links)} links are more than a graph shows "
                f"({MOST_NODES} and {MOST_LINKS}): leave out permissions, or draw a part."
            )
        lower: dict[Node, tuple[Node, ...]] = dict.fromkeys(self.nodes, ())
        upper = dict(lower)
        for high, low in self.links:
            lower[high] += (low,)
            upper[low] += (high,)
        object.__setattr__(self, "lower", lower)
        object.__setattr__(self, "upper", upper)

    def below(self, node: Node) -> list[Node]:
        """Return all that is reached from a node downwards, nearest first: what it inherits."""
        return reached(node, self.lower)

    def above(self, node: Node) -> list[Node]:
        """Return all from which a node is reached, nearest first: who inherits it."""
        return reached(node, self.upper)


def reached(node: Node, steps: Mapping[Node, tuple[Node, ...]]) -> list[Node]:
    """Return what is reached from a node, without it; a circle ends where it began."""
    found, waiting = {node: None}, [node]
    for each in waiting:
        fresh = [other for other in steps[each] if other not in found]
        found.update(dict.fromkeys(fresh))
        waiting += fresh
    return list(found)[1:]


def of_roles(
    juniors: Names,
    users: Names | None = None,
    permissions: Names | None = None,
    apart: Iterable[Collection[str] | tuple[Collection[str], int]] = (),
) -> Linked:
    """Return the links of a role hierarchy: each role's juniors, each user's roles, each role's permissions.

    `apart` are separation-of-duty constraints (INCITS 359, 6.3): roles of which nobody may have two, or a pair of roles
    and `n` where it is not two.
    """
    links = [(("user", user), ("role", role)) for user, role in pairs(users, "the roles of a user")]
    links += [(("role", high), ("role", low)) for high, low in pairs(juniors, "the juniors of a role")]
    links += [(("role", role), ("permission", name)) for role, name in pairs(permissions, "the permissions of a role")]
    constraints = tuple(constraint(each) for each in apart)
    named = [("user", user) for user in users or ()]
    named += [("role", role) for role in (*juniors, *(permissions or ()))]
    named += [node for roles, _ in constraints for node in roles]
    return Linked(tuple(dict.fromkeys([*named, *ends(links)])), tuple(dict.fromkeys(links)), constraints)


def of_relations(tuples: Iterable[tuple[str, str, str]]) -> Linked:
    """Return the links of relation tuples, each (user, relation, object) as OpenFGA writes them.

    `("group:eng#member", "viewer", "doc:plan")` is a link from `doc:plan#viewer` down to `group:eng#member`.
    """
    links = [
        (("object", f"{thing}#{relation}"), ("object" if "#" in user else "user", user))
        for user, relation, thing in tuples
    ]
    return Linked(tuple(ends(links)), tuple(dict.fromkeys(links)))


def pairs(names: Names | None, what: str) -> list[tuple[str, str]]:
    """Return who has what, a pair each; raises `TypeError` for a text in place of a list."""
    for name, held in (names or {}).items():
        if isinstance(held, str):
            raise TypeError(f"{what} are a list: write [{held!r}] in place of {held!r} for {name!r}.")
    return [(name, each) for name, held in (names or {}).items() for each in held]


def constraint(given: Collection[str] | tuple[Collection[str], int]) -> tuple[tuple[Node, ...], int]:
    """Return the roles of a constraint and its `n`."""
    roles, n = given if isinstance(given, tuple) and isinstance(given[-1], int) else (given, 2)
    if isinstance(roles, str) or len(roles) < n or n < 2:
        raise ValueError(f"A constraint names at least n roles, and n is at least 2, unlike {given!r}.")
    return tuple(("role", role) for role in roles), n


def ends(links: Iterable[Link]) -> list[Node]:
    """Return the nodes of links, each once."""
    return list(dict.fromkeys(node for link in links for node in link))


def circles(linked: Linked) -> tuple[set[Link], list[list[Node]]]:
    """Return the links that lead back up, without which there is no circle, and the circles that they close."""
    backward: set[Link] = set()
    found: list[list[Node]] = []
    done: set[Node] = set()
    for root in linked.nodes:
        if root in done:
            continue
        # The way from the root to where we are, and what is still to be followed at each step of it.
        way, left = [root], [iter(linked.lower[root])]
        while way:
            low = next(left[-1], None)
            if low is None:
                done.add(way.pop())
                left.pop()
            elif low in way:
                backward.add((way[-1], low))
                found.append([*way[way.index(low) :], low])
            elif low not in done:
                way.append(low)
                left.append(iter(linked.lower[low]))
    return backward, found[:MOST_CIRCLES]
