"""openid-client (npm) against our provider: it logs in, and notices what our provider can be told to do wrongly."""

from urllib.parse import urlencode

import pytest

from labsrv.provider.faults.menu import FAULTS, MENU
from tests.provider.peers.conftest import go_through, person

PAY = "http://api.localhost/pay"
OFFLINE = {"scope": "openid profile email offline_access"}
FOR_AN_API = {"scope": "openid read:pay", "resource": PAY}

# Each way to show who one is at the token endpoint, by the name of what does it in openid-client.
SHOWN = {"post": "ClientSecretPost", "basic": "ClientSecretBasic", "public": "None"}
SECRET = "not a real one: with spaces / slashes + ümlauts"


def registered(name, address):
    """Return a client of the application as our provider knows it."""
    method = "none" if name == "public" else f"client_secret_{name}"
    return {
        "client_id": name,
        "token_endpoint_auth_method": method,
        "redirect_uris": [f"{address}/callback"],
        "post_logout_redirect_uris": [f"{address}/logged-out"],
        "grant_types": ["authorization_code", "refresh_token"],
        "scope": "openid profile email offline_access read:pay",
        **({} if name == "public" else {"client_secret": SECRET}),
    }


@pytest.fixture(scope="module")
def shop(run, authlab_provider):
    """Return the application, and the provider that it sends people to."""
    running = run("openid_client.mjs", "shop")
    address = running.addresses["shop"]
    provider = authlab_provider([registered(name, address) for name in SHOWN], f"{PAY} read:pay")
    clients = {name: {"shown": shown, "secret": SECRET} for name, shown in SHOWN.items()}
    running.tell({"issuer": provider.issuer, "clients": clients})
    return Shop(address, provider)


class Shop:
    """An application that uses openid-client, and the provider that it sends people to."""

    def __init__(self, address, provider):
        self.address = address
        self.provider = provider

    def start(self, browser, **asked):
        """Send a person to the provider, and return the names of the pages that they had to send there."""
        browser.navigate(f"{self.address}/login?{urlencode({'as': 'basic', **asked})}")
        return go_through(browser, self.provider)

    def log_in(self, browser, **asked):
        """Bring a person through all pages, and return what the application knows then."""
        self.start(browser, **asked)
        return self.said(browser)

    def asks(self, browser, path):
        """Follow a link of the application, and return what it says."""
        browser.navigate(f"{self.address}{path}")
        return self.said(browser)

    def said(self, browser):
        assert browser.page.url.startswith(self.address), browser.page.text
        return browser.page.json()


@pytest.mark.parametrize("name", SHOWN)
def test_a_login_from_the_first_page_to_the_last(shop, name):
    # Nobody else here is Carol, so nobody else has agreed for her.
    carol = person("carol")
    assert shop.start(carol, **OFFLINE, **{"as": name}) == ["login", "consent"]
    said = shop.said(carol)
    assert said["claims"]["iss"] == shop.provider.issuer and said["claims"]["aud"] == name
    assert said["userinfo"]["name"] == "Carol" and said["userinfo"]["email"]
    assert said["userinfo"]["sub"] == said["claims"]["sub"]

    fresh = shop.asks(carol, "/refresh")
    assert fresh["rotated"] and fresh["userinfo"] == said["userinfo"]
    assert fresh["claims"]["sub"] == said["claims"]["sub"]

    # With the hint, nobody is asked: Carol comes straight back, and has to log in again.
    assert shop.asks(carol, "/logout") == {"back": {"state": "of-the-logout"}}
    assert shop.start(carol, **OFFLINE, **{"as": name}) == ["login"]


def test_a_revoked_login_is_not_refreshed(shop):
    alice = person()
    shop.log_in(alice, **OFFLINE)
    assert shop.asks(alice, "/revoke") == {"revoked": True}

    assert shop.asks(alice, "/refresh")["refused"] == "invalid_grant"


def test_who_says_no_comes_back_with_an_error(shop):
    bob = person("bob")
    bob.navigate(f"{shop.address}/login?as=basic&scope=openid+profile&prompt=consent")
    bob.submit("login", username="bob", password=shop.provider.passwords["bob"])
    bob.submit("consent", deny="yes")

    assert shop.said(bob)["refused"] == "access_denied"


def test_an_access_token_for_an_api(shop):
    alice = person()
    shop.log_in(alice, **FOR_AN_API)

    assert shop.asks(alice, "/api")["claims"]["aud"] == PAY


# Faults ---------------------------------------------------------------------------------------------------------------

