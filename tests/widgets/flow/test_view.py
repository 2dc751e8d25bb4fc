"""FlowView by its traits and messages: what waits, who refuses what was touched and by which rule, and how it ends."""

import threading

import pytest

from labsrv.kit.flows.walk import ANOTHER
from labsrv.labs.oidc import flaws
from labsrv.labs.oidc.people import is_logged_in, log_in
from labsrv.widgets import FlowView
from tests.widgets.flow.conftest import made

HOSTILE = "<img src=x onerror=alert(1)>\u202e"
OTHER = "x" * 43  # the length of a verifier, and of a challenge


@pytest.fixture
def view(lab):
    view = FlowView(lab, lab.alice, lab.shop.login)
    yield view
    view.close()


def go_to(view, path):
    """Send what waits until a message to this path does."""
    while view.waiting and view.waiting["path"] != path:
        view.send_on()
    assert view.waiting, f"{path} was never asked for"


def touch(view, path, **values):
    """Go on to a path, and touch parameters of that message: None drops one."""
    go_to(view, path)
    places = {row["name"]: row["place"] for row in view.waiting["parameters"]}
    ask(view, "send", changes=[[places[name], value] for name, value in values.items()])


def ask(view, do, **more):
    """Do what a click in the front end does."""
    view.wished(view, {"do": do, "count": view.count, **more}, [])


def said(view):
    """Return what the view says of the outcome, as one text."""
    return " ".join([view.outcome["title"], *(f"{each['text']} {each['section']}" for each in view.outcome["lines"])])


def threads():
    return [each for each in threading.enumerate() if each.name == "a message on its way"]


def test_a_first_login_is_shown_message_by_message():
    lab = made()
    view = FlowView(lab, lab.alice, lab.shop.login)
    way = []
    while view.waiting:
        message = view.waiting
        way.append(f"{message['channel']} {message['from']} {message['to']} {message['path']}")
        view.send_on()

    assert way == [
        "front alice shop /login",
        "back shop idp /.well-known/openid-configuration",
        "front shop idp /authorize",
        "front idp idp /login",
        "front alice idp /login",
        "front idp idp /consent",
        "front alice idp /consent",
        "front idp shop /callback",
        "back shop idp /.well-known/openid-configuration",
        "back shop idp /token",
        "back shop idp /.well-known/jwks.json",
        "back shop idp /userinfo",
        "front shop shop /account",
    ]
    assert view.outcome["title"] == "Nobody refused. The way is over." and "account" in said(view)
    assert is_logged_in(lab.alice, lab.shop) and not threads()
    lab.stop()


def test_each_parameter_says_what_it_is_for(view):
    go_to(view, "/authorize")
    rows = {row["name"]: row for row in view.waiting["parameters"]}

    assert {"state", "nonce", "code_challenge", "code_challenge_method", "redirect_uri", "client_id"} <= set(rows)
    assert rows["state"]["section"] == "RFC 6749, 10.12; RFC 9700, 4.7.1"
    assert all("without" in row["what"] and row["section"] and row["where"] == "address" for row in rows.values())


def test_secrets_stay_in_the_kernel(view):
    go_to(view, "/token")
    rows = {row["name"]: row for row in view.waiting["parameters"]}

    assert rows["client_id"] | {"place": 0} == rows["client_id"] | {"place": 0, "value": "tea-shop", "where": "header"}
    assert "not-a-real-one" not in str(view.get_state())


