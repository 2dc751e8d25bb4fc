"""What is refused at the authorization endpoint, where it is said, and that nothing else is."""

from urllib.parse import urlencode

import pytest

from tests.provider.conftest import PAY, SECRET, allow, log_in

# Told on a page: nobody is redirected.
NOT_SENT_BACK = {
    "no client": {"client_id": None},
    "an unknown client": {"client_id": "nobody"},
    "no redirect URI": {"redirect_uri": None},
    "another case": {"redirect_uri": "CALLBACK"},
    "a slash more": {"redirect_uri": "{}/"},
    "a query more": {"redirect_uri": "{}?next=/"},
    "a path more": {"redirect_uri": "{}/../evil"},
    "a fragment": {"redirect_uri": "{}#x"},
    "a user in it": {"redirect_uri": "http://shop@evil.localhost/callback"},
    "a name that begins like it": {"redirect_uri": "{}.evil.localhost"},
    "a blank before it": {"redirect_uri": " {}"},
    "another scheme": {"redirect_uri": "javascript:alert(1)"},
}


@pytest.mark.parametrize("changes", NOT_SENT_BACK.values(), ids=NOT_SENT_BACK)
def test_without_a_good_address_nobody_is_redirected(app, alice, changes):
    address = changes.get("redirect_uri")
    if address == "CALLBACK":
        changes = {"redirect_uri": app.callback.replace("callback", "Callback")}
    elif address:
        changes = {"redirect_uri": address.format(app.callback)}
    page = app.start(alice, **changes)

    assert page.status == 400 and page.url.startswith(app.provider.issuer)
    assert len(page.exchanges) == 1 and page.sees("That does not work")


# Sent back to the application, with its state and with who is answering.
SENT_BACK = {
    "no response_type": ({"response_type": None}, "invalid_request"),
    "a token in the address": ({"response_type": "token"}, "unsupported_response_type"),
    "a hybrid": ({"response_type": "code id_token"}, "unsupported_response_type"),
    "a response_type that it is not registered for": ({"response_type": "id_token"}, "unauthorized_client"),
    "no challenge": ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
    "a challenge without a method, which is plain": ({"code_challenge_method": None}, "invalid_request"),
    "plain": ({"code_challenge_method": "plain"}, "invalid_request"),
    "s256 in small letters": ({"code_challenge_method": "s256"}, "invalid_request"),
    "a short challenge": ({"code_challenge": "short"}, "invalid_request"),
    "a method without a challenge": ({"code_challenge": None}, "invalid_request"),
    "no scope": ({"scope": None}, "invalid_scope"),
    "a scope without openid": ({"scope": "profile"}, "invalid_scope"),
    "openid as a part of a word": ({"scope": "openid2"}, "invalid_scope"),
    "an unknown response_mode": ({"response_mode": "pigeon"}, "invalid_request"),
    "a request object": ({"request": "eyJ"}, "request_not_supported"),
    "a request by reference": ({"request_uri": "http://shop.localhost/r"}, "request_uri_not_supported"),
    "a registration": ({"registration": "{}"}, "registration_not_supported"),
    "an unknown prompt": ({"prompt": "nicely"}, "invalid_request"),
    "none and another prompt": ({"prompt": "none login"}, "invalid_request"),
    "a max_age in words": ({"max_age": "an hour"}, "invalid_request"),
    "a max_age below zero": ({"max_age": "-1"}, "invalid_request"),
    "a max_age in wide digits": ({"max_age": "１"}, "invalid_request"),
    "an unknown API": ({"resource": "http://evil.localhost/"}, "invalid_target"),
    "an API named like a part of one": ({"resource": "http://api.localhost/"}, "invalid_target"),
    "two APIs": ({"resource": PAY, "audience": PAY}, "invalid_target"),
    "a hint that is no token": ({"id_token_hint": "not.a.token"}, "invalid_request"),
}


