"""Gates and holds: a race happens every time, an atomic answer is never caught, and nobody waits for ever."""

import threading
import time

import pytest

from labsrv.kit.store import Store
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