AT_PROVIDER, AT_TOKEN, BACK = "/authorize", "/token", "/callback"
# path, what is touched there: who refuses, what they say, and the section of the rule
REFUSED = {
    "another state to the provider": (AT_PROVIDER, {"state": "mallorys"}, "shop", "begun elsewhere", "RFC 9700, 4.7.1"),
    "no state to the provider": (AT_PROVIDER, {"state": None}, "shop", "begun elsewhere", "RFC 9700, 4.7.1"),
    "another state back": (BACK, {"state": "mallorys"}, "shop", "begun elsewhere", "RFC 9700, 4.7.1"),
    "no state back": (BACK, {"state": None}, "shop", "begun elsewhere", "RFC 9700, 4.7.1"),
    "another nonce": (AT_PROVIDER, {"nonce": "mallorys"}, "shop", "not the answer", "3.1.3.7 (11)"),
    "no nonce": (AT_PROVIDER, {"nonce": None}, "shop", "not the answer", "3.1.3.7 (11)"),
    "another issuer": (BACK, {"iss": "http://mallory.localhost"}, "shop", "begun elsewhere", "RFC 9207, 2.4"),
    "no issuer": (BACK, {"iss": None}, "shop", "begun elsewhere", "RFC 9207, 2.4"),
    "no code back": (BACK, {"code": None}, "shop", "not let in", "RFC 6749, 4.1.2"),
    "another code back": (BACK, {"code": "mallorys"}, "idp", "invalid_grant", "RFC 6749, 4.1.2, 5.2"),
    "another code": (AT_TOKEN, {"code": "mallorys"}, "idp", "invalid_grant", "RFC 6749, 4.1.2, 5.2"),
    "no code": (AT_TOKEN, {"code": None}, "idp", "invalid_grant", "RFC 6749, 4.1.2, 5.2"),
    "another verifier": (AT_TOKEN, {"code_verifier": OTHER}, "idp", "invalid_grant", "RFC 7636, 4.6"),
    "no verifier": (AT_TOKEN, {"code_verifier": None}, "idp", "invalid_grant", "RFC 7636, 4.6"),
    "another challenge": (AT_PROVIDER, {"code_challenge": OTHER}, "idp", "invalid_grant", "RFC 7636, 4.6"),
    "a short challenge": (AT_PROVIDER, {"code_challenge": "x"}, "idp", "invalid_request", "RFC 7636, 4.4.1"),
    "no challenge": (AT_PROVIDER, {"code_challenge": None}, "idp", "invalid_request", "RFC 7636, 4.4.1"),
    "no PKCE at all": (
        AT_PROVIDER, {"code_challenge": None, "code_challenge_method": None}, "idp", "invalid_grant", "RFC 9700, 4.8.2",
    ),
    "plain": (AT_PROVIDER, {"code_challenge_method": "plain"}, "idp", "invalid_request", "RFC 7636, 4.4.1"),
    "no method": (AT_PROVIDER, {"code_challenge_method": None}, "idp", "invalid_request", "RFC 7636, 4.4.1"),
    "Mallory's page": (AT_PROVIDER, {"redirect_uri": "http://mallory.localhost/"}, "idp", "address", "RFC 9700, 4.1.3"),
    "no page to go back to": (AT_PROVIDER, {"redirect_uri": None}, "idp", "address", "RFC 9700, 4.1.3"),
    "another page at the end": (AT_TOKEN, {"redirect_uri": "http://x/"}, "idp", "invalid_grant", "RFC 6749, 4.1.3"),
    "no page at the end": (AT_TOKEN, {"redirect_uri": None}, "idp", "invalid_grant", "RFC 6749, 4.1.3"),
    "a stranger asks": (AT_PROVIDER, {"client_id": "stranger"}, "idp", "No application", "RFC 6749, 4.1.2.1"),
    "nobody asks": (AT_PROVIDER, {"client_id": None}, "idp", "No application", "RFC 6749, 4.1.2.1"),
    "a stranger redeems": (AT_TOKEN, {"client_id": "stranger"}, "idp", "invalid_client", "RFC 6749, 3.2.1, 5.2"),
    "nobody redeems": (AT_TOKEN, {"client_id": None}, "idp", "invalid_client", "RFC 6749, 3.2.1, 5.2"),
    "another secret": (AT_TOKEN, {"client_secret": "x"}, "idp", "invalid_client", "RFC 6749, 2.3.1, 5.2"),
    "another response_type": (
        AT_PROVIDER, {"response_type": "token"}, "idp", "unsupported_response_type", "RFC 6749, 4.1.2.1",
    ),
    "no response_type": (AT_PROVIDER, {"response_type": None}, "idp", "invalid_request", "RFC 6749, 3.1.1"),
    "no scope": (AT_PROVIDER, {"scope": None}, "idp", "invalid_scope", "3.1.2.1"),
    "another grant_type": (AT_TOKEN, {"grant_type": "x"}, "idp", "unsupported_grant_type", "RFC 6749, 5.2"),
    "another access token": ("/userinfo", {"access_token": "x"}, "idp", "invalid_token", "RFC 6750, 3.1"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "values", "party", "words", "section"), REFUSED.values(), ids=REFUSED)
def test_who_refuses_and_by_which_rule(view, path, values, party, words, section):
    touch(view, path, **values)
    view.send_all()
    title, (because, rule, told, *_) = view.outcome["title"], view.outcome["lines"]

    assert (view.outcome["tone"], title.split(",")[0]) == ("refused", party)
    assert section in rule["section"] and words in told["text"]
    assert because["text"].split(",")[0].removeprefix("Because of ") in values
    assert not is_logged_in(view.browser, view.lab.shop)


def test_what_follows_from_a_refusal_is_told_after_it(view):
    touch(view, "/token", code_verifier=OTHER)
    view.send_all()

    assert view.outcome["title"] == "idp, the provider, refuses."
    assert "Then shop refuses as well (message 6): “What came back is not the answer" in said(view)
    assert [row["number"] for row in view.sent if row["refused"]] == [6, 8]
    assert view.sent[7]["touched"] == ["code_verifier changed"]


def test_a_number_that_is_none_is_refused(lab):
    log_in(lab.alice, lab.shop)
    view = FlowView(lab, lab.alice, lab.shop.again)
    touch(view, "/authorize", max_age="soon")
    view.send_all()
    view.close()

    assert "max_age" in said(view) and "3.1.2.1" in said(view)


