"""Flips: changes in words, who has to act, and to JSON and back."""

import json

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.flips import Change, Flip, by_who

FLIP = Flip(
    (Change("subject.clearance", 2, 3, "HR"), Change("context.reason", None, "fire", "the subject")),
    Decision("permit"),
)


def test_a_change_reads_as_one_line():
    assert [str(each) for each in FLIP.changes] == [
        "subject.clearance: 2 → 3 (HR)",
        "context.reason: missing → 'fire' (the subject)",
    ]


def test_who_has_to_act_is_named_once():
    assert FLIP.changeable_by == ("HR", "the subject")


def test_a_flip_goes_to_json_and_back():
    assert Flip.from_json(json.loads(json.dumps(FLIP.as_json()))) == FLIP


def test_flips_are_told_apart_by_who_could_change_it():
    mine = Flip((Change("context.reason", None, "fire", "the subject"),), Decision("permit"))

    assert by_who([FLIP, mine, mine]) == {("HR", "the subject"): [FLIP], ("the subject",): [mine, mine]}
