"""Log-in at another provider: the way there and back, and what is refused on it."""

import pytest

from labsrv.provider.faults.active import set_faults, with_faults
from labsrv.provider.moving_in import add_upstream, move_in
from labsrv.provider.settings import ProviderSettings
from labsrv.provider.site import create_provider, provider_of
from tests.provider.conftest import SECRET, allow, log_in
from tests.provider.front.test_going_on import page_name


@pytest.fixture
def fakebook(lab, provider):
    settings = ProviderSettings(name="fakebook", title="Fakebook")
    lab.add_site("fakebook", create_provider(lab, settings, spoil=with_faults))
    other = provider_of(lab, settings)
    hub = {
        "client_id": "hub",
        "client_secret": SECRET,
        "client_name": "Tea Identity",
        "redirect_uris": [lab.url("idp", "/upstream/callback")],
        "post_logout_redirect_uris": [lab.url("idp", "/oidc/logged-out")],
    }
    move_in(other, lab.people.values(), [hub])
    add_upstream(provider, "fakebook", label="Fakebook", issuer=other.issuer, client_id="hub", client_secret=SECRET)
    return other


def by_fakebook(app, browser, **changes):
    """Log in at the application with an account at Fakebook."""
    app.start(browser, **changes)
    if page_name(browser) == "login" and browser.sees("Log in with Fakebook"):
        browser.click("Log in with Fakebook")
    log_in(browser)
    allow(browser)
    allow(browser)


def test_there_and_back(app, fakebook, alice):
    by_fakebook(app, alice)
    tokens = app.redeem(app.answer(alice)["code"]).json()
    _, claims = app.read(tokens["id_token"])

    assert claims["iss"] == app.provider.issuer and claims["sub"] != fakebook.people.named("alice")["_id"]
    assert claims["sub"] != app.provider.people.named("alice")["_id"]
    assert app.userinfo(tokens["access_token"]).json()["name"] == "Alice"


def test_the_same_account_each_time(app, fakebook, lab, alice):
    by_fakebook(app, alice)
    first = app.read(app.redeem(app.answer(alice)["code"]).json()["id_token"])[1]["sub"]
    other = lab.browser("alice's phone")
    other.person = alice.person
    by_fakebook(app, other)

    assert app.read(app.redeem(app.answer(other)["code"]).json()["id_token"])[1]["sub"] == first
    assert len(app.provider.rows("identities").find()) == 1


def test_an_address_links_nothing(app, fakebook, lab):
    """Mallory has Alice's address at Fakebook: here that is an account of its own."""
    fakebook.people.rows.update_one({"username": "mallory"}, {"$set": {"email": lab.alice.person.email}})
    by_fakebook(app, lab.mallory)
    tokens = app.redeem(app.answer(lab.mallory)["code"]).json()

    assert app.userinfo(tokens["access_token"]).json()["name"] == "Mallory"
    assert app.read(tokens["id_token"])[1]["sub"] != app.provider.people.named("alice")["_id"]


def test_by_the_application_s_wish(app, fakebook, alice):
    """Auth0's `connection`."""
    page = app.start(alice, connection="fakebook")

    assert page.sees("Fakebook") and page.url.startswith(fakebook.issuer)


def test_who_does_not_go_on_there_may_log_in_here(app, fakebook, alice):
    app.start(alice, connection="fakebook")
    alice.submit("cancel", cancel="yes")
    assert alice.sees("Fakebook did not let you in.") and alice.page.url.startswith(app.provider.issuer)
    log_in(alice)
    allow(alice)

    assert app.answer(alice)["code"]


NOTICED = [
    *("discovery_of_another", "mixed_up_iss", "missing_response_iss", "wrong_state", "missing_id_token"),
    *("wrong_iss", "wrong_aud", "two_audiences", "expired", "wrong_nonce", "missing_nonce", "missing_sub"),
    *("alg_none", "hs256_with_public_key", "foreign_key_same_kid", "unknown_kid", "code_of_another_client"),
    *("missing_exp", "missing_iat", "issued_in_the_future", "changed_after_signing", "jwks_without_the_key"),
    *(
        "userinfo_of_another",
        "userinfo_without_sub",
        "wrong_azp",
        "wrong_at_hash",
        "long_sub",
        "typ_of_an_access_token",
        "iss_with_a_slash",
    ),
]


@pytest.mark.slow("every fault of a menu")
@pytest.mark.parametrize("fault", NOTICED)
def test_a_fault_lets_nobody_in(app, fakebook, alice, fault):
    set_faults(fakebook, [fault])
    by_fakebook(app, alice)

    assert app.provider.logins.rows.find() == [] and app.provider.rows("identities").find() == []
    assert alice.page.url.startswith(app.provider.issuer)


def test_a_callback_of_another_browser(app, fakebook, lab, alice):
    """Mallory stops before her code is redeemed, and has Alice finish it."""
    mallory = lab.mallory
    app.start(mallory)
    mallory.click("Log in with Fakebook")
    log_in(mallory)
    allow(mallory)
    callback = next(each.url for each in reversed(mallory.history) if "/upstream/callback" in each.url)
    page = alice.navigate(callback)

    assert page.status == 400 and page.sees("no longer good")
    assert "__Host-idp-login" not in {cookie.name for cookie in alice.jar.all()}


def test_a_callback_twice(app, fakebook, alice):
    by_fakebook(app, alice)
    callback = next(each.url for each in alice.history if "/upstream/callback" in each.url)

    assert alice.navigate(callback).status == 400


ODD_ANSWERS = {
    "a list": "[]",
    "a text": '"x"',
    "nothing": "null",
    "no JSON": "<html>",
    "an empty object": "{}",
}


@pytest.mark.slow("a login for each answer")
@pytest.mark.parametrize("body", ODD_ANSWERS.values(), ids=ODD_ANSWERS)
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/.well-known/jwks.json", "/token", "/userinfo"])
def test_an_odd_answer_lets_nobody_in(app, fakebook, lab, alice, path, body):
    real = lab.front.sites[lab.sites["fakebook"].url[7:-1]][1]

    def odd(environ, start_response):
        if environ["PATH_INFO"] == path:
            start_response("200 OK", [("Content-Type", "application/json")])
            return [body.encode()]
        return real(environ, start_response)

    lab.add_site("fakebook", odd)
    by_fakebook(app, alice)

    assert app.provider.logins.rows.find() == [] and alice.page.status == 502


def test_another_provider_that_is_away(app, fakebook, lab, alice):
    app.provider.rows("upstreams").update_one({"_id": "fakebook"}, {"$set": {"issuer": "http://gone.localhost:1"}})
    app.start(alice)
    page = alice.click("Log in with Fakebook")

    assert page.status == 502 and page.sees("Fakebook does not answer")


def test_log_out_there_as_well(app, fakebook, lab, alice):
    """Auth0's `federated`."""
    by_fakebook(app, alice)
    bye = lab.url("shop", "/bye")
    alice.navigate(f"{app.provider.issuer}/v2/logout?federated&client_id=shop&returnTo={bye}")
    page = alice.submit("logout", yes="yes")

    assert page.url == bye
    assert app.provider.logins.rows.find() == fakebook.logins.rows.find() == []


def test_log_out_here_leaves_the_other_login_alone(app, fakebook, alice):
    by_fakebook(app, alice)
    alice.navigate(f"{app.provider.issuer}/oidc/logout?client_id=shop")
    alice.submit("logout", yes="yes")

    assert app.provider.logins.rows.find() == [] and len(fakebook.logins.rows.find()) == 1
