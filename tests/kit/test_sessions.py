"""Sessions: created, found by their id alone, listed, ended; what the store keeps is no id that opens anything."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import count

import pytest
from pymongo.errors import DuplicateKeyError

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.sessions import Session, Sessions


@pytest.fixture
def sessions(db, now):
    """Sessions whose ids are a count and the user's name."""
    numbers = count(1)
    return Sessions(db.sessions, new_id=lambda user: f"id {next(numbers)} of {user}", fingerprint=fingerprint, now=now)


def test_a_session_is_found_by_its_id(sessions, now):
    made = sessions.create("alice", basket=["oolong"])
    found = sessions.find(made.id)

    assert (made.id, made.user, made.basket, made.confirmed_at) == ("id 1 of alice", "alice", ["oolong"], None)
    assert made.created_at == made.last_seen == now()
    at = now.kept
    assert found == Session(made.id, "alice", created_at=at, last_seen=at, basket=["oolong"])
    assert found.created_at.utcoffset() == timedelta(0)


NO_IDS = {
    "none": None,
    "empty": "",
    "another": "id 2 of alice",
    "its fingerprint": fingerprint("id 1 of alice"),
    "a space more": "id 1 of alice ",
    "half a character": "id 1 of alice\ud83c",
    "very long": "x" * 100_000,
}


@pytest.mark.parametrize("session_id", NO_IDS.values(), ids=NO_IDS)
def test_nothing_else_opens_it(sessions, session_id):
    sessions.create("alice")

    assert sessions.find(session_id) is None


def test_the_store_keeps_no_id(sessions):
    session = sessions.create("alice")
    (row,) = sessions.rows.find()

    assert row["_id"] == sessions.key(session.id) == fingerprint(session.id)
    assert set(row) == {"_id", "user", "created_at", "last_seen", "confirmed_at", "basket"}
    assert session.id not in str(row) and session.id not in repr(session)


def test_the_id_is_drawn_for_the_user_unless_one_is_given(sessions):
    assert sessions.create().id == "id 1 of None" and sessions.create().user is None
    assert sessions.create("alice", session_id="planted").id == "planted"
    assert sessions.create("alice", session_id="").id == "id 3 of alice"
    assert sessions.find("planted").user == "alice"


def test_an_id_that_is_taken_opens_no_second_session(sessions):
    sessions.create("alice", session_id="one")

    with pytest.raises(DuplicateKeyError):
        sessions.create("mallory", session_id="one")
    assert sessions.find("one").user == "alice"


def test_a_basket_belongs_to_one_session_only(sessions):
    mine = ["oolong"]
    made = sessions.create("alice", basket=mine)
    mine.append("planted")
    made.basket.append("not saved")
    sessions.find(made.id).basket.clear()

    assert made.basket == ["oolong", "not saved"]
    assert sessions.find(made.id).basket == ["oolong"]
    assert sessions.create("bob").basket is not sessions.create("bob").basket


def test_a_row_that_was_saved_is_found_as_it_was_saved(sessions, now):
    session = sessions.create("alice")
    now.advance(minutes=31)
    session.last_seen, session.confirmed_at = now(), now()
    session.basket.append("緑茶")
    sessions.rows.replace_one({"_id": sessions.key(session.id)}, session.row())

    found = sessions.find(session.id)
    assert found.last_seen == found.confirmed_at == now.kept
    assert found.last_seen - found.created_at == timedelta(minutes=31)
    assert found.basket == ["緑茶"]


EAST = timezone(timedelta(hours=2))
TIMES = {
    "of another zone": (datetime(2030, 1, 2, 5, tzinfo=EAST), datetime(2030, 1, 2, 3, tzinfo=UTC)),
    "of no zone, which is taken for UTC": (datetime(2030, 1, 2, 3), datetime(2030, 1, 2, 3, tzinfo=UTC)),
    "before the epoch": (datetime(1969, 1, 1, tzinfo=UTC), datetime(1969, 1, 1, tzinfo=UTC)),
}


@pytest.mark.parametrize(("given", "kept"), TIMES.values(), ids=TIMES)
def test_a_time_comes_back_aware_and_in_utc(sessions, now, given, kept):
    now.at = given
    found = sessions.find(sessions.create("alice").id)

    assert found.created_at == kept and found.created_at.utcoffset() == timedelta(0)


def test_a_users_sessions_come_oldest_first(sessions, now):
    for name in ("alice", "bob", "alice", "緑茶"):
        sessions.create(name)
        now.advance(minutes=-1)

    assert [row["_id"] for row in sessions.of("alice")] == [fingerprint("id 3 of alice"), fingerprint("id 1 of alice")]
    assert [row["user"] for row in sessions.of("緑茶")] == ["緑茶"]
    assert sessions.of("carol") == sessions.of("") == []


def test_an_end_is_one_sessions_end_and_for_good(sessions):
    first, second = sessions.create("alice"), sessions.create("alice")
    sessions.delete(first)
    sessions.delete(first)

    assert sessions.find(first.id) is None
    assert sessions.find(second.id).user == "alice"


ENDED = {
    "all of hers": (None, ["id 3 of bob", "id 4 of None"]),
    "all of hers but one": ("id 1 of alice", ["id 1 of alice", "id 3 of bob", "id 4 of None"]),
    "all but one that is not hers": ("id 3 of bob", ["id 3 of bob", "id 4 of None"]),
}


@pytest.mark.parametrize(("but", "left"), ENDED.values(), ids=ENDED)
def test_of_many_sessions_one_users_end(sessions, but, left):
    made = [sessions.create(user) for user in ("alice", "alice", "bob", None)]
    sessions.delete_all("alice", but=sessions.find(but))

    assert [each.id for each in made if sessions.find(each.id)] == left


def test_a_session_that_was_ended_keeps_no_other_alive(sessions):
    gone, other = sessions.create("alice"), sessions.create("alice")
    sessions.delete(gone)
    sessions.delete_all("alice", but=gone)

    assert sessions.find(other.id) is None


def test_what_the_store_keeps_is_up_to_the_fingerprint(db, now):
    plain = Sessions(db.sessions, new_id=lambda user: "guessable", fingerprint=str, now=now)
    plain.create("alice")

    assert plain.rows.find_one({"_id": "guessable"})["user"] == "alice"
