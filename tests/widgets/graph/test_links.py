"""Links: what is reached from where, circles, and what is refused as no graph."""

import pytest

from labsrv.widgets.graph.links import Linked, circles, of_relations, of_roles


def role(name):
    return ("role", name)


def test_a_role_reaches_its_juniors_through_others_and_a_diamond_once():
    linked = of_roles({"top": ["left", "right"], "left": ["base"], "right": ["base"]}, permissions={"base": ["read"]})

    assert linked.below(role("top")) == [role("left"), role("right"), role("base"), ("permission", "read")]
    assert linked.above(("permission", "read")) == [role("base"), role("left"), role("right"), role("top")]


def test_a_user_and_a_role_of_one_name_are_two():
    linked = of_roles({"hr": []}, users={"hr": ["hr"]})

    assert linked.nodes == (("user", "hr"), role("hr")) and linked.below(("user", "hr")) == [role("hr")]


def test_relations_lead_from_the_object_to_the_user():
    linked = of_relations([("group:eng#member", "viewer", "doc:plan"), ("user:anne", "member", "group:eng")])

    assert linked.below(("object", "doc:plan#viewer")) == [("object", "group:eng#member"), ("user", "user:anne")]


CIRCLES = {
    "none": ({"a": ["b"], "b": ["c"]}, []),
    "a diamond is none": ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, []),
    "of one": ({"a": ["a"]}, ["a a"]),
    "of two": ({"a": ["b"], "b": ["a"]}, ["a b a"]),
    "below a root": ({"top": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}, ["a b c a"]),
    "two": ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, ["a b a", "c d c"]),
}


@pytest.mark.parametrize(("juniors", "expected"), CIRCLES.values(), ids=CIRCLES)
def test_circles(juniors, expected):
    linked = of_roles(juniors)
    backward, found = circles(linked)
    left = tuple(link for link in linked.links if link not in backward)

    assert [" ".join(name for _, name in each) for each in found] == expected
    assert circles(Linked(linked.nodes, left)) == (set(), []), "Without the links that lead back there is no circle."


def test_what_is_in_a_circle_is_reached_once():
    assert of_roles({"a": ["b"], "b": ["a"]}).below(role("a")) == [role("b")]


REFUSED = {
    "a text in place of a list": (TypeError, "['employee']", {"juniors": {"manager": "employee"}}),
    "too many nodes": (ValueError, "draw a part", {"juniors": {"a": [f"role {each}" for each in range(200)]}}),
    "a constraint of one role": (ValueError, "n is at least 2", {"juniors": {}, "apart": [("a",)]}),
    "a constraint on one of two": (ValueError, "n is at least 2", {"juniors": {}, "apart": [(("a", "b"), 1)]}),
}


@pytest.mark.parametrize(("error", "words", "given"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_graph_is_refused_in_a_sentence(error, words, given):
    with pytest.raises(error) as raised:
        of_roles(**given)

    assert words in str(raised.value)
