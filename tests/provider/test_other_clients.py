"""Other people's clients log in against the provider, over sockets, as they come.

They are no part of the course's requirements: where one is not installed, its test skips and says so.
"""

import contextlib
import os

import pytest
import requests

from labsrv.provider.command import run_alone

CALLBACK = "http://127.0.0.1:3000/callback"
CLIENT = {
    "client_id": "web",
    "client_secret": "not-a-secret",
    "redirect_uris": [CALLBACK],
    "grant_types": ["authorization_code", "refresh_token"],
}


@pytest.fixture
def alone():
    alone = run_alone("http://127.0.0.1:0", [CLIENT], [], [])
    yield alone
    alone.lab.stop()


def through_the_pages(alone, address):
    """Log Alice in in the lab's browser, and return where the application would find her."""
    from labsrv.kit.browser.browser import Browser, BrowserError

    alice = Browser("alice", transport=alone.lab.transport())
    # Nobody listens where the application would be: the address is all that matters.
    with contextlib.suppress(BrowserError):
        alice.navigate(address)
        alice.submit("login", username="alice", password=alone.lab.people["alice"].password)
        alice.submit("consent", allow="yes")
    return alice.history[-1].response_header("Location")


def metadata(alone):
    session = requests.Session()
    session.trust_env = False
    return session.get(alone.as_json()["discovery"], timeout=60).json()


def test_authlib(alone):
    authlib = pytest.importorskip("authlib.integrations.requests_client", reason="Authlib is not installed")
    said = metadata(alone)
    client = authlib.OAuth2Session(
        "web",
        "not-a-secret",
        redirect_uri=CALLBACK,
        scope="openid profile offline_access",
        code_challenge_method="S256",
    )
    client.trust_env = False
    verifier = "v" * 43
    address, state = client.create_authorization_url(said["authorization_endpoint"], code_verifier=verifier)
    back = through_the_pages(alone, address)
    token = client.fetch_token(said["token_endpoint"], authorization_response=back, code_verifier=verifier, state=state)
    assert client.get(said["userinfo_endpoint"]).json()["name"] == "Alice"
    fresh = client.refresh_token(said["token_endpoint"], refresh_token=token["refresh_token"])

    assert fresh["access_token"] != token["access_token"]
    assert client.revoke_token(said["revocation_endpoint"], token=fresh["refresh_token"]).status_code == 200


def test_requests_oauthlib(alone, monkeypatch):
    oauthlib = pytest.importorskip("requests_oauthlib", reason="requests-oauthlib is not installed")
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # http on this machine
    said = metadata(alone)
    client = oauthlib.OAuth2Session("web", redirect_uri=CALLBACK, scope=["openid", "profile"], pkce="S256")
    client.trust_env = False
    address, _ = client.authorization_url(said["authorization_endpoint"])
    back = through_the_pages(alone, address)
    client.fetch_token(said["token_endpoint"], authorization_response=back, client_secret="not-a-secret")

    assert client.get(said["userinfo_endpoint"]).json()["preferred_username"] == "alice"
    assert os.environ["OAUTHLIB_INSECURE_TRANSPORT"] == "1"
