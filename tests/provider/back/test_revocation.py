"""Revocation (RFC 7009)."""

import pytest

from tests.provider.conftest import PAY


@pytest.mark.parametrize("hint", [None, "refresh_token", "access_token", "pigeon"])
def test_a_refresh_token_takes_all_along(app, alice, hint):
    tokens = app.tokens(alice, scope="openid offline_access")
    assert app.call("/revoke", app.basic(), token=tokens["refresh_token"], token_type_hint=hint).status == 200

    assert app.refresh(tokens["refresh_token"]).error == "invalid_grant"
    assert app.userinfo(tokens["access_token"]).status == 401


def test_an_access_token_goes_alone(app, alice):
    tokens = app.tokens(alice, scope="openid offline_access")
    assert app.call("/revoke", app.basic(), token=tokens["access_token"]).status == 200

    assert app.userinfo(tokens["access_token"]).status == 401
    assert app.refresh(tokens["refresh_token"]).status == 200


def test_a_token_for_an_api_reads_as_ended(app, as_client, alice):
    token = app.tokens(alice, scope="openid read:pay", resource=PAY)["access_token"]
    app.call("/revoke", app.basic(), token=token)

    assert as_client("api").introspect(token) == {"active": False}


def test_another_client_ends_nothing_and_learns_nothing(app, as_client, alice):
    tokens = app.tokens(alice, scope="openid offline_access")
    other = as_client("own")
    answers = [other.call("/revoke", other.basic(), token=each) for each in (tokens["refresh_token"], "nonsense")]

    assert {(each.status, each.body) for each in answers} == {(200, b"")}
    assert app.refresh(tokens["refresh_token"]).status == 200


def test_who_does_not_say_who_they_are(app, alice):
    tokens = app.tokens(alice)

    assert app.call("/revoke", token=tokens["access_token"]).error == "invalid_client"
    assert app.call("/revoke", app.basic()).error == "invalid_request"
    assert app.userinfo(tokens["access_token"]).status == 200
