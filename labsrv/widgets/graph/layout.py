"""Where the boxes of a layered graph stand, so that none covers another: layers by longest path, order by barycentre.

links ──▶ layers (longest path) ──▶ rows (a wide layer takes several) ──▶ order (barycentre) ──▶ places

A link over several rows passes each of them at a place of its own (Sugiyama, Tagawa and Toda, 1981).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from labsrv.widgets.graph.links import Link, Linked, Node

Spot = Node | tuple[Link, int]  # a box, or where a link passes a row
Point = tuple[float, float]

# In pixels, for 13 pixels of type.
LETTER, PADDING, NARROWEST, WIDEST = 7.9, 28, 64, 220
HEIGHT, GAP, PASSING, BETWEEN = 30, 12, 7, 46
ROOM, FILLED = 650, 500  # a layer with more than this in boxes takes several rows: links need to pass
SWEEPS = 8


@dataclass(frozen=True)
class Layout:
    """The middle of each box, each box's width, each link's way from box to box, and the size of it all, in pixels."""

    boxes: Mapping[Node, Point]
    widths: Mapping[Node, int]
    rows: Mapping[Node, int]
    ways: Mapping[Link, tuple[Point, ...]]
    width: float
    height: float


def laid_out(linked: Linked, backward: set[Link], label: Callable[[Node], str]) -> Layout:
    """Return a layout; the links of `backward` count as if they led down."""
    down = {link: (link[1], link[0]) if link in backward else link for link in linked.links if link[0] != link[1]}
    widths = {node: width_of(label(node)) for node in linked.nodes}
    rows = in_rows(layers(linked.nodes, down.values()), widths, down.values())
    row_of = {node: number for number, row in enumerate(rows) for node in row}

    # Each link as the spots that it goes through, one a row.
    chains = {link: chain(link, high, row_of[high], low, row_of[low]) for link, (high, low) in down.items()}
    spots: list[list[Spot]] = [list(row) for row in rows]
    for link, each in chains.items():
        for row, spot in enumerate(each[1:-1], row_of[down[link][0]] + 1):
            spots[row].append(spot)
    beside = neighbours(chains.values())
    ordered(spots, beside)
    across = placed(spots, beside, widths)

    # From spots back to boxes and ways, with nothing left free at the sides.
    half: dict[Spot, float] = {node: given / 2 for node, given in widths.items()}
    begin = min((x - half.get(spot, 0) for spot, x in across.items()), default=0)
    end = max((x + half.get(spot, 0) for spot, x in across.items()), default=0)
    place = {
        spot: (across[spot] - begin, row * (HEIGHT + BETWEEN) + HEIGHT / 2)
        for row, each in enumerate(spots)
        for spot in each
    }
    boxes = {node: place[node] for node in linked.nodes}
    ways = {link: tuple(place[spot] for spot in each) for link, each in chains.items()}
    return Layout(boxes, widths, row_of, ways, end - begin, max(0, len(rows) * (HEIGHT + BETWEEN) - BETWEEN))


def width_of(text: str) -> int:
    """Return how wide a box is that holds a text."""
    return round(min(WIDEST, max(NARROWEST, LETTER * len(text) + PADDING)))


def layers(nodes: Sequence[Node], down: Iterable[Link]) -> list[list[Node]]:
    """Return the nodes layer by layer: users first and permissions last, all else as deep as its longest way down."""
    tops = {"user"} if any(kind == "role" for kind, _ in nodes) else set()
    links = [link for link in down if link[0][0] not in tops]
    # Users stand above all roles, also above those that nobody has.
    depth = {node: int(bool(tops)) if node[0] not in tops else 0 for node in nodes}
    # There is no circle, so no way is longer than there are nodes.
    for _ in nodes:
        deeper = {low: depth[high] + 1 for high, low in sorted(links, key=lambda link: depth[link[0]])
                  if depth[low] <= depth[high]}  # fmt: skip
        if not deeper:
            break
        depth.update(deeper)

    deepest = max((deep for node, deep in depth.items() if node[0] != "permission"), default=0)
    depth = {node: deepest + 1 if node[0] == "permission" else deep for node, deep in depth.items()}
    found = [[node for node in nodes if depth[node] == each] for each in range(deepest + 2)]
    return [layer for layer in found if layer]


def in_rows(found: list[list[Node]], widths: Mapping[Node, int], down: Iterable[Link]) -> list[list[Node]]:
    """Return layers as rows: one that is too wide becomes several, and linked nodes stay near each other."""
    rows: list[list[Node]] = []
    links = list(down)
    place: dict[Node, float] = {}
    for layer in found:
        above = {node: [place[high] for high, low in links if low == node and high in place] for node in layer}
        layer.sort(key=lambda node: fmean(above[node]) if above[node] else 0.5)
        place.update({node: (number + 0.5) / len(layer) for number, node in enumerate(layer)})
        many = -(-(sum(widths[node] + GAP for node in layer)) // FILLED)
        rows += [layer[number::many] for number in range(many)]
    return rows


def chain(link: Link, high: Node, first: int, low: Node, last: int) -> tuple[Spot, ...]:
    """Return the spots that a link goes through, from one end in the row `first` to the other in the row `last`."""
    return (high, *((link, row) for row in range(first + 1, last)), low)


def neighbours(chains: Iterable[tuple[Spot, ...]]) -> tuple[dict[Spot, list[Spot]], dict[Spot, list[Spot]]]:
    """Return each spot's neighbours in the row above, and those in the row below."""
    above: dict[Spot, list[Spot]] = {}
    below: dict[Spot, list[Spot]] = {}
    for each in chains:
        for high, low in pairwise(each):
            above.setdefault(low, []).append(high)
            below.setdefault(high, []).append(low)
    return above, below


