"""The store itself: what there is in it, where it is kept, and what is said of a server that is not there."""

import socket
import time

import mongomock
import pytest

from labsrv.kit.store import URI, StoreUnavailable, open_store
from tests.kit.at_once import at_once


def test_the_contract_is_held_against_a_server_of_others(on_a_server):
    assert on_a_server.where.startswith(("MongoDB at ", "FerretDB at "))


@pytest.mark.parametrize("row", range(20))
def test_of_those_who_come_at_once_one_wins(store, row):
    store.rows.insert_one({"_id": row, "used": False})

    def use():
        return store.rows.update_one({"_id": row, "used": False}, {"$set": {"used": True}}).modified_count

    def take():
        return store.rows.find_one_and_update({"_id": row, "used": True}, {"$unset": {"used": 1}}) is not None

    def count():
        store.rows.update_one({"_id": "count"}, {"$inc": {"n": 1}}, upsert=True)

    assert sum(at_once(*[use] * 4)) == 1
    assert sum(at_once(*[take] * 4)) == 1
    at_once(*[count] * 4)
    assert store.rows.find_one({"_id": "count"})["n"] == 4


def test_collections_dump_and_clear(store):
    store.sessions.insert_one({"_id": "an id that a thief can use"})
    store["users.old"].insert_one({"_id": "bob"})

    assert store.collections() == ["sessions", "users.old"]
    assert store.dump() == {"sessions": [{"_id": "an id that a thief can use"}], "users.old": [{"_id": "bob"}]}
    store.clear()
    assert store.collections() == []
    assert store.dump() == {}


def test_where_says_what_keeps_it(store, request):
    kept = ("MongoDB at ", "FerretDB at ") if {"stand_in", "on_a_server"} & set(request.fixturenames) else "in memory"
    assert store.where.startswith(kept)
    assert "<Store" in repr(store)


def test_private_names_are_no_collections(store):
    with pytest.raises(AttributeError):
        store._ipython_display_  # noqa: B018


def test_two_stores_do_not_see_each_other(in_memory):
    in_memory.rows.insert_one({"_id": 1})
    assert open_store().dump() == {}


@pytest.mark.slow("waits for a server that never answers")
@pytest.mark.parametrize("before", ["", "alice:s3cret@"], ids=["plain", "with a password"])
def test_an_unreachable_server_is_one_clear_sentence(monkeypatch, before):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv(URI, f"mongodb://{before}127.0.0.1:{port}/?appname=x")
    began = time.monotonic()

    with pytest.raises(StoreUnavailable) as refused:
        open_store()
    sentence = f"MongoDB at 127.0.0.1:{port} does not answer; start it, or unset {URI} to keep the store in memory."
    assert str(refused.value) == sentence
    assert refused.value.__cause__ is refused.value.__context__ is None
    assert time.monotonic() - began < 10, "The wait is bounded at two seconds; the rest is for a slow machine."


@pytest.mark.parametrize("uri", ["http://alice:s3cret@host", "mongodb://alice:s3cret@h:99999", "mongodb://"])
def test_an_address_that_is_none_is_one_clear_sentence(monkeypatch, uri):
    monkeypatch.setenv(URI, uri)
    with pytest.raises(StoreUnavailable, match=f"{URI} is not an address like mongodb://host:port") as refused:
        open_store()
    assert "s3cret" not in str(refused.value)


def test_a_server_that_goes_away_is_said_plainly(stand_in, monkeypatch):
    def lost(*_, **__):
        from pymongo.errors import AutoReconnect

        raise AutoReconnect("connection closed")

    monkeypatch.setattr("pymongo.collection.Collection.find_one", lost)
    with pytest.raises(StoreUnavailable, match="does not answer; start it"):
        stand_in.rows.find_one()


def test_in_memory_one_operation_runs_at_a_time(in_memory, monkeypatch):
    """mongomock by itself is not atomic: it looks for a row, and deletes it in a second step."""
    inside, most = [], []
    original = mongomock.Collection.find_one_and_delete

    def watched(*args, **options):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.002)
        try:
            return original(*args, **options)
        finally:
            inside.pop()

    monkeypatch.setattr(mongomock.Collection, "find_one_and_delete", watched)
    in_memory.vouchers.insert_one({"_id": "tea"})
    assert sum(at_once(*[lambda: in_memory.vouchers.find_one_and_delete({"_id": "tea"}) is not None] * 8)) == 1
    assert most == [1] * 8
