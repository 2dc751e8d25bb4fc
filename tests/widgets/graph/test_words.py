"""A graph in words."""

from labsrv.widgets.graph.links import circles, of_relations, of_roles
from labsrv.widgets.graph.words import in_words, listed

HOSTILE = "<img src=x>\u202e"


def told(linked):
    return in_words(linked, circles(linked)[1])


def test_a_hierarchy_is_an_indented_tree_and_what_comes_twice_is_named_only():
    linked = of_roles(
        {"hr": ["manager"], "manager": ["employee"], "auditor": ["employee"]},
        users={"carol": ["hr"], "dave": []},
        permissions={"employee": ["pay:own"], "hr": ["pay:read", "pay:edit"]},
        apart=[("hr", "auditor"), ({"hr", "manager", "auditor"}, 3)],
    )

    assert told(linked)[:9] == [
        "  hr: pay:read, pay:edit",
        "    manager",
        "      employee: pay:own",
        "  auditor",
        "    employee (as above)",
        "Users:",
        "  carol: hr",
        "  dave: no role",
        "Separation of duty: nobody may have both: hr, auditor.",
    ]
    assert told(linked)[9].startswith("Separation of duty: nobody may have 3 of these: ")


def test_a_circle_is_told_and_ends():
    assert told(of_roles({"a": ["b"], "b": ["a"]})) == [
        "  a",
        "    b",
        "      a (as above)",
        "A cycle: a → b → a. Each of them would inherit all of the others.",
    ]


def test_relations_are_a_tree_of_objects():
    relations = [("user:anne", "member", "group:eng"), ("group:eng#member", "viewer", "doc:plan")]

    assert told(of_relations(relations)) == ["  doc:plan#viewer", "    group:eng#member: user:anne"]


def test_a_node_says_what_it_inherits_and_who_has_it():
    linked = of_roles({"hr": ["employee"]}, users={"carol": ["hr"]}, permissions={"employee": ["pay:own"]})
    said = {node[1]: listed(node, linked.below(node), linked.above(node)) for node in linked.nodes}

    assert said["hr"] == "hr inherits the role employee; the permission pay:own. It belongs to the user carol."
    assert said["carol"] == "carol has the roles hr, employee; the permission pay:own."
    assert said["pay:own"] == "pay:own belongs to the roles employee, hr; the user carol."


def test_hostile_names_are_written_out():
    lines = told(of_roles({HOSTILE: []}))

    assert lines == ["  <img src=x>\\u202e"]
