"""Phone by its traits: codes on the lab's clock, the camera, text messages, and what a lost phone tells."""

import json

import pytest

from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.phone.codes import code_at, step_at
from labsrv.widgets.mail.phone import AHEAD, MOST_TEXTS, Phone
from tests.widgets.mail.messages import ACCOUNT, HOSTILE, lab, settled

__all__ = ["lab"]


@pytest.fixture
def view(lab):
    view = Phone(lab, lab.alice)
    yield view
    view.close()


def wish(view, do, **details):
    view.wished(None, {"do": do, **details}, None)


def now_shown(view):
    """Return the code that the front end shows for the first account."""
    row = view.accounts[0]
    return row["codes"][step_at(ACCOUNT, view.told["time"]) - row["first"]]


def test_it_scans_the_qr_code_on_the_page(lab, view):
    wish(view, "scan")
    assert view.said == "There is no QR code on the page in alice's browser." and view.accounts == []

    lab.alice.navigate(lab.shop.url + "enrol")
    wish(view, "scan")
    assert view.said == "Added Tea shop: alice."
    assert (view.accounts[0]["issuer"], view.accounts[0]["name"]) == ("Tea shop", "alice")
    assert lab.phone(lab.alice).account().otpauth == ACCOUNT


def test_a_qr_code_that_is_no_account_is_said(lab, view):
    lab.alice.navigate(lab.shop.url + "poster")
    wish(view, "scan")
    assert view.said == "The QR code says something that is no account: https://tea.example/"
    assert view.accounts == []


def test_it_looks_at_the_browser_that_it_is_to_look_at(lab):
    view = Phone(lab, lab.mallory, browser=lab.alice)
    lab.alice.navigate(lab.shop.url + "enrol")
    wish(view, "scan")
    assert len(lab.phone(lab.mallory).accounts) == 1 and (view.owner, view.browser_name) == ("mallory", "alice")
    view.close()


def test_the_codes_of_the_next_steps_are_there_beforehand(lab, view):
    view.phone.scan(ACCOUNT.uri)
    settled(view)
    row = view.accounts[0]

    assert len(row["codes"]) == AHEAD and row["period"] == 30
    assert row["codes"] == [code_at(ACCOUNT, row["first"] + n) for n in range(AHEAD)]
    assert row["first"] in (step_at(ACCOUNT, lab.clock.time()) - 1, step_at(ACCOUNT, lab.clock.time()) - 2)
    assert now_shown(view) in row["codes"][:3]


def test_when_the_clock_moves_the_codes_do(lab, view):
    view.phone.scan(ACCOUNT.uri)
    settled(view)
    lab.clock.advance(minutes=31)
    settled(view)

    assert view.told["moved"] == 1860
    step = step_at(ACCOUNT, view.told["time"])
    assert now_shown(view) == code_at(ACCOUNT, step)
    lab.clock.reset()
    settled(view)
    assert view.told["moved"] == 0


def test_an_account_that_counts_shows_its_last_code_only(lab, view):
    view.phone.scan(Otpauth(b"another", "Bank", "alice", "hotp").uri)
    settled(view)
    assert (view.accounts[0]["codes"], view.accounts[0]["count"]) == ([""], 0)

    wish(view, "next", place=0)
    assert (view.accounts[0]["codes"], view.accounts[0]["count"]) == ([code_at(Otpauth(b"another"), 0)], 1)
    assert view.phone.code("Bank") == code_at(Otpauth(b"another"), 0)


def test_accounts_can_be_removed(view):
    view.phone.scan(ACCOUNT.uri)
    view.phone.scan(Otpauth(b"another", "Bank", "alice").uri)
    wish(view, "remove", place=0)
    assert [row["issuer"] for row in view.accounts] == ["Bank"] and view.said == "Removed Tea shop: alice."


def test_text_messages_come_newest_first_with_links(lab, view):
    lab.sms.send(view.number, "Your code is 012345")
    lab.sms.send(view.number, f"Or click {lab.shop.url}in")
    settled(view)
    assert [row["lines"][0][0][0] for row in view.texts] == ["Or click ", "Your code is 012345"]

    wish(view, "follow", link=0)
    assert lab.alice.page.url.endswith("/in") and "Log in" in view.said
    wish(view, "follow", link=1)
    assert view.said == "There is no such link."


def test_a_lost_phone_tells_nothing_and_can_be_found(lab, view):
    view.phone.scan(ACCOUNT.uri)
    lab.sms.send(view.number, "Your code is 012345")
    wish(view, "lost", lost=True)
    assert (view.lost, view.accounts, view.texts) == (True, [], []) and lab.phone(lab.alice).lost
    assert "lost" in view.as_text() and "012345" not in repr(view)

    for do in ("scan", "next", "remove", "follow"):
        wish(view, do, place=0, link=0)
        assert view.said == ""
    wish(view, "lost", lost=False)
    assert len(view.accounts) == len(view.texts) == 1


def test_what_code_does_to_the_phone_shows(lab, view):
    lab.phone(lab.alice).lost = True
    settled(view)
    assert view.lost


REFUSED = {
    "nothing": None,
    "an unknown verb": {"do": "call"},
    "lost in words": {"do": "lost", "lost": "yes"},
    "an account that is none": {"do": "next", "place": 9},
    "a negative account": {"do": "remove", "place": -1},
    "an account in words": {"do": "remove", "place": "0"},
    "no place": {"do": "remove"},
    "a verb that is none": {"do": ["scan"]},
}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_what_cant_be_is_left_undone(view, given):
    view.phone.scan(ACCOUNT.uri)
    settled(view)
    view.wished(None, given, None)
    assert len(view.accounts) == 1 and not view.lost


def test_hostile_names_and_messages_are_text_and_bounded(lab, view):
    view.phone.scan(Otpauth(b"another", HOSTILE, "a" * 400).uri)
    for _ in range(MOST_TEXTS + 5):
        lab.sms.send(view.number, "tea \u202e\x1b[2J" + "x" * 900)
    settled(view)
    told = json.dumps([view.accounts, view.texts], ensure_ascii=False)

    assert "\u202e" not in told and "\x1b" not in told
    assert len(view.texts) == MOST_TEXTS and len(view.accounts[0]["name"]) <= 300


def test_a_view_that_is_gone_listens_no_more(lab):
    view = Phone(lab, lab.alice)
    view.close()
    view.close()
    assert [view.phone.listeners, lab.sms.listeners, lab.clock.listeners] == [[], [], []]
