"""Functions that a check lends to a submission for one call of a decision."""

import re
import threading
import time

import bson
import pytest

from labsrv.grading.forks.shared import shared_zygote
from labsrv.grading.submission.answers import Answer, Raised
from labsrv.grading.submission.lending import LARGEST_CALL, Lending, borrowed
from labsrv.grading.system.processes import CAN_FORK
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab

SUBMISSION = """
KEPT = []

def may_enter(ask, wanted):
    if wanted == "keep":
        KEPT.append(ask)
    elif wanted == "use what was kept":
        return KEPT[0]("tea")
    elif wanted == "number 1":
        return ask.__closure__[1].cell_contents.call("function", number=1, args=["tea"], named={})
    elif wanted == "assert":
        assert ask("tea") == "coffee", "it is no coffee"
    elif wanted == "often":
        return [ask(n) for n in range(300)][-1]
    return ask(wanted)
"""


@pytest.fixture(scope="module")
def server():
    fork_server = shared_zygote().fork_server()
    yield fork_server
    fork_server.close()


@pytest.fixture
def process(server, tmp_path):
    path = tmp_path / "00_template.py"
    path.write_text(SUBMISSION)
    lab = Lab("start_here", place=FirstNumber(), hash_cost="low", listens=False)
    process = server.open("start_here", path, {"may_enter": ["tickets", "number"]}).fork(lab)
    yield process
    process.end()
    lab.stop()


forked = pytest.mark.skipif(not CAN_FORK, reason="a process is forked for each test")


@forked
def test_a_submission_calls_what_stays_here(process):
    asked = []
    answer = process.decide("may_enter", lambda what: asked.append(what) or {"status": 200, "json": [1, None]}, "tea")

    assert answer == Answer({"status": 200, "json": [1, None]}) and asked == ["tea"]


@forked
def test_what_it_raises_is_raised_there(process):
    def ask(what):
        raise ValueError(f"nobody knows {what}")

    assert process.decide("may_enter", ask, "tea") == Raised("ValueError", "ValueError: nobody knows tea")
    assert process.decide("may_enter", lambda what: what, "assert").type == "AssertionError"


@forked
def test_a_function_is_lent_for_one_call(process):
    process.decide("may_enter", str.upper, "keep")
    answer = process.decide("may_enter", lambda what: what, "use what was kept")

    # The first of this call, not the one that was kept: there is no more than one at a time.
    assert answer == Answer("tea")
    answer = process.decide("may_enter", "no function", "use what was kept")
    assert answer.type == "ValueError" and "any more" in answer.message


@forked
def test_no_other_function_than_these_is_called(process):
    answer = process.decide("may_enter", lambda what: what, "number 1")

    assert answer.type == "ValueError" and "any more" in answer.message


@forked
def test_a_few_hundred_calls_are_soon_answered(process, record_figure):
    began = time.perf_counter()
    answer = process.decide("may_enter", lambda what: what, "often")

    assert answer == Answer(299)
    record_figure("a lent function, ms a call", f"{(time.perf_counter() - began) / 0.3:.2f}")


ODD = {
    "a pattern": [re.compile("x")],
    "too much": ["x" * LARGEST_CALL],
    "code": [bson.Code("x")],
}


@pytest.mark.parametrize("args", ODD.values(), ids=ODD)
def test_only_small_plain_values_come_in(args):
    lending = Lending()
    with lending.of([lambda *args: "let in"]), pytest.raises(ValueError, match=r"plain values|larger than 16 KiB"):
        lending.call(0, args, {})


def test_only_so_many_calls_are_answered():
    lending = Lending(most=3)
    for _ in range(3):
        with lending.of([str]):
            lending.call(0, ["tea"], {})
    with lending.of([str]), pytest.raises(ValueError, match="called 3 times"):
        lending.call(0, ["tea"], {})


def test_threads_are_answered_one_after_the_other():
    inside, most = [], []

    def ask():
        inside.append(1)
        most.append(len(inside))
        inside.pop()

    lending = Lending()
    with lending.of([ask]):
        threads = [threading.Thread(target=lambda: [lending.call(0, [], {}) for _ in range(50)]) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert max(most) == 1 and len(most) == 200


def test_other_arguments_stay_what_they_are():
    args = [{"a function": 0, "and": "more"}, ["alice"], {"user": "alice"}, None]
    with Lending().of([*args, len]) as sent:
        assert sent == [*args, {"a function": 0}]
    assert borrowed(args, None) == args


@forked
def test_what_it_takes_here_is_no_time_of_the_submissions(process, monkeypatch):
    """A suite that asks much is not late because this machine is busy, or the site slow."""
    monkeypatch.setattr("labsrv.grading.submission.process.CALL_SECONDS", 0.3)
    monkeypatch.setattr("labsrv.grading.submission.process.LENDING", 1)
    before = process.budget.left()

    def slow(what):
        threading.Event().wait(0.5)
        return what

    assert process.decide("may_enter", slow, "tea") == Answer("tea")
    assert before - process.budget.left() < 0.5 <= process.lending.served