@pytest.mark.parametrize(("changes", "error"), SENT_BACK.values(), ids=SENT_BACK)
def test_other_refusals_go_to_the_application(app, alice, changes, error):
    app.start(alice, **changes)
    answer = app.answer(alice)

    assert (answer["error"], answer["state"], answer["iss"]) == (error, app.sent["state"], app.provider.issuer)
    assert answer["error_description"] and "code" not in answer


@pytest.mark.parametrize("name", ["client_id", "redirect_uri", "state", "code_challenge", "nonce", "resource"])
def test_what_comes_twice_is_refused(app, alice, name):
    """RFC 6749, 3.1."""
    address = app.start(alice).exchanges[0].url
    page = alice.navigate(f"{address}&{name}=another&{name}=third")

    assert page.status == 400 and page.sees(f"sent {name} more than once")


def test_a_parameter_without_a_value_is_left_out(app, alice):
    app.start(alice, prompt="", max_age="", response_mode="")

    assert alice.sees("Log in")


def test_unknown_parameters_and_scopes_are_ignored(app, alice):
    app.tokens(alice)
    unknown = {"display": "page", "claims": "{}", "extra": "foobar"}
    tokens = app.tokens(alice, scope="openid knitting read:pay offline_access2", **unknown)

    assert tokens["scope"] == "openid read:pay"


# What a provider need not do anything about, but has to let pass (OpenID Connect Core, 15.1; `claims`: 5.5).
LET_PASS = {
    "display=page": {"display": "page"},
    "display=popup": {"display": "popup"},
    "ui_locales": {"ui_locales": "se"},
    "claims_locales": {"claims_locales": "se"},
    "an essential claim": {"claims": '{"userinfo": {"name": {"essential": true}}}'},
}


@pytest.mark.parametrize("changes", LET_PASS.values(), ids=LET_PASS)
def test_a_login_with_a_wish_goes_its_way(app, alice, changes):
    page = app.start(alice, **changes)
    assert page.status == 200 and page.sees("Log in")
    log_in(alice)
    allow(alice)

    assert app.redeem(app.answer(alice)["code"]).json()["id_token"]


def test_the_order_does_not_matter(app, alice):
    """RFC 6749, 3.3, of the words of a scope; and nobody has said anything of parameters."""
    asked = reversed(app.asked(scope="email profile openid").items())
    alice.navigate(f"{app.provider.issuer}/authorize?{urlencode(list(asked))}", from_=app.lab.shop.url)
    log_in(alice)
    allow(alice)
    token = app.redeem(app.answer(alice)["code"]).json()["access_token"]

    assert app.userinfo(token).json().keys() >= {"sub", "name", "email"}


def test_a_client_gets_no_scope_that_it_is_not_registered_for(as_client, lab, alice):
    tokens = as_client("hr", "hr").tokens(alice, scope="openid read:pay", client_secret=SECRET)

    assert tokens["scope"] == "openid"


def test_an_id_token_by_the_front_channel_wants_a_nonce(as_client, alice):
    app = as_client("express")
    app.start(alice, response_type="id_token", nonce=None, code_challenge=None, code_challenge_method=None)

    assert app.answer(alice)["error"] == "invalid_request"


def test_an_id_token_never_goes_into_a_query(as_client, alice):
    app = as_client("express")
    app.start(alice, response_type="id_token", response_mode="query")

    assert "#" in alice.page.url and app.answer(alice)["error"] == "invalid_request"


def test_by_post_as_well(app, lab, alice):
    """OpenID Connect Core, 3.1.2.1; and single sign-on works with it, though the form is on another site."""
    app.tokens(alice)
    page = alice.submit(f"{app.provider.issuer}/authorize", from_=lab.shop.url, method="POST", **app.asked())

    assert app.answer(alice)["code"] and page.exchanges[0].status == 303


def test_a_post_carries_no_more_than_parameters(app, alice):
    fields = app.asked() | {"_external": "1", "_scheme": "javascript", "endpoint": "x", "_anchor": "y"}
    page = alice.submit(f"{app.provider.issuer}/authorize", method="POST", **fields)

    assert page.sees("Log in") and page.url.startswith(app.provider.issuer)
