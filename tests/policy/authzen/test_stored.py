"""What the PDP knows itself: it completes a question, and is right where the two differ."""

import pytest

from labsrv.kit.access.questions import BadQuestion
from labsrv.policy.authzen.stored import StoredEntities

ALICE = {"type": "user", "id": "alice", "properties": {"clearance": 1}}


def test_nobody_lends_themselves_a_clearance(ask):
    stored = StoredEntities.from_json({"subjects": [ALICE]})
    completed = stored.completed(ask("read", {"clearance": 9, "mood": "good"}))

    assert completed.subject.properties == {"clearance": 1, "mood": "good"}


def test_a_stranger_stays_as_they_came(ask):
    stored = StoredEntities.from_json({"subjects": [ALICE | {"type": "robot"}], "resources": [ALICE]})
    question = ask("read", {"clearance": 9})

    assert stored.completed(question) == question


BROKEN = {
    "a list": ([], "are an object"),
    "an unknown member": ({"users": []}, "are an object"),
    "subjects that are an object": ({"subjects": {}}, "subjects has to be a list"),
    "one without an id": ({"resources": [{"type": "slip"}]}, r"resources\[0\]\.id is missing"),
    "one twice": ({"subjects": [ALICE, ALICE]}, r"subjects\[1\]: user 'alice' is there twice"),
}


@pytest.mark.parametrize(("said", "words"), BROKEN.values(), ids=BROKEN)
def test_broken_data_is_said_with_its_place(said, words):
    with pytest.raises(BadQuestion, match=words):
        StoredEntities.from_json(said)
