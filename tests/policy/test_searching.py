"""The searches agree with asking of each."""

import pytest

from labsrv.kit.access.questions import Action, Entity
from labsrv.policy.deciding import decide
from labsrv.policy.searching import search_actions, search_resources, search_subjects

PEOPLE = [Entity("user", name) for name in ("alice", "bob", "mallory")] + [Entity("robot", "bob")]
SLIPS = [Entity("slip", str(number), {"owner": owner}) for number, owner in enumerate(("alice", "bob", "bob"))]


@pytest.fixture
def question(ask):
    return ask("read", {"id": "bob"}, {"owner": "bob", "id": "1001"})


def test_who_can(pay, question):
    assert [(each.type, each.id) for each, _ in search_subjects(pay, question, PEOPLE)] == [("user", "bob")]


def test_on_what(pay, question):
    found = search_resources(pay, question, [*SLIPS, Entity("note", "9", {"owner": "bob"})])

    assert [each.id for each, _ in found] == ["1", "2"]
    assert all(decision.determining == ("own",) for _, decision in found)


def test_what_can_they_do(pay, question):
    assert search_actions(pay, question) == [(Action("read"), decide(pay, question))]
    assert search_actions(pay, question, [Action("edit")]) == []