def ordered(rows: list[list[Spot]], beside: tuple[dict[Spot, list[Spot]], dict[Spot, list[Spot]]]) -> None:
    """Put each row in the order of its neighbours' mean places, downwards and upwards in turns."""
    for sweep in range(SWEEPS):
        going = rows if sweep % 2 == 0 else rows[::-1]
        for fixed, row in pairwise(going):
            place = {spot: (number + 0.5) / len(fixed) for number, spot in enumerate(fixed)}
            own = {spot: (number + 0.5) / len(row) for number, spot in enumerate(row)}
            near = {spot: [place[each] for each in beside[sweep % 2].get(spot, ())] for spot in row}
            row.sort(key=lambda spot: fmean(near[spot]) if near[spot] else own[spot])


def placed(
    rows: list[list[Spot]], beside: tuple[dict[Spot, list[Spot]], dict[Spot, list[Spot]]], widths: Mapping[Node, int]
) -> dict[Spot, float]:
    """Return the middle of each spot, as near to its neighbours' as the order and the widths allow."""
    # Room for each: a box and the gap beside it, or a link that passes.
    wide: dict[Spot, float] = {spot: PASSING for row in rows for spot in row}
    wide.update({node: given + GAP for node, given in widths.items()})
    width = max([ROOM, *(sum(wide[spot] for spot in row) for row in rows)])
    across: dict[Spot, float] = {}
    for row in rows:
        begin = (width - sum(wide[spot] for spot in row)) / 2
        for spot in row:
            across[spot] = begin + wide[spot] / 2
            begin += wide[spot]

    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            near = {spot: [*beside[0].get(spot, ()), *beside[1].get(spot, ())] for spot in row}
            wanted = [fmean(across[each] for each in near[spot]) if near[spot] else across[spot] for spot in row]
            across.update(zip(row, apart(wanted, [wide[spot] for spot in row], width), strict=True))
    return across


def apart(wanted: Sequence[float], wide: Sequence[float], width: float) -> list[float]:
    """Return places nearest to the wanted ones (least squares) at which nothing of these widths overlaps."""
    offsets = [0.0]
    for one, other in pairwise(wide):
        offsets.append(offsets[-1] + (one + other) / 2)

    # Isotonic regression: neighbours that would overlap become a block, which stands at its mean.
    blocks: list[list[float]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        blocks.append([want - offset])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    first, last = wide[0] / 2, width - wide[-1] / 2 - offsets[-1]
    means = [min(max(fmean(block), first), last) for block in blocks for _ in block]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
