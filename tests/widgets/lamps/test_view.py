"""Lamps by its traits, over doors that are only played; the lesson's own doors are tests/labs/test_sso.py's."""

import pytest

from labsrv.widgets.lamps.view import Lamps


class Doors:
    """Two layers, one way out, and whoever listens."""

    ways = {"leave": "Log out everywhere"}
    lifetime = None

    def __init__(self):
        self.on = True
        self.stopped = False
        self.listeners = []

    def lamps(self):
        if self.stopped:
            raise LookupError("This lab was stopped.")
        return [
            {"name": "Shop", "layer": "an application", "on": self.on, "until": "30 Nov 18:26" if self.on else None}
        ]

    def go(self, way):
        if self.stopped:
            raise LookupError("This lab was stopped.")
        self.on = False

    def prove(self):
        cookie = {"what": "cookie sid", "whose": "Shop", "where": "GET /account", "until": None}
        return [cookie | {"opens": self.on}, cookie | {"what": "x" * 5000, "opens": True, "until": "18:26"}]

    def listen(self, changed):
        self.listeners.append(changed)
        return lambda: self.listeners.remove(changed)


@pytest.fixture
def view():
    view = Lamps(Doors())
    yield view
    view.close()


def test_a_way_out_switches_the_lamp_off_and_the_proof_says_what_is_left(view):
    assert view.lamps[0]["on"] and "on" in view.as_text() and not view.proof
    view.asked(None, {"do": "go", "way": "leave"}, None)
    assert not view.lamps[0]["on"] and view.after == "Log out everywhere"

    view.asked(None, {"do": "prove"}, None)
    assert [row["opens"] for row in view.proof] == [False, True]
    assert len(view.proof[1]["what"]) <= 200
    assert "opens nothing" in view.as_text() and "opens, until 18:26" in view.as_text()


def test_it_shows_what_happens_elsewhere(view):
    view.doors.on = False
    for changed in view.doors.listeners:
        changed(None)
    view.pace.now()

    assert not view.lamps[0]["on"]


@pytest.mark.parametrize("wish", [None, {"do": "go", "way": "fly"}, {"do": "go"}, {"do": "open"}, "prove"])
def test_what_there_is_not_is_refused_in_a_sentence(wish, view):
    view.asked(None, wish, None)

    assert view.said.endswith(".") and view.lamps[0]["on"]


def test_a_stopped_lab_says_so_and_keeps_its_last_lamps(view):
    view.doors.stopped = True
    view.asked(None, {"do": "go", "way": "leave"}, None)

    assert view.said == "This lab was stopped." and view.lamps[0]["on"]


def test_a_closed_view_listens_no_more(view):
    view.close()

    view.close()

    assert not view.doors.listeners
