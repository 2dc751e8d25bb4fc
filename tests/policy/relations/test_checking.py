"""check and list_objects: OpenFGA's assertions, and the attacks that a relation has to withstand."""

from collections import Counter

import pytest

from labsrv.policy.relations.checking import DEEPEST, TooDeep, check, list_objects
from labsrv.policy.relations.model import BadModel, RelationModel
from labsrv.policy.relations.tuples import BadRelation, RelationTuple
from tests.vectors import vector

MODEL = RelationModel.read("""
model
  schema 1.1
type user
type robot
type group
  relations
    define member: [user, group#member]
type folder
  relations
    define viewer: [user, user:*, group#member]
type document
  relations
    define parent: [folder]
    define owner: [user]
    define blocked: [user, group#member]
    define shared: [user, group#member] or owner or viewer from parent
    define viewer: shared but not blocked
    define signer: shared and owner
""")


def tuples(*said):
    """Return tuples of "document:1#viewer@user:alice"."""
    found = []
    for each in said:
        object_, _, rest = each.partition("#")
        relation, _, user = rest.partition("@")
        found.append(RelationTuple(object_, relation, user))
    return found


TEAM = tuples(
    "group:tea#member@user:alice",
    "group:all#member@group:tea#member",
    "folder:pay#viewer@group:all#member",
    "document:1#parent@folder:pay",
    "document:1#owner@user:bob",
    "document:2#shared@user:carol",
    "document:2#blocked@group:tea#member",
    "document:2#shared@group:all#member",
    "folder:menu#viewer@user:*",
    "document:3#parent@folder:menu",
    "document:3#blocked@user:mallory",
)
CHECKS = {
    "through two groups and a folder": ("document:1", "viewer", "user:alice", True),
    "by another relation": ("document:1", "viewer", "user:bob", True),
    "both of two": ("document:1", "signer", "user:bob", True),
    "one of two": ("document:1", "signer", "user:alice", False),
    "a stranger": ("document:1", "viewer", "user:mallory", False),
    "named": ("document:2", "viewer", "user:carol", True),
    "in a group that is blocked": ("document:2", "viewer", "user:alice", False),
    "everybody": ("document:3", "viewer", "user:anyone", True),
    "everybody but one": ("document:3", "viewer", "user:mallory", False),
    "no robot is everybody of the users": ("document:3", "viewer", "robot:r2", False),
    "a userset is nobody of everybody": ("document:3", "viewer", "group:tea#member", False),
    "a userset behind a relation": ("document:1", "viewer", "group:tea#member", True),
    "a userset is in itself": ("group:tea", "member", "group:tea#member", True),
    "an object that nobody knows": ("document:9", "viewer", "user:alice", False),
    "an object of another type": ("folder:1", "viewer", "user:carol", False),
    "a part of a name": ("document:1", "viewer", "user:ali", False),
    "another case": ("document:1", "viewer", "user:Alice", False),
}


@pytest.mark.parametrize(("object_", "relation", "user", "there"), CHECKS.values(), ids=CHECKS)
def test_check(object_, relation, user, there):
    assert check(TEAM, MODEL, object_, relation, user) is there


NO_QUESTIONS = {
    "no such relation": ("document:1", "reader", "user:alice"),
    "no such type": ("slip:1", "viewer", "user:alice"),
    "no such users": ("document:1", "viewer", "person:alice"),
    "no such usersets": ("document:1", "viewer", "group:tea#boss"),
    "a user without a type": ("document:1", "viewer", "alice"),
    "nothing": ("document:1", "viewer", ""),
    "an object without an id": ("document:", "viewer", "user:alice"),
    "every object": ("document:*", "viewer", "user:alice"),
}


@pytest.mark.parametrize(("object_", "relation", "user"), NO_QUESTIONS.values(), ids=NO_QUESTIONS)
def test_what_the_model_has_no_answer_to_is_an_error_and_no_no(object_, relation, user):
    with pytest.raises(BadRelation):
        check(TEAM, MODEL, object_, relation, user)


def test_a_circle_of_groups_ends_as_no():
    circle = tuples("group:a#member@group:b#member", "group:b#member@group:a#member", "folder:1#viewer@group:a#member")

    assert not check(circle, MODEL, "folder:1", "viewer", "user:alice")
    assert check([*circle, *tuples("group:b#member@user:alice")], MODEL, "folder:1", "viewer", "user:alice")


def test_a_circle_among_the_excluded_excludes():
    circle = tuples("group:a#member@group:b#member", "group:b#member@group:a#member", "document:1#owner@user:alice")

    assert check(circle, MODEL, "document:1", "viewer", "user:alice")
    blocked = [*circle, *tuples("document:1#blocked@group:a#member")]
    assert not check(blocked, MODEL, "document:1", "viewer", "user:alice")


