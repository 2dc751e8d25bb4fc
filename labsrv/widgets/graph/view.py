"""A role hierarchy, or relations, as a graph: who has which role, what a role inherits, which roles exclude each other.

    RoleGraph(juniors={"manager": ["employee"]}, users={"bob": ["manager"]}, permissions={"employee": ["pay:read"]},
              apart=[("preparer", "approver")])
    RoleGraph.of_relations([("user:anne", "member", "group:eng"), ("group:eng#member", "viewer", "doc:plan")])

A click, or Enter, on a node highlights what it inherits, and whoever inherits from it.
"""

from collections.abc import Collection, Iterable
from typing import Any

import traitlets

from labsrv.kit.text import cut, plain
from labsrv.widgets.base import View
from labsrv.widgets.graph.layout import HEIGHT, Layout, laid_out
from labsrv.widgets.graph.links import Linked, Names, Node, circles, of_relations, of_roles
from labsrv.widgets.graph.words import LONGEST, circle_in_words, excluded_in_words, in_words, listed

Row = dict[str, Any]


class RoleGraph(View):
    """A layered graph: seniors above juniors. `graph` is what is drawn; `show_roles` draws another one."""

    graph = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        juniors: Names | None = None,
        users: Names | None = None,
        permissions: Names | None = None,
        apart: Iterable[Collection[str] | tuple[Collection[str], int]] = (),
        *,
        title: str = "Roles, seniors above juniors",
        linked: Linked | None = None,
        **options: Any,
    ):
        super().__init__(title=short(title), **options)
        self.show(linked or of_roles(juniors or {}, users, permissions, apart))

    @classmethod
    def of_relations(cls, tuples: Iterable[tuple[str, str, str]], *, title: str = "Relations") -> "RoleGraph":
        """Return the graph of relation tuples, each (user, relation, object)."""
        return cls(title=title, linked=of_relations(tuples))

    def show_roles(self, juniors: Names, **more: Any) -> None:
        """Draw another hierarchy in the same place."""
        self.show(of_roles(juniors, **more))

    def show(self, linked: Linked) -> None:
        """Draw these links."""
        self.linked = linked
        self.backward, self.circles = circles(linked)
        # A role in a circle has a sign before its name.
        layout = laid_out(linked, self.backward, lambda node: short(node[1]) + "  " * self.is_in_a_circle(node))
        self.graph = {
            "nodes": [node_drawn(node, linked, layout, self.is_in_a_circle(node)) for node in linked.nodes],
            "links": [
                {
                    "from": linked.nodes.index(high),
                    "to": linked.nodes.index(low),
                    "way": way,
                    "backward": (high, low) in self.backward,
                }
                for (high, low), way in layout.ways.items()
            ],
            "apart": [line for roles, n in linked.apart for line in between(roles, n, linked, layout)],
            "notes": [{"tone": "al-bad", "says": circle_in_words(each)} for each in self.circles]
            + [{"tone": "al-rg-parts", "says": excluded_in_words(roles, n)} for roles, n in linked.apart],
            "width": layout.width,
            "height": layout.height,
        }

    def is_in_a_circle(self, node: Node) -> bool:
        """Say whether a node inherits from itself."""
        return any(node in each for each in self.circles)

    def as_text(self) -> str:
        """Return the graph as an indented tree, then users, then what excludes each other, then circles."""
        return "\n".join([self.title, *in_words(self.linked, self.circles)])


def node_drawn(node: Node, linked: Linked, layout: Layout, circle: bool) -> Row:
    """Return one box: its place, and the numbers of the nodes below and above it."""
    below, above = linked.below(node), linked.above(node)
    return {
        "name": short(node[1]),
        "kind": node[0],
        "x": layout.boxes[node][0],
        "y": layout.boxes[node][1],
        "width": layout.widths[node],
        "row": layout.rows[node],
        "below": [linked.nodes.index(each) for each in below],
        "above": [linked.nodes.index(each) for each in above],
        "circle": circle,
        "says": listed(node, below, above),
    }


def between(roles: tuple[Node, ...], n: int, linked: Linked, layout: Layout) -> list[Row]:
    """Return a dashed line between each two roles that exclude each other, below them or at their side."""
    pairs = [(one, other) for place, one in enumerate(roles) for other in roles[place + 1 :]]
    lines = []
    for one, other in pairs:
        (x, y), (to_x, to_y) = layout.boxes[one], layout.boxes[other]
        if y == to_y:
            y, low = y + HEIGHT / 2, y + HEIGHT / 2 + 26
            points = [(x, y), (x, low), (to_x, low), (to_x, y)]
        else:
            x, to_x = x + layout.widths[one] / 2, to_x + layout.widths[other] / 2
            side = max(x, to_x) + 26
            points = [(x, y), (side, y), (side, to_y), (to_x, to_y)]
        ends = [linked.nodes.index(one), linked.nodes.index(other)]
        lines.append({"ends": ends, "way": points, "says": excluded_in_words((one, other), 2) if n == 2 else ""})
    return lines


def short(text: str) -> str:
    """Return a name of a length that fits a box, and is harmless to look at."""
    return cut(plain(str(text)), LONGEST)
