"""Log-out: with a hint at once, without one after a question, and never to an address that nobody registered."""

from urllib.parse import urlencode

import jwt
import pytest

from tests.provider.conftest import PAY
from tests.provider.front.test_going_on import page_name


def leave(app, browser, path="/oidc/logout", **given):
    """Send a browser to log out."""
    known = {name: value for name, value in given.items() if value is not None}
    return browser.navigate(f"{app.provider.issuer}{path}?{urlencode(known)}", from_=app.lab.shop.url)


def logged_in(app):
    return len(app.provider.logins.rows.find()) == 1


@pytest.fixture
def hint(app, alice):
    return app.tokens(alice)["id_token"]


def test_with_a_hint_at_once_and_then_login_asks_again(app, lab, alice, hint):
    page = leave(app, alice, id_token_hint=hint, post_logout_redirect_uri=lab.url("shop", "/bye"), state="a&b")

    assert page.url == lab.url("shop", "/bye?state=a%26b") and not logged_in(app)
    assert "__Host-idp-login" not in {cookie.name for cookie in alice.jar.all()}
    app.start(alice)
    assert page_name(alice) == "login"


def test_without_a_state_none_comes_back(app, lab, alice, hint):
    page = leave(app, alice, id_token_hint=hint, post_logout_redirect_uri=lab.url("shop", "/bye"))
    assert page.url == lab.url("shop", "/bye") and not logged_in(app)
    app.start(alice, prompt="none")

    assert app.answer(alice)["error"] == "login_required"


def test_a_hint_may_have_expired(app, lab, alice, hint):
    lab.clock.advance(hours=2)
    leave(app, alice, id_token_hint=hint)

    assert not logged_in(app)


def test_a_key_may_have_been_replaced_since(app, lab, alice, hint):
    app.provider.keys.rotate("idp-rsa-2", "RS256", app.provider.settings.key_overlap)
    lab.clock.advance(hours=2)
    leave(app, alice, id_token_hint=hint)

    assert not logged_in(app)


ASK_FIRST = {
    "nothing": {},
    "a state alone": {"state": "of-nothing"},
    "a client": {"client_id": "shop"},
    "Auth0's way": {"path": "/v2/logout", "client_id": "shop"},
}


@pytest.mark.parametrize("given", ASK_FIRST.values(), ids=ASK_FIRST)
def test_without_a_hint_it_asks(app, alice, hint, given):
    page = leave(app, alice, **given)
    assert page.sees("Log out?") and logged_in(app)
    alice.submit("logout", no="no")
    assert alice.sees("You are still logged in") and logged_in(app)

    leave(app, alice, **given)
    alice.submit("logout", yes="yes")
    assert alice.sees("You are logged out") and not logged_in(app)


def test_with_the_hint_of_another_login_it_asks(app, alice, bob, hint):
    page = leave(app, bob, id_token_hint=hint)
    assert page.sees("You are logged out")
    app.tokens(bob)
    page = leave(app, bob, id_token_hint=hint)

    assert page.sees("Log out?") and page.sees("You are logged in as Bob")


def test_a_picture_on_somebodys_page_logs_nobody_out(app, alice, hint):
    alice.load_image(f"{app.provider.issuer}/oidc/logout", from_="http://mallory.localhost/")
    alice.submit(f"{app.provider.issuer}/oidc/logout/confirm", from_="http://mallory.localhost/", yes="yes")

    assert logged_in(app)


BAD_TARGETS = {
    "somebody else's": "http://evil.localhost/",
    "a path more": "{}/more",
    "a query more": "{}?x=1",
    "a redirect URI of log-in": "CALLBACK",
    "script": "javascript:alert(1)",
    "without a scheme": "//evil.localhost",
}


@pytest.mark.parametrize("target", BAD_TARGETS.values(), ids=BAD_TARGETS)
@pytest.mark.parametrize("path", ["/oidc/logout", "/v2/logout"])
def test_a_bad_address_is_not_followed(app, lab, alice, hint, target, path):
    target = app.callback if target == "CALLBACK" else target.format(lab.url("shop", "/bye"))
    name = "returnTo" if path == "/v2/logout" else "post_logout_redirect_uri"
    page = leave(app, alice, path, client_id="shop", **{name: target})

    assert page.status == 400 and page.url.startswith(app.provider.issuer) and logged_in(app)


def unsigned(hint):
    """Return a token that says the same, under the name of the same key, and is signed by nobody."""
    kid = jwt.get_unverified_header(hint)["kid"]
    return jwt.encode(jwt.decode(hint, options={"verify_signature": False}), None, "none", headers={"kid": kid})


BAD_HINTS = {
    "nonsense": lambda app, hint: {"id_token_hint": "nonsense"},
    "not signed": lambda app, hint: {"id_token_hint": unsigned(hint)},
    "changed": lambda app, hint: {"id_token_hint": hint[:-6] + "AAAAAA"},
    "of another client": lambda app, hint: {"id_token_hint": hint, "client_id": "hr"},
}


@pytest.mark.parametrize("given", BAD_HINTS.values(), ids=BAD_HINTS)
def test_a_bad_hint_is_refused(app, alice, hint, given):
    page = leave(app, alice, **given(app, hint))

    assert page.status == 400 and logged_in(app)


def test_a_target_without_a_client_is_nobodys(app, lab, alice, hint):
    assert leave(app, alice, post_logout_redirect_uri=lab.url("shop", "/bye")).status == 400


def test_auth0s_way_back(app, lab, alice, hint):
    leave(app, alice, "/v2/logout", client_id="shop", returnTo=lab.url("shop", "/bye"))
    page = alice.submit("logout", yes="yes")

    assert page.url == lab.url("shop", "/bye") and not logged_in(app)


def test_by_post(app, lab, alice, hint):
    page = alice.submit(
        f"{app.provider.issuer}/oidc/logout", from_=lab.shop.url, method="POST", id_token_hint=hint, client_id="shop"
    )

    assert page.sees("You are logged out") and not logged_in(app)


def test_who_is_not_logged_in_goes_on(app, lab, bob):
    page = leave(app, bob, client_id="shop", post_logout_redirect_uri=lab.url("shop", "/bye"))

    assert page.url == lab.url("shop", "/bye")


def test_an_access_token_is_no_hint(app, alice, hint):
    token = app.tokens(alice, scope="openid read:pay", resource=PAY)["access_token"]

    assert leave(app, alice, id_token_hint=token).status == 400