def chain(links):
    return tuples(
        *(f"group:{at}#member@group:{at + 1}#member" for at in range(links)), f"group:{links}#member@user:alice"
    )


def test_what_lies_too_deep_is_an_error_and_no_no():
    assert check(chain(DEEPEST - 1), MODEL, "group:0", "member", "user:alice")
    with pytest.raises(TooDeep):
        check(chain(DEEPEST), MODEL, "group:0", "member", "user:alice")


def test_what_lies_too_deep_does_not_hide_a_shorter_way():
    deep = [*chain(40), *tuples("folder:1#viewer@group:0#member", "folder:1#viewer@user:bob")]

    assert check(deep, MODEL, "folder:1", "viewer", "user:bob")
    with pytest.raises(TooDeep):
        check(deep, MODEL, "folder:1", "viewer", "user:carol")


def test_an_exclusion_that_lies_too_deep_lets_nobody_in():
    deep = [*chain(40), *tuples("document:1#owner@user:bob", "document:1#blocked@group:0#member")]

    with pytest.raises(TooDeep):
        check(deep, MODEL, "document:1", "viewer", "user:bob")


def test_a_tuple_that_is_gone_counts_no_more():
    kept = [each for each in TEAM if each.user != "user:alice"]

    assert not check(kept, MODEL, "document:1", "viewer", "user:alice")


def test_a_tuple_that_the_model_has_no_room_for_counts_for_nothing():
    hostile = tuples("document:1#shared@user:*", "document:1#viewer@user:mallory", "document:1#parent@user:mallory")

    assert not check([*TEAM, *hostile], MODEL, "document:1", "viewer", "user:mallory")
    for each in hostile:
        with pytest.raises(BadRelation):
            check(TEAM, MODEL, "document:1", "viewer", "user:mallory", [each])


def test_a_contextual_tuple_counts_for_one_question():
    more = tuples("group:tea#member@user:dora")

    assert check(TEAM, MODEL, "document:1", "viewer", "user:dora", more)
    assert not check(TEAM, MODEL, "document:1", "viewer", "user:dora")


def test_list_objects_is_what_check_says_of_each():
    for user in ("alice", "bob", "carol", "mallory"):
        for relation in ("viewer", "signer", "shared"):
            expected = [
                f"document:{n}" for n in (1, 2, 3) if check(TEAM, MODEL, f"document:{n}", relation, f"user:{user}")
            ]
            assert list_objects(TEAM, MODEL, "document", relation, f"user:{user}") == expected


# OpenFGA's own assertions, by the name of the model. Of the file with conditions, models that have one are left out.
FILES = ("openfga/consolidated_1_1_tests.yaml", "openfga/abac_tests.yaml")


def read_tuples(said):
    return [RelationTuple(each["object"], each["relation"], each["user"]) for each in said or []]


def answered(ask, said):
    """Return whether an assertion's answer, or that there is none, is what is expected."""
    try:
        answer = ask()
    except (BadRelation, TooDeep):
        return "errorCode" in said
    expected = said.get("expectation")
    return "errorCode" not in said and (
        answer == sorted(expected or []) if isinstance(answer, list) else answer == expected
    )


def asserted(tests, counts):
    """Return the assertions that are answered in another way; count all."""
    other = []
    for test in tests:
        written = []
        for stage in test["stages"]:
            written += read_tuples(stage.get("tuples"))
            checks, lists = stage.get("checkAssertions") or [], stage.get("listObjectsAssertions") or []
            counts["list_users, left out"] += len(stage.get("listUsersAssertions") or [])
            if "condition " in stage["model"]:
                counts["models with conditions, left out"] += 1
                counts["assertions on them, left out"] += len(checks) + len(lists)
                with pytest.raises(BadModel):
                    RelationModel.read(stage["model"])
                continue

            model = RelationModel.read(stage["model"])
            counts["models"] += 1
            for kind, said_of, ask in (
                ("check", checks, lambda said: (check, said["tuple"]["object"], said["tuple"])),
                ("list_objects", lists, lambda said: (list_objects, said["request"]["type"], said["request"])),
            ):
                for said in said_of:
                    function, first, asked = ask(said)
                    more = read_tuples(said.get("contextualTuples"))
                    counts[kind] += 1
                    given = (written, model, first, asked["relation"], asked["user"], more)
                    if not answered(lambda function=function, given=given: function(*given), said):
                        other.append((test["name"], kind, said))
    return other


@pytest.mark.parametrize("file", FILES)
def test_openfgas_assertions(file):
    counts = Counter()
    other = asserted(vector(file)["tests"], counts)

    print(file, dict(counts))
    assert other == []
    if "consolidated" in file:
        assert (counts["models"], counts["check"], counts["list_objects"]) == (160, 360, 270)