def test_a_login_that_is_too_old_is_refused_by_who_asked_for_a_recent_one(lab):
    log_in(lab.alice, lab.shop)
    lab.clock.advance(minutes=6)
    view = FlowView(lab, lab.alice, lab.shop.again)
    touch(view, "/authorize", max_age=None)
    view.send_all()
    view.close()

    assert view.outcome["title"].startswith("shop") and "3.1.3.7 (13)" in said(view)


def test_where_nobody_refuses_it_says_who_should_have():
    lab = made(take_transaction=flaws.never_ask_who_answers)
    view = FlowView(lab, lab.alice, lab.shop.login)
    touch(view, "/callback", iss=None)
    view.send_all()
    lab.stop()

    assert view.outcome["tone"] == "missed"
    assert "iss was touched. The application should have refused" in said(view) and "RFC 9207, 2.4" in said(view)


# What one does with it.


def test_send_all_takes_the_change_along_and_begin_again_begins_anew(view):
    go_to(view, "/callback")
    state = next(row["place"] for row in view.waiting["parameters"] if row["name"] == "state")
    ask(view, "all", changes=[[state, "mallorys"]])
    assert view.outcome["title"] == "shop, the application, refuses." and not view.waiting

    ask(view, "again", fresh=False)
    ask(view, "all", changes=[])
    assert len(view.sent) == 9 and view.outcome["tone"] == "through"

    ask(view, "again", fresh=True)
    ask(view, "all", changes=[])
    assert len(view.sent) == 11 and view.outcome["tone"] == "through"


BAD_WISHES = {
    "no table": "send",
    "nothing": None,
    "an unknown word": {"do": "close"},
    "a list for a word": {"do": ["send"]},
    "a word for a fact": {"do": "again", "fresh": "yes"},
}


@pytest.mark.parametrize("wish", BAD_WISHES.values(), ids=BAD_WISHES)
def test_a_wish_that_makes_no_sense_is_ignored(view, wish):
    view.wished(view, wish | {"count": view.count} if isinstance(wish, dict) else wish, [])

    assert view.waiting["number"] == 1 and not view.sent


BAD_CHANGES = {
    "no list": "state",
    "not pairs": [[1]],
    "a place that is text": [["1", "x"]],
    "a place that is a fact": [[True, "x"]],
    "a place that is not there": [[99, "x"], [-1, "x"]],
    "a number for a value": [[4, 1]],
    "too long": [[4, "x" * 20_000]],
}


@pytest.mark.parametrize("changes", BAD_CHANGES.values(), ids=BAD_CHANGES)
def test_a_change_that_makes_no_sense_is_left_out(view, changes):
    go_to(view, "/authorize")
    ask(view, "send", changes=changes)

    assert view.sent[2]["touched"] == [] and view.waiting["path"] == "/login"


def test_a_click_that_came_too_late_does_nothing(view):
    view.wished(view, {"do": "send", "changes": [], "count": view.count - 1}, [])

    assert view.waiting["number"] == 1


def test_hostile_words_are_shown_as_words(view):
    touch(view, "/callback", state=HOSTILE)
    view.send_all()

    assert "\u202e" not in str(view.get_state()) and "refuses" in said(view)


def test_it_says_all_of_it_in_words(view):
    touch(view, "/callback", iss=None)
    text = view.as_text()

    assert "3. shop → idp: GET /authorize → 303 ↪ /login" in text
    assert "2. shop ⇒ idp: GET /.well-known/openid-configuration → 200 JSON" in text
    assert "6. idp → shop: GET /callback (iss dropped) → 400" in text and "RFC 9207, 2.4" in text


def test_a_form_may_begin_it(lab):
    log_in(lab.alice, lab.shop)
    page = lab.alice.navigate(lab.shop.account)
    view = FlowView(lab, lab.alice, page.form_to(lab.shop.logout))
    view.send_all()
    view.close()

    assert [row["path"] for row in view.sent] == ["/logout", "/"] and not is_logged_in(lab.alice, lab.shop)


def test_an_address_outside_the_lab_is_said_to_be_none(lab):
    view = FlowView(lab, lab.alice, "javascript:alert(1)")
    view.close()

    assert not view.waiting and "javascript" in said(view)


# How it ends: no thread stays.


def test_a_closed_view_leaves_nothing_behind(lab, view):
    go_to(view, "/token")
    assert len(threads()) == 1
    view.close()

    assert not threads()
    assert view.stand_still not in lab.lifetime.listeners and view.overhear not in lab.traffic.listeners


def test_who_begins_another_way_leaves_nobody_waiting(lab, view):
    go_to(view, "/token")
    other = FlowView(lab, lab.alice, lab.shop.login)
    ask(view, "send", changes=[])
    other.close()

    assert not threads() and not view.waiting and ANOTHER in said(view)


def test_a_lab_that_stops_ends_it():
    lab = made()
    view = FlowView(lab, lab.alice, lab.shop.login)
    go_to(view, "/token")
    lab.stop()

    assert view.ended and not threads()
    ask(view, "send", changes=[])
    assert FlowView(lab, lab.browser("alice"), "http://shop.localhost/login").ended
