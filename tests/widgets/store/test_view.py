"""StoreView by its traits: what each step changed, who made it, and that looking on disturbs nobody."""

import threading
import time

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.store import open_store
from labsrv.labs import complete, furnish
from labsrv.labs.sessions.people import log_in, put_in_basket
from labsrv.widgets.store.view import DEEPEST, LONGEST_CELL, MOST_SHOWN, StoreView, written
from tests.patience import let_timers_run_out

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def store():
    store = open_store("views")
    store.teas.insert_many([{"_id": "oolong", "price": 4}, {"_id": "sencha", "price": 5}])
    yield store
    store.close()


@pytest.fixture
def view(store):
    view = StoreView(store)
    yield view
    view.close()


@pytest.fixture
def lab():
    lab = Lab("sessions", place=FirstNumber(), hash_cost="low", report=lambda exchange: None)
    furnish(lab, "sessions", complete("sessions", {})(lab))
    yield lab
    lab.stop()


def settle():
    """Let the timer of a paced update run out."""
    let_timers_run_out()


def marks(view):
    return {row["key"]: row["mark"] for row in view.table["rows"]}


OOLONG = {"_id": "oolong"}
STEPS = {
    "added": (lambda teas: teas.insert_one({"_id": "x"}), {"'x'": "added"}, [3, 1, 0, 0]),
    "changed": (lambda teas: teas.update_one(OOLONG, {"$set": {"price": 6}}), {"'oolong'": "changed"}, [2, 0, 1, 0]),
    "a field gone": (lambda teas: teas.replace_one(OOLONG, OOLONG), {"'oolong'": "changed"}, [2, 0, 1, 0]),
    "removed": (lambda teas: teas.delete_one(OOLONG), {"'oolong'": "removed"}, [1, 0, 0, 1]),
    "all removed": (lambda teas: teas.delete_many({}), {"'oolong'": "removed", "'sencha'": "removed"}, [0, 0, 0, 2]),
    "written again": (lambda teas: teas.update_one(OOLONG, {"$set": {"price": 4}}), {}, [2, 0, 0, 0]),
}


@pytest.mark.slow("waits for the view")
@pytest.mark.parametrize(("write", "marked", "counts"), STEPS.values(), ids=STEPS)
def test_a_step_of_code_is_marked(write, marked, counts, store, view):
    write(store.teas)
    settle()

    assert {key: mark for key, mark in marks(view).items() if mark} == marked
    assert view.collections == [["teas", *counts]]
    assert view.cause == ("code" if marked else "")


@pytest.mark.slow("waits for the view")
@pytest.mark.parametrize(("write", "marked", "counts"), STEPS.values(), ids=STEPS)
def test_a_step_of_code_is_one_where_looking_takes_long_too(write, marked, counts, store, monkeypatch):
    monkeypatch.setattr("labsrv.widgets.store.watch.QUICK", 0.0)
    view = StoreView(store)
    write(store.teas)
    settle()

    assert {key: mark for key, mark in marks(view).items() if mark} == marked
    assert view.cause == ("code" if marked else "")
    view.close()


def test_a_changed_field_comes_with_what_it_was(store, view):
    store.teas.update_one({"_id": "oolong"}, {"$set": {"price": HOSTILE, "new": True}})
    settle()

    assert view.table["fields"] == ["_id", "price", "new"]
    assert view.table["rows"][0]["cells"] == [["oolong"], [HOSTILE, "4"], ["True", "(nothing)"]]


def test_marks_stay_until_the_next_change(store, view):
    store.teas.delete_one({"_id": "oolong"})
    settle()
    store.teas.find({})
    assert marks(view) == {"'sencha'": "", "'oolong'": "removed"}

    store.teas.insert_one({"_id": "rooibos"})
    settle()
    assert marks(view) == {"'sencha'": "", "'rooibos'": "added"}


def test_a_request_with_what_follows_its_redirect_is_one_step(lab):
    view = StoreView(lab.db)
    log_in(lab.alice, lab.shop)
    settle()
    assert view.cause == "alice: POST /login → 303, and 1 more after it"
    assert view.table["name"] == "sessions" and [row["mark"] for row in view.table["rows"]] == ["added"]

    put_in_basket(lab.alice, lab.shop, HOSTILE)
    settle()
    assert view.cause.startswith("alice: POST /basket → 303")
    assert [row["mark"] for row in view.table["rows"]] == ["changed"]
    view.close()


