"""Introspection (RFC 7662): what one may know, and what reads as nothing."""

from tests.provider.conftest import PAY


def test_the_api_it_is_for(app, as_client, alice):
    token = app.tokens(alice, scope="openid email read:pay", resource=PAY)["access_token"]
    known = as_client("api").introspect(token)
    _, claims = app.read(token, PAY)

    assert known == {
        "active": True,
        "iss": app.provider.issuer,
        "client_id": "shop",
        "scope": "read:pay",
        "sub": claims["sub"],
        "aud": PAY,
        "token_type": "Bearer",
        "iat": claims["iat"],
        "exp": claims["exp"],
    }


def test_a_client_and_its_own_tokens(app, alice):
    tokens = app.tokens(alice, scope="openid offline_access")

    assert app.introspect(tokens["access_token"])["active"] and app.introspect(tokens["refresh_token"])["active"]
    app.refresh(tokens["refresh_token"])
    assert app.introspect(tokens["refresh_token"]) == {"active": False}


def test_all_else_reads_the_same(app, as_client, lab, alice):
    tokens = app.tokens(alice, scope="openid offline_access")
    api, own = as_client("api"), as_client("own")
    assert api.introspect(tokens["access_token"]) == own.introspect(tokens["refresh_token"]) == {"active": False}
    assert app.introspect("nonsense") == app.introspect(tokens["id_token"]) == {"active": False}
    lab.clock.advance(minutes=10)

    assert app.introspect(tokens["access_token"]) == {"active": False}


def test_not_for_everybody(app, as_client, alice):
    tokens = app.tokens(alice)

    assert app.call("/introspect", token=tokens["access_token"]).error == "invalid_client"
    public = app.call("/introspect", token=tokens["access_token"], client_id="public")
    assert (public.status, public.error) == (401, "invalid_client")
    assert app.call("/introspect", app.basic()).error == "invalid_request"
