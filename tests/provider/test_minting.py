"""What is in the tokens, claim by claim."""

import base64
import hashlib

import jwt
import pytest

from tests.provider.conftest import PAY


def test_an_id_token(app, lab, alice):
    tokens = app.tokens(alice)
    header, claims = app.read(tokens["id_token"])
    now = lab.clock.time()
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]

    assert header.keys() == {"alg", "kid", "typ"} and header["alg"] == "RS256"
    assert claims.keys() == {"iss", "sub", "aud", "exp", "iat", "auth_time", "acr", "amr", "sid", "nonce", "at_hash"}
    assert claims["at_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    assert claims["exp"] - claims["iat"] == 600 and abs(claims["iat"] - now) < 60
    assert claims["sub"] != "alice" and len(claims["sub"]) <= 255
    assert all(type(claims[name]) is int for name in ("exp", "iat", "auth_time"))


def test_a_subject_stays_and_is_the_same_everywhere(app, as_client, alice, bob):
    subjects = [app.read(app.tokens(each)["id_token"])[1]["sub"] for each in (alice, alice, bob)]
    other = as_client("hr", "hr")
    subjects.append(other.read(other.tokens(alice)["id_token"])[1]["sub"])

    assert subjects[0] == subjects[1] == subjects[3] != subjects[2]


def test_without_a_nonce_there_is_none(app, alice):
    assert "nonce" not in app.read(app.tokens(alice, nonce=None)["id_token"])[1]


@pytest.mark.parametrize("name", ["resource", "audience"])
def test_an_access_token_for_an_api(app, lab, alice, name):
    """RFC 9068, 2.2."""
    tokens = app.tokens(alice, scope="openid email read:pay", **{name: PAY})
    header, claims = app.read(tokens["access_token"], PAY)

    assert header["typ"] == "at+jwt" and claims["aud"] == PAY and claims["client_id"] == "shop"
    # What the API has nothing to do with is not in it.
    assert claims["scope"] == "read:pay" and "email" not in claims
    assert claims.keys() >= {"iss", "exp", "iat", "jti", "sub", "auth_time", "acr", "amr"}


def test_an_access_token_for_ourselves_says_nothing(app, alice):
    token = app.tokens(alice)["access_token"]

    assert "." not in token and len(token) == 43
    with pytest.raises(jwt.DecodeError):
        jwt.get_unverified_header(token)


def test_a_refreshed_token_is_for_the_same_api(app, alice):
    tokens = app.tokens(alice, scope="openid offline_access read:pay", resource=PAY)
    fresh = app.refresh(tokens["refresh_token"], resource=PAY).json()
    again = app.refresh(fresh["refresh_token"]).json()

    assert [app.read(each["access_token"], PAY)[1]["scope"] for each in (fresh, again)] == ["read:pay"] * 2


def test_a_code_as_well_is_for_the_same_api(app, alice):
    code = app.log_in(alice, scope="openid read:pay", resource=PAY)["code"]

    assert app.redeem(code, resource="http://evil.localhost/").error == "invalid_target"


def test_two_tokens_are_never_the_same(app, alice):
    tokens = [app.tokens(alice, scope="openid read:pay", resource=PAY)["access_token"] for _ in range(3)]

    assert len(set(tokens)) == 3