def test_requests_right_after_each_other_are_steps_of_their_own(lab):
    view = StoreView(lab.db)
    log_in(lab.alice, lab.shop)
    log_in(lab.bob, lab.shop)
    settle()

    assert view.cause.startswith("bob: POST /login")
    assert sorted(row["mark"] for row in view.table["rows"]) == ["", "added"]

    lab.db.sessions.delete_one({})
    lab.bob.navigate(lab.shop.url)
    settle()
    assert view.cause == "bob: GET / → 200"
    view.close()


def test_looking_on_passes_no_gate(store, view):
    """A gate waits for the first two who ask; a view that counted as one would let a race go unseen."""
    with store.gate("teas", readers=2, patience=30) as gate:
        first = threading.Thread(target=store.teas.insert_one, args=({"_id": "x"},))
        first.start()
        settle()
        assert gate.arrived == 1
        store.teas.find_one()
        first.join()

    assert gate.met


def test_a_chosen_collection_stays_open(store, view):
    store.cups.insert_one({"_id": 1})
    settle()
    assert view.table["name"] == "cups"

    view.wished(None, {"do": "open", "collection": "teas"}, None)
    store.cups.insert_one({"_id": 2})
    settle()
    assert view.table["name"] == "teas"


def test_a_row_in_full_comes_on_demand(store, view):
    store.teas.insert_one({"_id": "long", "story": "tea " * 100})
    settle()
    assert len(view.table["rows"][2]["cells"][2][0]) == LONGEST_CELL

    view.wished(None, {"do": "row", "key": "'long'"}, None)
    assert dict(view.opened["fields"])["story"] == "tea " * 100


NONSENSE = {
    "no dict": 7,
    "an unknown verb": {"do": "drop"},
    "an unknown collection": {"do": "open", "collection": "secrets"},
    "a name of a wrong kind": {"do": "open", "collection": {"$ne": 1}},
    "an unknown row": {"do": "row", "key": HOSTILE},
}


@pytest.mark.parametrize("wish", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_opens_nothing(wish, view):
    view.wished(None, wish, None)

    assert view.table["name"] == "teas" and view.opened == {}


def test_many_rows_are_cut_and_none_looks_removed(store, view):
    for number in range(7):
        store.many.insert_many([{"n": 100 * number + each} for each in range(100)])
    settle()
    view.wished(None, {"do": "open", "collection": "many"}, None)

    assert len(view.table["rows"]) == MOST_SHOWN and view.table["left_out"] == 700 - MOST_SHOWN
    assert {row["mark"] for row in view.table["rows"]} <= {"added", ""}


@pytest.mark.slow("a full store")
def test_requests_at_a_full_store_are_not_held_up(lab, record_figure):
    lab.db.invoices.insert_many([{"_id": str(number), "user": "bob"} for number in range(2_000)])
    view = StoreView(lab.db)
    log_in(lab.alice, lab.shop)
    began = time.perf_counter()
    for _ in range(200):
        lab.alice.navigate(lab.shop.url)
    record_figure("a request with a StoreView looking on, ms", round((time.perf_counter() - began) * 5, 2))
    settle()

    assert view.cause.startswith("alice: GET /")
    view.close()


def test_a_closed_store_says_so(store):
    view = StoreView(store)
    store.close()
    settle()

    assert "stopped" in view.trouble
    view.close()


def test_a_closed_view_listens_no_more(lab):
    before = [list(lab.db.listeners), list(lab.traffic.listeners)]
    view = StoreView(lab.db)
    view.close()

    assert [list(lab.db.listeners), list(lab.traffic.listeners)] == before


def test_a_value_is_written_no_deeper_than_anybody_looks():
    deep: dict = {}
    for _ in range(5_000):
        deep = {"a": deep}

    assert written(deep).count("{") == DEEPEST + 1 and "…" in written(deep)
    assert len(written(list(range(100_000)))) < 20_000
