"""The layout: seniors above juniors, users first, permissions last, and nothing covers anything."""

import random
from itertools import combinations

import pytest

from labsrv.widgets.graph.layout import HEIGHT, WIDEST, apart, laid_out, width_of
from labsrv.widgets.graph.links import circles, of_roles


def drawn(**given):
    """Return the layout of a hierarchy."""
    linked = of_roles(**given)
    return laid_out(linked, circles(linked)[0], lambda node: node[1])


def at_random(seed):
    """Return some hierarchy of 40 nodes, perhaps with circles."""
    dice = random.Random(seed)
    roles = [f"role-{number}" for number in range(14)]
    return {
        "juniors": {role: dice.sample(roles, dice.randint(0, 2)) for role in roles},
        "users": {f"user {number}": dice.sample(roles, dice.randint(0, 2)) for number in range(12)},
        "permissions": {dice.choice(roles): [f"pay:{number}", f"{'long' * 30}:{number}"] for number in range(7)},
    }


def test_a_senior_stands_above_its_juniors_however_long_the_way_is():
    layout = drawn(juniors={"top": ["base", "middle"], "middle": ["base"]}, permissions={"top": ["read"]})
    height = {name: y for (_, name), (_, y) in layout.boxes.items()}

    assert height["top"] < height["middle"] < height["base"] < height["read"]


def test_users_stand_above_all_roles_and_permissions_below():
    layout = drawn(juniors={"a": ["b"], "lonely": []}, users={"alice": ["b"]}, permissions={"a": ["read"]})
    rows = {node[1]: row for node, row in layout.rows.items()}

    assert rows["alice"] < min(rows["a"], rows["lonely"]) and rows["read"] > rows["b"]


@pytest.mark.parametrize("seed", range(10))
def test_no_box_covers_another_and_all_are_inside(seed):
    layout = drawn(**at_random(seed))
    boxes = [(x - layout.widths[node] / 2, x + layout.widths[node] / 2, y) for node, (x, y) in layout.boxes.items()]

    for (left, right, y), (other_left, other_right, other_y) in combinations(boxes, 2):
        assert abs(y - other_y) > HEIGHT or right < other_left or other_right < left
    assert all(left >= 0 and right <= layout.width for left, right, _ in boxes)
    assert max(y for *_, y in boxes) < layout.height


@pytest.mark.parametrize("seed", range(10))
def test_a_link_over_several_rows_passes_beside_the_boxes(seed):
    layout = drawn(**at_random(seed))

    for link, way in layout.ways.items():
        for x, y in way[1:-1]:
            for node, (box, box_y) in layout.boxes.items():
                assert y != box_y or abs(x - box) > layout.widths[node] / 2, (link, node)


def test_a_forest_has_no_crossing():
    juniors = {"a": ["c", "d"], "b": ["e", "f"]}
    layout = drawn(juniors=juniors)
    order = sorted(layout.boxes, key=lambda node: (layout.boxes[node][1], layout.boxes[node][0]))
    names = [name for _, name in order]

    assert {frozenset(names[2:4]), frozenset(names[4:6])} == {frozenset("cd"), frozenset("ef")}


def test_places_keep_their_distance_and_stay_near_what_was_wanted():
    assert apart([50, 50], [20, 20], 200) == [40, 60]
    assert apart([10, 90], [20, 20], 200) == [10, 90]
    assert apart([-50, 500], [20, 20], 200) == [10, 190]


def test_a_long_name_has_a_box_of_a_bounded_width():
    assert width_of("x" * 1000) == WIDEST
