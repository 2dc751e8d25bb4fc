"""express-openid-connect (npm), unmodified, against our provider.

By default it asks for an ID token by form_post and checks its signature itself; with `response_type: "code"` it gets
tokens as well. It also takes logout tokens, and notices what our provider can be told to do wrongly with them.
"""

import pytest

from labsrv.provider.faults.menu import MENU
from tests.patience import PATIENCE
from tests.provider.peers.conftest import go_through, person, program

SECRET = "not a real one: with spaces / slashes + ümlauts"
CODE = {"response_type": "code", "scope": "openid profile email offline_access"}
# What each application is told besides where it and the provider are, and how the provider knows it.
APPLICATIONS = {
    "default": ({}, {"response_types": ["id_token"], "grant_types": ["implicit"]}),
    "leaving": ({"idpLogout": True}, {"response_types": ["id_token"], "grant_types": ["implicit"]}),
    "code": (
        {"authorizationParams": CODE, "clientSecret": SECRET, "idpLogout": True},
        {"client_secret": SECRET, "grant_types": ["authorization_code", "refresh_token"]},
    ),
    "posted": (
        {"authorizationParams": CODE | {"response_mode": "form_post"}, "clientSecret": SECRET, "idpLogout": True},
        {"client_secret": SECRET, "grant_types": ["authorization_code", "refresh_token"]},
    ),
}


@pytest.fixture(scope="module")
def shops(run, authlab_provider):
    """Return the applications by name; all have one provider."""
    running = run("express.mjs", *APPLICATIONS)
    address = running.addresses
    provider = authlab_provider([registered(name, address[name]) for name in APPLICATIONS])
    told = {
        name: {"auth": auth | {"clientID": name, "issuerBaseURL": provider.issuer}, "backchannel": name == "code"}
        for name, (auth, _) in APPLICATIONS.items()
    }
    running.tell(told)
    return {name: Shop(name, address[name], provider) for name in APPLICATIONS}


def registered(name, address):
    known = {
        "client_id": name,
        "redirect_uris": [f"{address}/callback"],
        "post_logout_redirect_uris": [address],
        "backchannel_logout_uri": f"{address}/backchannel-logout",
    }
    _, more = APPLICATIONS[name]
    return known | ({} if "client_secret" in more else {"token_endpoint_auth_method": "none"}) | more


class Shop:
    """An application that uses express-openid-connect."""

    def __init__(self, name, address, provider):
        self.has_no_access_token = name in ("default", "leaving")
        self.address = address
        self.provider = provider

    def opens(self, browser, path="/"):
        """Open a page of the application, and return the provider's pages that were sent on the way to it."""
        browser.navigate(f"{self.address}{path}")
        return go_through(browser, self.provider)

    def asks(self, browser, path="/"):
        """Open a page of the application as somebody who is logged in there, and return what it says."""
        assert self.opens(browser, path) == []
        assert browser.page.url.startswith(self.address), browser.page.text
        return browser.page.json()


FORM = ["login", "consent", "form_post"]
LOGINS = {"default": FORM, "leaving": FORM, "code": ["login", "consent"], "posted": FORM}


@pytest.mark.parametrize("name", LOGINS)
def test_a_login(shops, name):
    # Nobody else here is Carol, so nobody else has agreed for her.
    shop, carol = shops[name], person("carol")
    assert shop.opens(carol) == LOGINS[name]
    assert carol.page.url == f"{shop.address}/"

    said = carol.page.json()
    assert said["claims"]["iss"] == shop.provider.issuer and said["claims"]["aud"] == name
    # With an access token, the profile is at the userinfo endpoint; without one, in the ID token (Core, 5.4).
    profile = said["user"] if shop.has_no_access_token else shop.asks(carol, "/userinfo")
    assert profile["name"] == "Carol" and profile["preferred_username"] == "carol"
    assert profile["sub"] == said["claims"]["sub"]


@pytest.mark.parametrize("name", ["code", "posted"])
def test_tokens_are_good_for_something(shops, name):
    shop, alice = shops[name], person()
    shop.opens(alice)
    assert shop.asks(alice, "/userinfo")["email"]

    assert shop.asks(alice, "/refresh") == {"access_token": True, "rotated": True}
    assert shop.asks(alice, "/userinfo")["name"] == "Alice"


