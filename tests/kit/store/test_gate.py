"""Gates and holds: a race happens every time, an atomic answer is never caught, and nobody waits for ever."""

import contextlib
import math
import threading
import time

import pytest
from pymongo.errors import BulkWriteError, DuplicateKeyError

from labsrv.kit.store import OPERATIONS, Store
from tests.kit.at_once import at_once


def check_then_act(store: Store) -> bool:
    """Redeem a voucher as beginners do: look, then take."""
    if store.vouchers.find_one({"_id": "tea"}):
        store.vouchers.delete_one({"_id": "tea"})
        return True
    return False


def atomically(store: Store) -> bool:
    """Redeem a voucher in one step."""
    return store.vouchers.find_one_and_delete({"_id": "tea"}) is not None


def double_takes(store: Store, readers: Store, redeem, rounds: int = 60) -> int:
    taken_twice = 0
    for _ in range(rounds):
        store.vouchers.replace_one({"_id": "tea"}, {}, upsert=True)
        with store.gate("vouchers", patience=5 if redeem is check_then_act else 0.05):
            taken_twice += sum(at_once(lambda: redeem(readers), lambda: redeem(readers))) == 2
    return taken_twice


@pytest.mark.slow("sixty rounds")
@pytest.mark.parametrize("readers", ["in_memory", "over_the_pipe"])
def test_the_gate_catches_check_then_act_in_60_of_60_rounds(in_memory, readers, request):
    assert double_takes(in_memory, request.getfixturevalue(readers), check_then_act) == 60


@pytest.mark.parametrize("readers", ["in_memory", "over_the_pipe"])
def test_the_gate_never_catches_an_atomic_answer(in_memory, readers, request):
    assert double_takes(in_memory, request.getfixturevalue(readers), atomically) == 0


def test_a_lone_reader_waits_out_the_gates_patience_once(in_memory):
    with in_memory.gate("rows", patience=0.05) as gate:
        in_memory.rows.find_one()
        in_memory.rows.find_one()
        assert gate.arrived == 1, "Once open, it lets everybody through."
    assert not gate.met


# Every operation that returns or changes a row, as whoever races with it would ask for it.
ASKED = {
    "find_one": lambda rows: rows.find_one({"_id": 1}),
    "find": lambda rows: rows.find({}),
    "count_documents": lambda rows: rows.count_documents({}),
    "distinct": lambda rows: rows.distinct("n"),
    "insert_one": lambda rows: rows.insert_one({"_id": 2}),
    "insert_many": lambda rows: rows.insert_many([{"_id": 2}]),
    "update_one": lambda rows: rows.update_one({"_id": 1}, {"$inc": {"n": 1}}),
    "update_many": lambda rows: rows.update_many({}, {"$inc": {"n": 1}}),
    "replace_one": lambda rows: rows.replace_one({"_id": 1}, {"n": 2}),
    "find_one_and_update": lambda rows: rows.find_one_and_update({"_id": 1}, {"$inc": {"n": 1}}),
    "find_one_and_delete": lambda rows: rows.find_one_and_delete({"_id": 1}),
    "find_one_and_replace": lambda rows: rows.find_one_and_replace({"_id": 1}, {"n": 2}),
    "delete_one": lambda rows: rows.delete_one({"_id": 1}),
    "delete_many": lambda rows: rows.delete_many({}),
}


def test_no_operation_on_rows_is_forgotten():
    assert set(ASKED) == set(OPERATIONS) - {"create_index"}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("askers", ["in_memory", "over_the_pipe"])
def test_each_operation_is_held_once_it_is_done(in_memory, askers, ask, request):
    asking = request.getfixturevalue(askers)
    in_memory.rows.insert_one({"_id": 1, "n": 1})
    before = in_memory.peek("rows")
    told = []
    in_memory.listeners.append(told.append)
    with in_memory.hold("rows", patience=30) as held:
        late = threading.Thread(target=ask, args=(asking.rows,))
        late.start()
        assert held.wait_reached(10)
        assert late.is_alive()
        assert (in_memory.peek("rows") != before) == bool(told), "Who looks on hears of a change before the release."
        held.release()
        late.join(10)
    assert not late.is_alive()


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_two_meet_after_each_operation(in_memory, ask):
    in_memory.rows.insert_one({"_id": 1, "n": 1})

    def ask_anyway():
        with contextlib.suppress(DuplicateKeyError, BulkWriteError):
            ask(in_memory.rows)

    with in_memory.gate("rows", patience=30) as gate:
        at_once(ask_anyway, ask_anyway)
    assert gate.met, "One that is refused by the store has come as well."


def test_a_gate_stands_before_one_collection(in_memory):
    with in_memory.gate("rows", patience=30) as gate:
        in_memory.others.find_one()
        in_memory.others.insert_one({})
        in_memory.rows.create_index("n")
        in_memory.peek("rows")
    assert gate.arrived == 0


def test_a_gate_waits_for_nobody_who_has_left(in_memory):
    with in_memory.gate("rows", readers=2, patience=30, rounds=math.inf) as gate:
        gate.leave()
        in_memory.rows.find_one()
        in_memory.rows.find_one()
    assert gate.arrived == 2
    assert not gate.met


def test_a_gate_has_as_many_rounds_as_are_given(in_memory):
    def twice():
        for _ in range(2):
            in_memory.rows.find_one()

    with in_memory.gate("rows", patience=30, rounds=2) as gate:
        at_once(twice, twice)
        in_memory.rows.find_one()
    assert gate.met and gate.arrived == 4


def test_leaving_the_block_lets_everybody_go(in_memory):
    with in_memory.gate("rows", patience=30) as gate:
        reader = threading.Thread(target=in_memory.rows.find)
        reader.start()
        while gate.arrived == 0:
            time.sleep(0.001)
    reader.join(5)
    assert not reader.is_alive()


@pytest.mark.parametrize("readers", ["in_memory", "over_the_pipe"])
def test_hold_stops_the_nth_operation_until_its_release(in_memory, readers, request):
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
        assert reading.sessions.find_one() is None, "Only the nth operation is held."
        assert seen == []

        held.release()
        late.join(10)
    assert seen == [{"_id": "s"}], "It read before the delete, and goes on after it."


def test_a_hold_ends_with_its_patience(in_memory):
    with in_memory.hold("rows", patience=0.05) as held:
        in_memory.rows.find_one()
        assert held.wait_reached(0)
