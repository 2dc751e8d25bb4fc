"""AccessMatrix by its traits: every cell really asked, once; what differs first in words; a lab that is gone."""

from types import SimpleNamespace

import pytest

from labsrv.kit.errors import SaidPlainly
from labsrv.widgets import AccessMatrix
from labsrv.widgets.access.cells import read_rows
from tests.widgets.access.house import Answered, Site


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def view(site):
    view = AccessMatrix(site.ROWS, site.ask)
    yield view
    view.close()


def wish(view, **message):
    view.wished(view, {"count": view.count} | message, [])


def test_every_cell_is_asked_once(view, site):
    assert sorted(site.asked) == sorted(row[:3] for row in site.ROWS)
    assert view.summary == "5 of 5 cells as declared." and view.asked == 5 and not view.asking
    assert view.observed == [200, 403, 403, 403, 200] and not view.differing


def test_what_is_shown_counts_where_it_is_declared():
    """An employee's list is answered with 200 either way: with her own record, or with everybody's."""
    answers = {"alice": "200:1/1", "mallory": "200:4/4"}
    rows = [(actor, "GET", "/pay", "200:1/1") for actor in answers]
    view = AccessMatrix(rows, lambda actor, *_: SimpleNamespace(status=200, seen=answers[actor]))

    assert view.observed == ["200:1/1", "200:4/4"] and view.summary == "1 of 2 cells as declared, 1 differs."
    view.open_cell("mallory", "GET", "/pay")
    assert (view.opened["expected"], view.opened["observed"]) == ("200 OK:1/1", "200 OK:4/4")
    assert "  ≠ mallory GET /pay: expected 200:1/1, observed 200:4/4" in view.as_text()
    view.close()


@pytest.mark.parametrize("expected", [None, "", "yes", 2.5])
def test_what_is_no_status_is_refused(expected):
    with pytest.raises(ValueError, match="begins with a status"):
        read_rows([("alice", "GET", "/pay", expected)])


def test_nothing_is_asked_before_somebody_wants_to(site):
    view = AccessMatrix(site.ROWS, site.ask, asks=False)
    assert not site.asked and view.observed == [None] * 5 and "5 not asked yet" in view.summary

    wish(view, do="ask")
    assert len(site.asked) == 5 and view.observed[0] == 200


def test_what_differs_comes_first_in_words(view, site):
    site.answers = {("bob", "POST", "/pay"): 201, ("alice", "GET", "/raises"): ValueError("broken")}
    wish(view, do="ask")

    assert view.as_text().splitlines() == [
        "Who may do what: declared and observed",
        "3 of 5 cells as declared, 1 differs, 1 without an answer.",
        "  ≠ bob POST /pay: expected 403, observed 201",
        "  ≠ alice GET /raises: expected 200, Asking raised ValueError: broken",
        "                alice       bob",
        "GET /pay          200       403",
        "POST /pay         403   201≠403",
        "GET /raises     !≠200         ·",
    ]


def test_asking_while_it_is_asked_changes_nothing(site):
    counts = []

    def ask(*cell):
        counts.append(view.asking)
        view.ask_again()
        wish(view, do="ask")
        return site.ask(*cell)

    view = AccessMatrix(site.ROWS, ask, asks=False)
    wish(view, do="ask")

    assert len(site.asked) == 5 and counts == [True] * 5 and not view.asking


def test_a_click_from_before_the_last_change_asks_nothing(view, site):
    wish(view, do="ask", count=view.count - 1)

    assert len(site.asked) == 5


def test_progress_is_told_a_few_times_and_at_the_end(view):
    told = []
    view.observe(lambda change: told.append(change.new), "asked")
    view.ask_again()

    assert told[0] == 0 and told[-1] == 5


def test_a_lab_that_is_gone_is_said_and_the_last_answers_stay(view, site):
    site.answers = {row[:3]: SaidPlainly("No lab answers: start it again.") for row in site.ROWS}
    wish(view, do="ask")

    assert view.said == "No cell was answered. No lab answers: start it again."
    assert view.observed == [200, 403, 403, 403, 200] and not view.asking
    site.answers = {}
    wish(view, do="ask")
    assert not view.said


def test_an_interrupted_round_is_over(view):
    def ask(*cell):
        raise KeyboardInterrupt

    view.ask = ask
    with pytest.raises(KeyboardInterrupt):
        view.ask_again()
    view.ask = Site().ask
    assert not view.asking and view.observed[0] == 200
    view.ask_again()
    assert view.summary == "5 of 5 cells as declared."


def test_a_cell_opens_and_shuts(view):
    wish(view, do="open", cell=2)
    assert view.opened["request"]["method"] == "POST" and view.opened["decision"]["verdict"]["word"] == "Not permitted"
    assert "alice POST /pay: expected 403 Forbidden, observed 403 Forbidden" in view.as_text()
    assert "  #3 POST http://shop.localhost:8000/pay → 403" in view.as_text()

    wish(view, do="shut")
    assert view.opened == {}
    view.open_cell("alice", "GET", "/raises")
    assert view.opened["cell"] == 4 and view.opened["decision"] is None
    with pytest.raises(LookupError, match="alice, bob"):
        view.open_cell("carol", "GET", "/raises")


@pytest.mark.parametrize("message", [None, "ask", {"do": "open", "cell": 99}, {"do": "open", "cell": -1}, {"do": "x"}])
def test_what_there_is_not_changes_nothing(message, view, site):
    view.wished(view, message, [])

    assert not view.opened and len(site.asked) == 5


def test_hostile_bodies_and_results_are_written_out(site):
    site.answers = {("alice", "GET", "/raises"): "\u202e<b>", ("bob", "GET", "/pay"): Answered(0)}
    view = AccessMatrix(site.ROWS, site.ask)
    wish(view, do="open", cell=0)

    assert "\u202e" not in str(view.get_state()) and "\u202e" not in view.as_text()


def test_no_cells_is_no_error():
    assert AccessMatrix([], Site().ask).summary == "0 of 0 cells as declared."