def test_by_default_it_logs_out_of_itself_only(shops):
    """The provider still knows Alice: nobody asks for her password."""
    shop, alice = shops["default"], person()
    shop.opens(alice)

    assert shop.opens(alice, "/logout") == ["form_post"]
    assert alice.page.json()["user"]["name"] == "Alice"


@pytest.mark.parametrize("name", ["leaving", "code", "posted"])
def test_it_logs_out_of_the_provider(shops, name):
    """With the hint, nobody is asked; back at the application, Alice has to log in anew."""
    shop, alice = shops[name], person()
    shop.opens(alice)
    alice.navigate(f"{shop.address}/logout")

    assert alice.page.forms[0].name == "login"
    assert [each.status for each in alice.history if "/oidc/logout?" in each.url] == [303]


def test_a_real_browser_sends_the_form_by_itself(shops, chromium_page):
    shop = shops["default"]
    chromium_page.goto(f"{shop.address}/")
    chromium_page.fill("[name=username]", "bob")
    chromium_page.fill("[name=password]", shop.provider.passwords["bob"])
    chromium_page.press("[name=password]", "Enter")
    chromium_page.click("button[name=allow]")
    chromium_page.wait_for_url(f"{shop.address}/")

    assert '"name":"Bob"' in chromium_page.text_content("body")


# Log-out behind the user's back ---------------------------------------------------------------------------------------

NOTICED = {
    "logout_wrong_iss": 'unexpected "iss" claim value',
    "logout_wrong_aud": 'unexpected "aud" claim value',
    "logout_expired": '"exp" claim timestamp check failed',
    "logout_of_nobody": "sub or sid",
    "logout_without_events": "events",
    "logout_with_other_event": "events",
    "logout_with_nonce": "nonce",
    "logout_alg_none": '"alg" (Algorithm) Header Parameter value not allowed',
    "logout_foreign_key": "signature verification failed",
}
LET_PASS = {
    "logout_same_jti": "Back-Channel Logout, 2.6, 8 is optional",
    "logout_without_jti": "Back-Channel Logout, 2.4 has it REQUIRED; none of the checks of 2.6 asks for it",
    "logout_wrong_typ": "Back-Channel Logout, 2.4: typ is recommended, for the sake of older providers",
}
# Believed, and about nobody: Alice stays.
NOBODYS = {"logout_of_another_session": "Back-Channel Logout, 2.6, 10 is optional"}


def test_each_fault_is_in_one_table():
    assert sorted([*NOTICED, *LET_PASS, *NOBODYS]) == sorted(MENU["logout_token"])


@pytest.fixture
def shop(shops):
    yield shops["code"]
    shops["code"].provider.spoil()


def told(shop):
    """Return which logout tokens the application has believed, and why it has refused others."""
    said = program().get(f"{shop.address}/told", timeout=PATIENCE).json()
    return said["believed"], said["refused"]


def leave(shop, alice):
    """Log Alice in at the application and out at the provider; return what the application was told by that."""
    before = [len(each) for each in told(shop)]
    shop.opens(alice)
    alice.navigate(f"{shop.provider.issuer}/oidc/logout")
    assert go_through(alice, shop.provider) == ["logout"]
    return [each[known:] for each, known in zip(told(shop), before, strict=True)]


def test_a_log_out_at_the_provider_reaches_the_application(shop):
    alice = person()
    ((believed,), refused) = leave(shop, alice)

    assert believed["iss"] == shop.provider.issuer and not refused
    assert shop.opens(alice) == ["login"]


@pytest.mark.parametrize("fault", NOTICED)
def test_it_refuses_a_logout_token(shop, fault):
    alice = person()
    shop.provider.spoil(fault)
    believed, (words,) = leave(shop, alice)

    assert NOTICED[fault] in words and not believed
    assert shop.asks(alice)["user"]["sub"]


@pytest.mark.parametrize("fault", LET_PASS)
def test_it_lets_pass(shop, fault):
    alice = person()
    shop.provider.spoil(fault)
    (_, refused) = leave(shop, alice)

    assert not refused
    assert shop.opens(alice) == ["login"]


@pytest.mark.parametrize("fault", NOBODYS)
def test_nobodys_session_ends(shop, fault):
    alice = person()
    shop.provider.spoil(fault)
    ((believed,), refused) = leave(shop, alice)

    assert believed["sid"] == "nobodys" and not refused
    assert shop.asks(alice)["user"]["sub"]
