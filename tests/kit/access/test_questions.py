"""Questions: read strictly where AuthZEN names a member, and changed only by making another."""

import json

import pytest

from labsrv.kit.access.questions import NAMES, Action, BadQuestion, Entity, Question

SAID = {
    "subject": {"type": "user", "id": "alice", "properties": {"clearance": 2}},
    "action": {"name": "read", "properties": {"via": "web"}},
    "resource": {"type": "slip", "id": "1001", "properties": {"owner": "alice"}},
    "context": {"time": "09:00"},
}

BROKEN = {
    "no object": ([], "the question is missing or no object"),
    "no subject": ({**SAID, "subject": None}, "subject is missing or no object"),
    "a subject that is text": ({**SAID, "subject": "alice"}, "subject is missing or no object"),
    "no type": ({**SAID, "subject": {"id": "alice"}}, "subject.type is missing or no text"),
    "a number as id": ({**SAID, "resource": {"type": "slip", "id": 1001}}, "resource.id is missing or no text"),
    "an empty id": ({**SAID, "resource": {"type": "slip", "id": ""}}, "resource.id is missing or no text"),
    "an action without a name": ({**SAID, "action": {}}, "action.name is missing or no text"),
    "an action that is text": ({**SAID, "action": "read"}, "action is missing or no object"),
    "properties that are a list": ({**SAID, "action": {"name": "read", "properties": []}}, "action.properties is"),
    "properties that are null": ({**SAID, "action": {"name": "x", "properties": None}}, "action.properties is"),
    "a context that is a list": ({**SAID, "context": []}, "context is missing or no object"),
}  # fmt: skip


@pytest.mark.parametrize(("said", "words"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_question_is_refused_with_the_member_named(said, words):
    with pytest.raises(BadQuestion, match=words):
        Question.from_json(said)


def test_a_question_goes_to_json_and_back():
    question = Question.from_json(SAID)

    assert question.as_json() == SAID
    assert Question.from_json(json.loads(json.dumps(question.as_json()))) == question


def test_what_is_empty_is_not_written():
    short = Question(Entity("user", "alice"), Action("read"), Entity("slip", "1001"))

    assert short.as_json() == {
        "subject": {"type": "user", "id": "alice"},
        "action": {"name": "read"},
        "resource": {"type": "slip", "id": "1001"},
    }


def test_members_that_nobody_knows_are_passed_over():
    assert Question.from_json(SAID | {"shoe_size": 42}).as_json() == SAID


def test_a_property_named_like_a_part_of_the_entity_does_not_take_its_place():
    hostile = Question(Entity("user", "mallory", {"id": "alice"}), Action("read", {"name": "x"}), Entity("slip", "1"))

    assert (hostile.attribute("subject.id"), hostile.attribute("action.name")) == ("mallory", "read")


@pytest.mark.parametrize("name", [*NAMES, "subject.clearance", "action.via", "resource.owner", "context.time"])
def test_an_attribute_is_changed_in_a_question_of_its_own(name):
    question = Question.from_json(SAID)
    other = question.having(name, "something else")

    assert other.attribute(name) == "something else"
    assert question.as_json() == SAID
    assert other.having(name, question.attribute(name)) == question


@pytest.mark.parametrize("name", ["subject.clearance", "action.via", "resource.owner", "context.time"])
def test_an_attribute_is_taken_out_with_none(name):
    assert Question.from_json(SAID).having(name, None).attribute(name) is None
    assert name.partition(".")[2] not in json.dumps(Question.from_json(SAID).having(name, None).as_json())


def test_an_attribute_of_nothing_is_an_error():
    question = Question.from_json(SAID)

    with pytest.raises(LookupError, match=r"'environment\.time' is in no question"):
        question.attribute("environment.time")
    with pytest.raises(LookupError, match="'clearance' is in no question"):
        question.having("clearance", 3)
