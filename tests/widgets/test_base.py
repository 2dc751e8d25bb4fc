"""What all views share: those of a section agree with its text for ever, and stand still when their lab ends.

Run All is the ordinary way to meet a notebook. Each section starts a lab in the place of the one before, at the same
address: what stands above must neither show it nor act on it.
"""

from types import SimpleNamespace

import pytest

from labsrv import labs, widgets
from labsrv.kit.access.decisions import Decision, RuleRead
from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.browser.browser import Browser
from labsrv.kit.http.transport import SocketTransport
from labsrv.kit.tokens.compact import encode
from labsrv.labs.sso.doors import Doors
from labsrv.labs.sso.people import log_in
from labsrv.widgets import (
    AccessMatrix,
    BrowserView,
    ClockControl,
    CookieInspector,
    DecisionTrace,
    FlowView,
    Lamps,
    Mailbox,
    Phone,
    Slider,
    Sliders,
    StoreView,
    TokenInspector,
    TrafficView,
    as_bearer,
)

# These show what was given to them, and no lab; a BrowserWindow is made of others.
OF_NO_LAB = {"Bars", "CodeDiff", "Dots", "Lines", "RoleGraph", "BrowserWindow", "Slider", "as_bearer", "beside"}
RECORD = {
    "subject": {"type": "user", "id": "alice"},
    "action": {"name": "read"},
    "resource": {"type": "tea", "id": "1"},
}
TOKEN = ".".join([encode(b'{"alg":"HS256"}'), encode(b'{"exp":4000000000}'), "AAAA"])

MADE = {
    "AccessMatrix": lambda lab: AccessMatrix([("alice", "GET", "/", 200)], lambda *asked: visit(lab)),
    "BrowserView": lambda lab: BrowserView(lab.alice),
    "ClockControl": lambda lab: ClockControl(lab.clock),
    "CookieInspector": lambda lab: CookieInspector(lab.alice),
    "DecisionTrace": lambda lab: DecisionTrace(
        RECORD, lambda asked: judge(lab), who={"subject": lambda asked: ["bob"]}
    ),
    "FlowView": lambda lab: FlowView(lab, lab.bob, lab.shop.login),
    "Lamps": lambda lab: Lamps(Doors(lab, lab.alice)),
    "Mailbox": lambda lab: Mailbox(lab.mail, lab.alice, open_in=lab.alice),
    "Phone": lambda lab: Phone(lab, lab.alice),
    "Sliders": lambda lab: Sliders({"hour": Slider.number(1, 0, 5)}, lambda values: lab.clock.advance(hours=1)),
    "StoreView": lambda lab: StoreView(lab.db, collection="sessions"),
    "TokenInspector": lambda lab: TokenInspector(TOKEN, keys="a secret", send=as_bearer(lab.alice, lab.shop.url)),
    "TrafficView": lambda lab: TrafficView(lab.traffic),
}
# What a person could press that would act on a lab.
ACTS = [
    {"do": "reload"},
    {"do": "navigate", "address": "shop.localhost"},
    {"do": "advance", "seconds": 60},
    {"do": "move_to", "when": "2030-01-31T12:00"},
    {"do": "reset"},
    {"do": "look"},
    {"do": "go", "way": "logout"},
    {"do": "prove"},
    {"do": "follow", "link": 0, "browser": 0},
    {"do": "scan"},
    {"do": "lost", "lost": True},
    {"do": "move", "name": "hour", "place": 3},
    {"do": "send"},
]
COUNTED = [
    {"do": "send", "changes": []},
    {"do": "again", "fresh": True},
    {"do": "search", "kind": "subject"},
    {"do": "ask"},
]


def visit(lab):
    """Ask the lab for something, as a matrix does."""
    return lab.bob.navigate(lab.shop.url)


def judge(lab):
    """Decide by what the store holds now."""
    held = len(lab.db.users.find({}))
    return Decision("permit", (), (RuleRead(f"of {held}", "permit", "permit", (), "as it is"),), says=f"{held} users.")


@pytest.fixture(scope="module")
def section():
    """Return views by name, what each showed in its section and at the end, and the next section's lab, well used."""
    lab = labs.start("sso")
    lab.clock.advance(minutes=31)
    log_in(lab.alice, lab.shop, via="social")
    lab.mail.send(lab.alice.person.email, "Your link", f"Here: {lab.shop.url}")
    lab.phone(lab.alice).scan(Otpauth(b"a fake secret", "Tea", "alice").uri)
    views = {name: make(lab) for name, make in MADE.items()}
    before = {name: without_time(view) for name, view in views.items()}
    lab.stop()
    at_end = {name: view.get_state() for name, view in views.items()}
    same = {name: before[name] == without_time(view) for name, view in views.items()}

    following = labs.start("sso")
    log_in(following.bob, following.shop)
    following.alice.navigate(following.shop.url)
    following.clock.advance(hours=690)
    following.mail.send(following.alice.person.email, "Another", "What came later.")
    yield SimpleNamespace(views=views, same=same, at_end=at_end, following=following)
    following.stop()
    for view in views.values():
        view.close()


