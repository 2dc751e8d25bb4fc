"""One contract for every store: in memory, at the other end of a pipe, and in a MongoDB."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import mongomock
import pytest
from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from labsrv.kit.pipe.peer import Peer, RemoteError
from labsrv.kit.pipe.remote import RemoteStore
from labsrv.kit.pipe.served import serve_store
from labsrv.kit.store import OPERATIONS, URI, Store, StoreUnavailable, open_store
from labsrv.kit.store.collection import Collection
from tests.kit.store.mongo_stand_in import StandIn

REAL_URI = os.environ.get(URI)
SERVE_A_STORE = """
import sys
from labsrv.kit.pipe.peer import Peer
from labsrv.kit.pipe.served import serve_store
from labsrv.kit.store import open_store
import threading
ended = threading.Event()
peer = Peer.over_streams(sys.stdin.buffer.raw, sys.stdout.buffer, serve_store(open_store()) | {"end": ended.set})
ended.wait()
"""


@pytest.fixture(scope="module")
def another_process():
    environment = {name: value for name, value in os.environ.items() if name != URI}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", SERVE_A_STORE], env=environment, **pipes) as process:
        with Peer.over_streams(process.stdout, process.stdin) as peer:
            yield peer
            peer.call("end")
        process.wait(10)


@pytest.fixture
def in_memory(monkeypatch):
    monkeypatch.delenv(URI, raising=False)
    store = open_store()
    yield store
    store.close()


@pytest.fixture
def over_the_pipe(in_memory):
    here, there = socket.socketpair()
    with Peer.over(there, serve_store(in_memory)), Peer.over(here) as peer:
        yield RemoteStore(peer)


@pytest.fixture
def in_another_process(another_process):
    store = RemoteStore(another_process)
    store.clear()
    yield store


@pytest.fixture
def stand_in(monkeypatch):
    """pymongo's path, against a stand-in that is not MongoDB."""
    server = StandIn()
    monkeypatch.setenv(URI, server.uri)
    store = open_store("Contract tests!")
    yield store
    store.close()
    assert server.databases.list_database_names() == [], "close() leaves a database behind."
    server.stop()


@pytest.fixture
def real_mongodb():
    if not REAL_URI:
        pytest.skip(f"{URI} is not set: no MongoDB to hold the contract against")
    store = open_store("contract")
    yield store
    store.close()


STORES = ["in_memory", "over_the_pipe", "in_another_process", "stand_in", *(["real_mongodb"] if REAL_URI else [])]


def test_the_contract_is_held_against_a_real_mongodb(real_mongodb):
    assert real_mongodb.where.startswith("MongoDB at ")