# What openid-client says of each fault that it notices.
NOTICED = {
    "discovery_of_another": "discovered metadata issuer does not match",
    "mixed_up_iss": 'unexpected "iss" (issuer) response parameter',
    "missing_response_iss": 'response parameter "iss" (issuer) missing',
    "wrong_state": 'unexpected "state" response parameter',
    "missing_state": 'response parameter "state" missing',
    "code_of_another_client": "server responded with an error in the response body",
    "wrong_token_type": "unsupported `token_type` value",
    "missing_id_token": '"id_token" property must be a string',
    "userinfo_of_another": 'unexpected "response" body "sub"',
    "userinfo_without_sub": '"sub" property must be a string',
    "wrong_iss": 'unexpected JWT "iss"',
    "iss_with_a_slash": 'unexpected JWT "iss"',
    "wrong_aud": 'unexpected JWT "aud"',
    "two_audiences": "additional untrusted audiences",
    "expired": 'unexpected JWT "exp"',
    "missing_exp": 'JWT "exp" (expiration time) claim missing',
    "missing_iat": 'JWT "iat" (issued at) claim missing',
    "wrong_nonce": 'unexpected ID Token "nonce"',
    "missing_nonce": 'JWT "nonce" (nonce) claim missing',
    "missing_sub": 'JWT "sub" (subject) claim missing',
    # It says nothing of the length: the userinfo is about somebody with a shorter one.
    "long_sub": 'unexpected "response" body "sub"',
    "old_auth_time": "too much time has elapsed",
    "missing_auth_time": 'JWT "auth_time" (authentication time) claim missing',
    "alg_none": 'unexpected JWT "alg"',
    "hs256_with_public_key": 'unexpected JWT "alg"',
}
# What it notices where it is told to check signatures. Otherwise it trusts the connection that the ID token came over,
# as it may (Core, 3.1.3.7, 6: "the TLS server validation MAY be used"): on a laptop there is no TLS to trust.
BY_SIGNATURE = {
    "jwks_without_the_key": "no applicable keys found",
    "unknown_kid": "no applicable keys found",
    "foreign_key_same_kid": "JWT signature verification failed",
    "changed_after_signing": "JWT signature verification failed",
}
# What an API notices that has an access token checked by oauth4webapi; for a client it is a text like any other.
BY_AN_API = {
    "access_token_of_another_api": 'unexpected JWT "aud"',
    "access_token_expired": 'unexpected JWT "exp"',
    "access_token_without_typ": 'unexpected JWT "typ"',
}
LET_PASS = {
    "wrong_azp": "Core, 3.1.3.7, 5 is a SHOULD; it looks at azp only where there are several audiences",
    "issued_in_the_future": "Core, 3.1.3.7, 10 leaves to each client which iat it takes",
    "wrong_at_hash": "Core, 3.1.3.8: at_hash is OPTIONAL where both tokens come from the token endpoint",
    "lower_acr": "Core, 3.1.3.7, 12: what an acr means is for the application to know",
    "typ_of_an_access_token": "Core asks for no typ in ID tokens; RFC 8725, 3.11 is advice for what is designed anew",
}
ASKED = {"scope": "openid profile", "max_age": "600", "acr_values": "1"}
SIGNED = {"signed": "yes"}


def test_each_fault_is_in_one_table():
    """The menu's logout tokens are in `test_express.py`: openid-client reads none."""
    tables = (NOTICED, BY_SIGNATURE, BY_AN_API, LET_PASS, MENU["logout_token"])

    assert sorted(name for table in tables for name in table) == sorted(FAULTS)


@pytest.fixture(scope="module")
def regular(shop):
    """Return the browser of somebody who is logged in at the provider, and has agreed to all that is asked for."""
    alice = person()
    shop.log_in(alice, **FOR_AN_API)
    shop.log_in(alice, **ASKED)
    return alice


@pytest.fixture
def spoil(shop):
    yield shop.provider.spoil
    shop.provider.spoil()


@pytest.mark.parametrize("fault", NOTICED)
def test_openid_client_refuses(shop, regular, spoil, fault):
    spoil(fault)

    assert NOTICED[fault] in shop.log_in(regular, **ASKED)["words"]


@pytest.mark.parametrize("fault", BY_SIGNATURE)
def test_openid_client_refuses_a_signature(shop, regular, spoil, fault):
    spoil(fault)
    assert "claims" in shop.log_in(regular, **ASKED)

    assert BY_SIGNATURE[fault] in shop.log_in(regular, **ASKED, **SIGNED)["words"]


@pytest.mark.parametrize("fault", BY_AN_API)
def test_an_api_refuses(shop, regular, spoil, fault):
    spoil(fault)
    assert "claims" in shop.log_in(regular, **FOR_AN_API)

    assert BY_AN_API[fault] in shop.asks(regular, "/api")["words"]


@pytest.mark.parametrize("fault", LET_PASS)
def test_openid_client_lets_pass(shop, regular, spoil, fault):
    spoil(fault)

    assert "claims" in shop.log_in(regular, **ASKED, **SIGNED)


def test_without_faults_nothing_is_refused(shop, regular):
    for signed in ({}, SIGNED):
        assert "claims" in shop.log_in(regular, **ASKED, **signed)
