"""Models are read from OpenFGA's language, and refused with the line."""

import pytest

from labsrv.policy.relations.model import (
    BadModel,
    Computed,
    Direct,
    Exclusion,
    FromTupleset,
    Intersection,
    RelationModel,
    Union,
    UserKind,
)

HEAD = """model
  schema 1.1
type user
type group
  relations
    define member: [user, user:*, group#member]
type doc
  relations
    define parent: [group]
    define a: [user]
    define b: [user]
    define c: """
A, B, C = Computed("a"), Computed("b"), Computed("c")
READ = {
    "[user, user:*, group#member]": Direct(
        (UserKind("user"), UserKind("user", everybody=True), UserKind("group", "member"))
    ),
    "a": A,
    "member from parent": FromTupleset("member", "parent"),
    "a or b or a": Union((A, B, A)),
    "a and b": Intersection((A, B)),
    "a but not b": Exclusion(A, B),
    "a but not (a or b)": Exclusion(A, Union((A, B))),
    "(a or b) and [user]": Intersection((Union((A, B)), Direct((UserKind("user"),)))),
    "member from parent and a": Intersection((FromTupleset("member", "parent"), A)),
    "((a))": A,
}


@pytest.mark.parametrize(("said", "userset"), READ.items(), ids=READ)
def test_a_relation_is_read(said, userset):
    assert RelationModel.read(HEAD + said).userset("doc", "c") == userset


BROKEN = {
    "two kinds of joints": ("a or b and a", "line 12: 'and' needs parentheses"),
    "not after not": ("a but not b but not a", "'but' needs parentheses"),
    "nothing": ("()", "stands where a relation should"),
    "an end that is missing": ("(a or b", "is missing at the end"),
    "nothing after or": ("a or", "is missing at the end"),
    "but alone": ("a but b", "not is missing"),
    "a sign": ("a | b", "'| b' is no part"),
    "a condition": ("[user with office_hours]", "'user with office_hours' is no type"),
    "no types": ("[]", "'' is no type"),
    "an unknown relation": ("d", "doc#c: there is no doc#d"),
    "an unknown type": ("[person]", "there is no person"),
    "an unknown userset": ("[group#boss]", "there is no group#boss"),
    "from a relation that is computed": ("member from c", "'c' has to be a relation of doc that tuples alone give"),
    "from what has no such relation": ("boss from parent", "nothing that 'parent' leads to has a 'boss'"),
    "too many parentheses": ("(" * 20 + "a" + ")" * 20, "more than 10 deep"),
}


@pytest.mark.parametrize(("said", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_relation_is_refused(said, words):
    with pytest.raises(BadModel) as raised:
        RelationModel.read(HEAD + said)

    assert words in str(raised.value)


@pytest.mark.parametrize(
    "text",
    ["", "model\nschema 1.0", "schema 1.1", "model\nschema 1.1\ndefine a: [user]", HEAD + "a\n    define a: [user]"],
)
def test_a_broken_model_is_refused(text):
    with pytest.raises(BadModel):
        RelationModel.read(text)