@pytest.fixture(params=STORES)
def store(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def rows(store):
    store.rows.insert_many([{"_id": n, "n": n, "even": n % 2 == 0, "name": f"row {n}"} for n in range(5)])
    return store.rows


# What one reads


def test_find_one_and_its_options(rows):
    assert rows.find_one({"_id": 3}) == {"_id": 3, "n": 3, "even": False, "name": "row 3"}
    assert rows.find_one({"_id": 9}) is None
    assert rows.find_one(sort=[("n", -1)])["n"] == 4
    assert rows.find_one({"_id": 3}, {"n": 1}) == {"_id": 3, "n": 3}
    assert rows.find_one({"_id": 3}, ["name"]) == {"_id": 3, "name": "row 3"}


def test_find_returns_a_list_sorted_limited_skipped(rows):
    found = rows.find({"even": True}, sort=[("n", -1)])
    assert isinstance(found, list)
    assert [row["n"] for row in found] == [4, 2, 0]
    assert [row["n"] for row in rows.find(sort=[("even", 1), ("n", -1)], skip=1, limit=2)] == [1, 4]
    assert rows.find({"n": 17}) == []
    assert len(rows.find({})) == len(rows.find()) == 5


FILTERS = {
    "greater than": ({"n": {"$gt": 2}}, {3, 4}),
    "one of": ({"n": {"$in": [0, 4, 8]}}, {0, 4}),
    "not this one": ({"_id": {"$ne": 0}, "even": True}, {2, 4}),
    "either": ({"$or": [{"n": 1}, {"name": "row 2"}]}, {1, 2}),
    "a field that is missing": ({"nowhere": {"$exists": False}}, {0, 1, 2, 3, 4}),
    "a pattern": ({"name": re.compile("ROW [12]", re.IGNORECASE)}, {1, 2}),
    "a pattern as an operator": ({"name": {"$regex": "^row [^12]$"}}, {0, 3, 4}),
    "a pattern with options": ({"name": {"$regex": "^ROW 0", "$options": "i"}}, {0}),
    "not a pattern": ({"name": {"$not": re.compile("[0-3]")}}, {4}),
}


@pytest.mark.parametrize(("filter", "expected"), FILTERS.values(), ids=FILTERS)
def test_filters(rows, filter, expected):
    assert {row["n"] for row in rows.find(filter)} == expected
    assert rows.count_documents(filter) == len(expected)


def test_count_and_distinct(rows):
    assert rows.count_documents({}) == 5
    assert rows.count_documents({}, limit=2) == 2
    assert sorted(rows.distinct("even")) == [False, True]
    assert sorted(rows.distinct("n", {"even": False})) == [1, 3]


# What one writes


def test_insert_writes_the_id_into_the_callers_document(store):
    mine = {"name": "alice"}
    result = store.people.insert_one(mine)

    assert isinstance(mine["_id"], ObjectId)
    assert result.inserted_id == mine["_id"]
    assert store.people.find_one({"_id": mine["_id"]}) == mine

    several = [{"name": "bob"}, {"_id": "own", "name": "carol"}]
    assert store.people.insert_many(several).inserted_ids == [several[0]["_id"], "own"]


def test_a_taken_id_raises_duplicate_key_error(rows):
    with pytest.raises(DuplicateKeyError):
        rows.insert_one({"_id": 3})
    assert rows.find_one({"_id": 3})["n"] == 3


def test_a_unique_index_holds(store):
    assert store.people.create_index("email", unique=True) == "email_1"
    store.people.insert_one({"email": "alice@example.com"})

    with pytest.raises(DuplicateKeyError):
        store.people.insert_one({"email": "alice@example.com"})
    assert store.people.create_index([("a", 1), ("b", -1)]) == "a_1_b_-1"


def test_update_one_and_many(rows):
    one = rows.update_one({"even": True}, {"$set": {"seen": True}, "$inc": {"n": 10}})
    assert (one.matched_count, one.modified_count, one.upserted_id) == (1, 1, None)

    many = rows.update_many({"even": False}, {"$unset": {"name": ""}})
    assert (many.matched_count, many.modified_count) == (2, 2)
    assert rows.count_documents({"name": {"$exists": True}}) == 3

    none = rows.update_one({"_id": 99}, {"$set": {"n": 0}})
    assert (none.matched_count, none.modified_count, none.upserted_id) == (0, 0, None)


def test_upsert_tells_the_new_id(rows):
    result = rows.update_one({"_id": "new"}, {"$set": {"n": 7}}, upsert=True)
    assert (result.matched_count, result.modified_count, result.upserted_id) == (0, 0, "new")
    assert rows.find_one({"_id": "new"}) == {"_id": "new", "n": 7}


def test_replace_one(rows):
    result = rows.replace_one({"_id": 1}, {"other": True})
    assert (result.matched_count, result.modified_count) == (1, 1)
    assert rows.find_one({"_id": 1}) == {"_id": 1, "other": True}
    assert rows.replace_one({"_id": "new"}, {"a": 1}, upsert=True).upserted_id == "new"


def test_find_one_and_update_before_and_after(rows):
    assert rows.find_one_and_update({"_id": 1}, {"$set": {"n": 50}})["n"] == 1
    assert rows.find_one_and_update({"_id": 1}, {"$set": {"n": 60}}, return_document=True)["n"] == 60
    assert rows.find_one_and_update({"even": True}, {"$set": {"n": 70}}, sort=[("n", -1)])["_id"] == 4
    assert rows.find_one_and_update({"_id": 99}, {"$set": {"n": 1}}) is None
    made = rows.find_one_and_update({"_id": 99}, {"$set": {"n": 1}}, upsert=True, return_document=True)
    assert made == {"_id": 99, "n": 1}


def test_find_one_and_replace_and_delete(rows):
    assert rows.find_one_and_replace({"_id": 1}, {"other": 1}, return_document=True) == {"_id": 1, "other": 1}
    assert rows.find_one_and_delete({"_id": 1}) == {"_id": 1, "other": 1}
    assert rows.find_one_and_delete({"_id": 1}) is None
    assert rows.find_one_and_delete({}, projection={"n": 1}, sort=[("n", -1)]) == {"_id": 4, "n": 4}


def test_delete_one_and_many(rows):
    assert rows.delete_one({"even": True}).deleted_count == 1
    assert rows.delete_many({"even": True}).deleted_count == 2
    assert rows.delete_many({"even": True}).deleted_count == 0
    assert rows.count_documents({}) == 2


# What values become


def test_what_comes_out_is_a_copy(store):
    mine = {"_id": 1, "basket": ["green tea"], "deep": {"list": [1]}}
    store.rows.insert_one(mine)
    mine["basket"].append("planted")
    read = store.rows.find_one()
    read["deep"]["list"].append(2)
    store.rows.find()[0]["basket"].clear()

    assert store.rows.find_one() == {"_id": 1, "basket": ["green tea"], "deep": {"list": [1]}}


def test_datetimes_come_back_aware_and_in_utc(store):
    at = datetime(2030, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    store.rows.insert_one({"_id": 1, "at": at})
    read = store.rows.find_one({"at": {"$lte": at, "$gt": at - timedelta(milliseconds=1)}})

    assert read["at"] == at
    assert read["at"].utcoffset() == timedelta(0)


VALUES = {
    "text": "Grüße, 茶",
    "bytes": b"\x00\xff",
    "a large whole number": 2**62,
    "a fraction": 0.1,
    "nothing": None,
    "an ObjectId": ObjectId("0123456789abcdef01234567"),
    "a list of documents": [{"a": [1, {"b": None}]}],
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_values_survive(store, value):
    store.rows.insert_one({"_id": 1, "value": value})
    read = store.rows.find_one({"_id": 1})["value"]
    assert read == value
    assert isinstance(read, type(value))


# The store itself


def test_collections_dump_and_clear(store):
    store.sessions.insert_one({"_id": "an id that a thief can use"})
    store["users.old"].insert_one({"_id": "bob"})

    assert store.collections() == ["sessions", "users.old"]
    assert store.dump() == {"sessions": [{"_id": "an id that a thief can use"}], "users.old": [{"_id": "bob"}]}
    store.clear()
    assert store.collections() == []
    assert store.dump() == {}


def test_an_operation_that_is_not_there_names_those_that_are(store):
    with pytest.raises(AttributeError, match=r"'aggregate'.*find_one, find, insert_one.*create_index"):
        store.rows.aggregate([])
    assert {name for name in vars(Collection) if not name.startswith("_")} == set(OPERATIONS)


def test_where_says_what_keeps_it(store, request):
    kept = "MongoDB at " if {"stand_in", "real_mongodb"} & set(request.fixturenames) else "in memory"
    assert store.where.startswith(kept)
    assert "<Store" in repr(store)


def test_private_names_are_no_collections(store):
    with pytest.raises(AttributeError):
        store._ipython_display_  # noqa: B018


def test_two_stores_do_not_see_each_other(in_memory):
    in_memory.rows.insert_one({"_id": 1})
    assert open_store().dump() == {}


# Over the pipe only


def test_only_the_operations_are_served(over_the_pipe):
    with pytest.raises(ValueError, match="no 'drop'"):
        over_the_pipe.run("rows", "drop")
    with pytest.raises(RemoteError, match="OperationFailure"):
        over_the_pipe.run("rows", "find", nonsense=1)
    with pytest.raises(RemoteError, match="BulkWriteError"):
        over_the_pipe.rows.insert_many([{"_id": 1}, {"_id": 1}])
    with pytest.raises(RuntimeError, match="process that has the store"):
        over_the_pipe.gate("rows")


# A server that is not there


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


# Races


def check_then_act(store: Store) -> bool:
    """Redeem a voucher as beginners do: look, then take."""
    if store.vouchers.find_one({"_id": "tea"}):
        store.vouchers.delete_one({"_id": "tea"})
        return True
    return False


def atomically(store: Store) -> bool:
    """Redeem a voucher in one step."""
    return store.vouchers.find_one_and_delete({"_id": "tea"}) is not None


def at_once(*jobs):
    """Run jobs in threads and return what they returned."""
    answers = []
    threads = [threading.Thread(target=lambda job=job: answers.append(job())) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)
    return answers


def double_takes(store: Store, readers: Store, redeem, rounds: int = 60) -> int:
    taken_twice = 0
    for _ in range(rounds):
        store.vouchers.replace_one({"_id": "tea"}, {}, upsert=True)
        with store.gate("vouchers", patience=5 if redeem is check_then_act else 0.05):
            taken_twice += sum(at_once(lambda: redeem(readers), lambda: redeem(readers))) == 2
    return taken_twice


@pytest.mark.parametrize("readers", ["in_memory", "over_the_pipe"])
def test_the_gate_catches_check_then_act_in_60_of_60_rounds(in_memory, readers, request):
    assert double_takes(in_memory, request.getfixturevalue(readers), check_then_act) == 60


@pytest.mark.parametrize("readers", ["in_memory", "over_the_pipe"])
def test_the_gate_never_catches_an_atomic_answer(in_memory, readers, request):
    assert double_takes(in_memory, request.getfixturevalue(readers), atomically) == 0


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
    assert sum(at_once(*[lambda: atomically(in_memory)] * 8)) == 1
    assert most == [1] * 8


def test_a_lone_reader_waits_out_the_gates_patience_once(in_memory):
    with in_memory.gate("rows", patience=0.05) as gate:
        in_memory.rows.find_one()
        in_memory.rows.find_one()
        assert gate.arrived == 1, "Once open, it lets everybody through."
    assert not gate.met


def test_a_gate_stands_before_one_collection_and_reads_only(in_memory):
    with in_memory.gate("rows", patience=5) as gate:
        in_memory.others.find_one()
        in_memory.rows.insert_one({})
        in_memory.rows.find_one_and_update({}, {"$set": {"a": 1}})
        in_memory.rows.delete_many({})
    assert gate.arrived == 0


def test_leaving_the_block_lets_everybody_go(in_memory):
    with in_memory.gate("rows", patience=30) as gate:
        reader = threading.Thread(target=in_memory.rows.find)
        reader.start()
        while gate.arrived == 0:
            time.sleep(0.001)
    reader.join(5)
    assert not reader.is_alive()


@pytest.mark.parametrize("readers", ["in_memory", "over_the_pipe"])
def test_hold_stops_the_nth_read_until_its_release(in_memory, readers, request):
    reading = request.getfixturevalue(readers)
    in_memory.sessions.insert_one({"_id": "s"})
    seen = []
    with in_memory.hold("sessions", nth=2, patience=30) as held:
        assert reading.sessions.find_one()
        assert not held.wait_reached(0)

        late = threading.Thread(target=lambda: seen.append(reading.sessions.find_one({"_id": "s"})))
        late.start()
        assert held.wait_reached(10)
        in_memory.sessions.delete_one({"_id": "s"})
        assert reading.sessions.find_one() is None, "Only the nth read is held."
        assert seen == []

        held.release()
        late.join(10)
    assert seen == [{"_id": "s"}], "It read before the delete, and goes on after it."


def test_a_hold_ends_with_its_patience(in_memory):
    with in_memory.hold("rows", patience=0.05) as held:
        in_memory.rows.find_one()
        assert held.wait_reached(0)
