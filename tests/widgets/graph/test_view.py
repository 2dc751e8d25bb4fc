"""RoleGraph by its traits: boxes, links, what is reached, what excludes each other, circles."""

from labsrv.widgets import RoleGraph

JUNIORS = {"hr": ["employee"], "payroll": ["employee"]}


def boxes(view):
    return {node["name"]: node for node in view.graph["nodes"]}


def names(view, places):
    return {view.graph["nodes"][place]["name"] for place in places}


def test_a_box_knows_what_it_inherits_and_who_has_it():
    view = RoleGraph(JUNIORS, users={"carol": ["hr"]}, permissions={"employee": ["pay:own"]})
    hr = boxes(view)["hr"]

    assert hr["kind"] == "role" and names(view, hr["below"]) == {"employee", "pay:own"}
    assert names(view, hr["above"]) == {"carol"} and not hr["circle"]
    assert len(view.graph["links"]) == 4


def test_separation_of_duty_is_a_line_between_each_two():
    view = RoleGraph(JUNIORS, apart=[("hr", "payroll"), ({"hr", "payroll", "employee"}, 3)])

    assert len(view.graph["apart"]) == 1 + 3
    assert names(view, view.graph["apart"][0]["ends"]) == {"hr", "payroll"}
    assert [note["tone"] for note in view.graph["notes"]] == ["al-rg-parts", "al-rg-parts"]
    assert "nobody may have both: hr, payroll" in view.as_text()


def test_a_circle_is_shown_and_said():
    view = RoleGraph({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})

    assert {name for name, box in boxes(view).items() if box["circle"]} == {"a", "b", "c"}
    assert [link["backward"] for link in view.graph["links"]].count(True) == 1
    assert view.graph["notes"][0] == {"tone": "al-bad", "says": view.as_text().splitlines()[-1]}


def test_another_hierarchy_is_drawn_in_the_same_place():
    view = RoleGraph(JUNIORS)
    view.show_roles({"a": ["b"]}, users={"bob": ["a"]})

    assert set(boxes(view)) == {"a", "b", "bob"} and view.as_text().splitlines()[1:] == [
        "  a",
        "    b",
        "Users:",
        "  bob: a",
    ]


def test_relations_are_drawn_as_well():
    view = RoleGraph.of_relations([("user:anne", "owner", "doc:plan")])

    assert set(boxes(view)) == {"doc:plan#owner", "user:anne"} and repr(view) == view.as_text()


def test_hostile_names_are_shown_as_names_and_cut():
    view = RoleGraph({"<img src=x>\u202e" + "x" * 500: ["b"]}, title="\u202e")
    state = str(view.get_state())

    assert "\u202e" not in state and max(len(node["name"]) for node in view.graph["nodes"]) <= 60


def test_nothing_to_draw_is_no_error():
    assert RoleGraph({}).graph["nodes"] == []