def without_time(view):
    """Return what the front end knows of a view, but for the time, and for what only tells two states apart."""
    state = {name: value for name, value in view.get_state().items() if name not in ("ended", "told", "count")}
    shown = state.get("shown", {})
    return state | {"shown": {name: value for name, value in shown.items() if name not in ("count", "time")}}


def test_every_view_of_a_lab_is_tried_here():
    assert set(MADE) == set(widgets.VIEWS) - OF_NO_LAB


@pytest.mark.parametrize("name", sorted(set(widgets.VIEWS) - {"BrowserWindow", "Slider", "as_bearer", "beside"}))
def test_every_view_keeps_its_keys_and_ends_with_its_lab_as_the_family_does(name):
    assert getattr(widgets, name)._esm.count("export default view({") == 1


@pytest.mark.parametrize("name", MADE)
def test_a_view_shows_for_ever_what_it_showed_in_its_section(name, section):
    view = section.views[name]

    assert section.same[name] and view.ended
    assert view.get_state() == section.at_end[name]


@pytest.mark.parametrize("name", MADE)
def test_what_is_pressed_in_it_reaches_no_lab(name, section):
    view, now = section.views[name], section.following
    before = now.traffic.newest, now.clock.moved, now.alice.page
    for wish in [*ACTS, *({**each, "count": getattr(view, "count", 0)} for each in COUNTED)]:
        view._handle_custom_msg(wish, [])

    assert (now.traffic.newest, now.clock.moved, now.alice.page) == before
    assert view.ended


@pytest.mark.parametrize("name", MADE)
def test_its_words_for_front_ends_without_widgets_stay_as_well(name, section):
    words = repr(section.views[name])
    section.following.clock.advance(days=400)

    assert repr(section.views[name]) == words


# What is still to be looked at: nothing is asked of a lab for it.


def test_the_details_of_an_exchange_can_still_be_opened(section):
    view, told = section.views["TrafficView"], []
    view.send = told.append
    view._handle_custom_msg({"do": "open", "number": 1}, [])

    assert told[0]["details"]["number"] == 1


def test_another_cookie_can_still_be_chosen_and_asked_about(section):
    view = section.views["CookieInspector"]
    view._handle_custom_msg({"do": "choose", "key": view.cookies[-1]["key"]}, [])

    assert view.chosen["key"] == view.cookies[-1]["key"]


def test_a_letter_can_still_be_opened_and_no_link_of_it(section):
    views, visits = section.views, section.following.traffic.newest
    views["Mailbox"]._handle_custom_msg({"do": "open", "number": 0}, [])
    views["Mailbox"]._handle_custom_msg({"do": "follow", "link": 0, "browser": 0}, [])

    assert views["Mailbox"].opened["subject"] == "Your link"
    assert section.following.traffic.newest == visits and not views["Mailbox"].said


def test_the_rows_of_another_collection_can_still_be_opened(section):
    view = section.views["StoreView"]
    name = view.collections[-1][0]
    view._handle_custom_msg({"do": "open", "collection": name}, [])

    assert view.table["name"] == name and view.table["rows"] and not view.trouble


# Its end.


def test_the_moment_of_the_end_is_that_of_the_lab(section):
    assert section.views["ClockControl"].shown["moved"] == 31 * 60
    assert len({view.ended for view in section.views.values()}) == 1


def test_a_view_made_of_what_has_ended_stands_still_at_once(section):
    view = section.views["TrafficView"]

    assert TrafficView(view.traffic).ended == view.ended


def test_a_browser_of_no_lab_has_no_end():
    view = BrowserView(Browser("nobody", transport=SocketTransport()))

    assert not view.ended and view.lifetime is None


def test_a_view_that_fails_at_the_end_keeps_no_lab_from_ending():
    lab = labs.start("start_here")
    view = TrafficView(lab.traffic)
    view.last_look = lambda: 1 / 0
    lab.stop()

    assert view.ended and view.hear not in lab.traffic.listeners
    assert lab.server is None and "start_here" not in labs.LIVE
