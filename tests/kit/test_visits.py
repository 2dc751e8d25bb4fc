"""Logins in two steps: half way for five minutes, full until they end, and each with an id of its own."""

import dataclasses
from datetime import timedelta

import pytest

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.visits import HALF_WAY, Visit, Visits, row_of


@pytest.fixture
def visits(db, now):
    return Visits(db.visits, now)


@pytest.mark.parametrize("proved", [True, False])
@pytest.mark.parametrize("full", [True, False])
def test_a_visit_is_found_by_its_id(visits, now, full, proved):
    made = visits.begin("alice", full=full, proved=proved)
    at = now.kept

    assert made == Visit(made.id, "alice", full, now(), now() if proved else None)
    assert visits.find(made.id) == Visit(made.id, "alice", full, at, at if proved else None)
    assert visits.find(made.id).began_at.utcoffset() == timedelta(0)


NO_IDS = {"none": None, "empty": "", "another": "x" * 43, "half a character": "\ud83c", "very long": "x" * 100_000}


@pytest.mark.parametrize("visit_id", NO_IDS.values(), ids=NO_IDS)
def test_nothing_else_opens_it(visits, visit_id):
    visits.begin("alice", full=True)

    assert visits.find(visit_id) is None


def test_no_two_visits_have_one_id_and_the_store_keeps_none(visits):
    made = [visits.begin("alice", full=True) for _ in range(20)]
    rows = visits.rows.find()

    assert len({each.id for each in made}) == 20 and min(len(each.id) for each in made) >= 43
    assert {row["_id"] for row in rows} == {fingerprint(each.id) for each in made}
    assert set(rows[0]) == {"_id", *row_of(made[0])} == {"_id", "user", "full", "began_at", "proved_at"}
    assert not any(each.id in str(rows) + repr(each) for each in made)
    assert not any(visits.find(row["_id"]) for row in rows), "What a thief reads in the store opens nothing."


LIVES = {
    "half way, a moment before": (False, HALF_WAY - timedelta(milliseconds=2), True),
    "half way, five minutes": (False, HALF_WAY, False),
    "half way, a year": (False, timedelta(days=365), False),
    "full, five minutes": (True, HALF_WAY, True),
    "full, a year": (True, timedelta(days=365), True),
}


@pytest.mark.parametrize(("full", "later", "there"), LIVES.values(), ids=LIVES)
def test_a_first_step_waits_for_five_minutes(visits, now, full, later, there):
    visit = visits.begin("alice", full=full)
    now.at += later

    assert bool(visits.find(visit.id)) is there


def test_a_proof_ends_the_visit_and_begins_a_full_one(visits, now):
    first = visits.begin("alice", full=False, proved=False)
    now.advance(minutes=1)
    second = visits.prove(first)

    assert visits.find(first.id) is None, "Who knew the id before knows nothing after."
    assert second.id != first.id
    assert visits.find(second.id) == Visit(second.id, "alice", True, *[now.kept] * 2)


def test_a_proof_leaves_other_visits_alone(visits):
    hers, bobs = visits.begin("alice", full=True), visits.begin("bob", full=False)
    visits.prove(visits.begin("alice", full=False))

    assert visits.find(hers.id).full and not visits.find(bobs.id).full


def test_an_end_is_one_visits_end_and_for_good(visits):
    first, second = visits.begin("alice", full=True), visits.begin("alice", full=True)
    visits.end(first)
    visits.end(first)
    visits.end(None)

    assert visits.find(first.id) is None and visits.find(second.id)


def test_all_visits_of_a_user_end_half_way_or_full_and_nobody_elses(visits):
    hers = [visits.begin("緑茶", full=full) for full in (True, False, True)]
    bobs = visits.begin("bob", full=True)
    visits.end_all("緑茶")
    visits.end_all("carol")

    assert [visits.find(each.id) for each in hers] == [None] * 3
    assert visits.find(bobs.id).user == "bob"


def test_a_visit_is_a_copy_that_nobody_changes(visits):
    with pytest.raises(dataclasses.FrozenInstanceError):
        visits.begin("alice", full=False).full = True
