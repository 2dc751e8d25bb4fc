"""Other people's clients in Python log in against the provider, over sockets, as they come.

Those in JavaScript are in `peers/`.
"""

import contextlib
from urllib.parse import urlencode

import pytest
import requests
import requests_oauthlib
from authlib.integrations.flask_client import OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, session, url_for

from labsrv.kit.browser.browser import Browser, BrowserError
from labsrv.provider.command import run_alone

CALLBACK = "http://127.0.0.1:3000/callback"
BYE = "http://127.0.0.1:3000/bye"
CLIENT = {
    "client_id": "web",
    "client_secret": "not-a-secret",
    "redirect_uris": [CALLBACK],
    "post_logout_redirect_uris": [BYE],
    "grant_types": ["authorization_code", "refresh_token"],
}


@pytest.fixture
def alone():
    alone = run_alone("http://127.0.0.1:0", [CLIENT], [], [])
    yield alone
    alone.lab.stop()


@pytest.fixture
def alice(alone):
    return Browser("alice", transport=alone.lab.transport())


def through_the_pages(alone, alice, address):
    """Log Alice in in the lab's browser, and return where the application would find her."""
    # Nobody listens where the application would be: the address is all that matters.
    with contextlib.suppress(BrowserError):
        alice.navigate(address)
        alice.submit("login", username="alice", password=alone.lab.people["alice"].password)
        alice.submit("consent", allow="yes")
    return alice.history[-1].response_header("Location")


def log_out(said, alice, id_token):
    """Send Alice to log out, and return where she is sent then: none of these clients has more to say about it."""
    asked = {"id_token_hint": id_token, "post_logout_redirect_uri": BYE, "state": "of-the-logout"}
    with contextlib.suppress(BrowserError):
        alice.navigate(f"{said['end_session_endpoint']}?{urlencode(asked)}")
    return alice.history[-1].response_header("Location")


@pytest.fixture
def said(alone):
    """Return what the provider says of itself."""
    web = requests.Session()
    web.trust_env = False
    return web.get(alone.as_json()["discovery"], timeout=60).json()


def test_authlib(alone, alice, said):
    client = OAuth2Session(
        "web",
        "not-a-secret",
        redirect_uri=CALLBACK,
        scope="openid profile offline_access",
        code_challenge_method="S256",
    )
    client.trust_env = False
    verifier = "v" * 43
    address, state = client.create_authorization_url(said["authorization_endpoint"], code_verifier=verifier)
    back = through_the_pages(alone, alice, address)
    token = client.fetch_token(said["token_endpoint"], authorization_response=back, code_verifier=verifier, state=state)
    assert client.get(said["userinfo_endpoint"]).json()["name"] == "Alice"
    fresh = client.refresh_token(said["token_endpoint"], refresh_token=token["refresh_token"])

    assert fresh["access_token"] != token["access_token"]
    assert client.get(said["userinfo_endpoint"]).json()["name"] == "Alice"
    assert client.revoke_token(said["revocation_endpoint"], token=fresh["refresh_token"]).status_code == 200
    assert log_out(said, alice, token["id_token"]) == f"{BYE}?state=of-the-logout"


def shop_by_authlib(alone):
    """Return an application that logs people in by Authlib, in the lines that its documentation has."""
    app = Flask("shop")
    app.secret_key = "not-a-real-one"
    oauth = OAuth(app)
    oauth.register(
        "idp",
        client_id="web",
        client_secret="not-a-secret",
        server_metadata_url=alone.as_json()["discovery"],
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
    )

    @app.get("/login")
    def login():
        return oauth.idp.authorize_redirect(url_for("callback", _external=True))

    @app.get("/callback")
    def callback():
        # The ID token is checked here, nonce and all.
        session["user"] = oauth.idp.authorize_access_token()["userinfo"]
        return session["user"] | {"profile": oauth.idp.userinfo()}

    return app


def test_authlib_in_flask(alone, alice, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    shop = shop_by_authlib(alone).test_client()
    address = shop.get("/login", base_url=CALLBACK.removesuffix("/callback")).location
    user = shop.get(through_the_pages(alone, alice, address)).json

    assert user["iss"] == alone.provider.issuer and user["aud"] == "web"
    assert user["profile"]["name"] == "Alice" and user["profile"]["sub"] == user["sub"]


def test_requests_oauthlib(alone, alice, said, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # http on this machine
    scope = ["openid", "profile", "offline_access"]
    client = requests_oauthlib.OAuth2Session("web", redirect_uri=CALLBACK, scope=scope, pkce="S256")
    client.trust_env = False
    address, _ = client.authorization_url(said["authorization_endpoint"])
    back = through_the_pages(alone, alice, address)
    token = client.fetch_token(said["token_endpoint"], authorization_response=back, client_secret="not-a-secret")
    assert client.get(said["userinfo_endpoint"]).json()["preferred_username"] == "alice"
    fresh = client.refresh_token(said["token_endpoint"], auth=("web", "not-a-secret"))

    assert fresh["access_token"] != token["access_token"]
    assert client.get(said["userinfo_endpoint"]).json()["preferred_username"] == "alice"
    assert log_out(said, alice, token["id_token"]) == f"{BYE}?state=of-the-logout"
