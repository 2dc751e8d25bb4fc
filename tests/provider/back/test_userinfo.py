"""Userinfo: three places for a token, and everything that is none."""

import pytest

from tests.provider.conftest import PAY

WAYS = {
    "GET": lambda app, token: app.call("/userinfo", {"Authorization": f"Bearer {token}"}, method="GET"),
    "POST, header": lambda app, token: app.call("/userinfo", {"Authorization": f"Bearer {token}"}),
    "POST, header in small letters": lambda app, token: app.call("/userinfo", {"authorization": f"bearer {token}"}),
    "POST, body": lambda app, token: app.call("/userinfo", access_token=token),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_token_in_each_place(app, alice, way):
    answer = way(app, app.tokens(alice, scope="openid email")["access_token"])

    assert answer.status == 200 and answer.json().keys() == {"sub", "email", "email_verified"}
    assert answer.headers["Content-Type"] == "application/json" and answer.headers["Cache-Control"] == "no-store"


def test_not_in_the_address(app, alice):
    token = app.tokens(alice)["access_token"]
    answer = app.call("/userinfo", method="GET", query=f"?access_token={token}")

    assert answer.status == 401 and answer.headers["WWW-Authenticate"] == "Bearer"


def test_two_at_once(app, alice):
    token = app.tokens(alice)["access_token"]
    answer = app.call("/userinfo", {"Authorization": f"Bearer {token}"}, access_token=token)

    assert answer.status == 400 and 'error="invalid_request"' in answer.headers["WWW-Authenticate"]


BAD = {
    "nonsense": lambda app, tokens: "nonsense",
    "a refresh token": lambda app, tokens: tokens["refresh_token"],
    "an ID token": lambda app, tokens: tokens["id_token"],
    "half a token": lambda app, tokens: tokens["access_token"][:20],
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_is_no_access_token(app, alice, bad):
    answer = app.userinfo(bad(app, app.tokens(alice, scope="openid offline_access")))

    assert answer.status == 401 and answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_a_token_for_an_api_is_not_for_us(app, alice):
    token = app.tokens(alice, scope="openid read:pay", resource=PAY)["access_token"]

    assert app.userinfo(token).status == 401


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (10, 401)])
def test_a_token_ends(app, lab, alice, minutes, status):
    token = app.tokens(alice)["access_token"]
    lab.clock.advance(minutes=minutes)

    assert app.userinfo(token).status == status
