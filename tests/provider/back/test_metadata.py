"""Discovery and keys."""

import pytest

from labsrv.provider.back.metadata import ENDPOINTS

WELL_KNOWN = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"]


@pytest.mark.parametrize("path", WELL_KNOWN)
def test_the_metadata(app, path):
    answer = app.call(path, method="GET")
    said = answer.json()

    assert said["issuer"] == app.provider.issuer and not said["issuer"].endswith("/")
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["authorization_response_iss_parameter_supported"] is True
    assert said["id_token_signing_alg_values_supported"] == ["RS256", "ES256"]
    assert said["backchannel_logout_session_supported"] is True
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_every_endpoint_is_there(app):
    said = app.call("/.well-known/openid-configuration", method="GET").json()

    for name in ENDPOINTS:
        assert app.call(said[name].removeprefix(app.provider.issuer), method="GET").status != 404, name


def test_keys_are_public(app):
    """RFC 7517, 9.2: no private member."""
    keys = app.call("/.well-known/jwks.json", method="GET").json()["keys"]

    assert {key["kty"] for key in keys} == {"RSA", "EC"}
    for key in keys:
        assert not {"d", "p", "q", "dp", "dq", "qi", "k"} & key.keys()
        assert key["use"] == "sig" and key["alg"] and key["kid"]


def test_rotation(app, lab, alice):
    """The old key stays published for as long as something that it signed may be looked at."""
    old = app.tokens(alice)["id_token"]
    app.provider.keys.rotate("idp-rsa-2", "RS256", app.provider.settings.key_overlap)
    new = app.tokens(alice)["id_token"]
    assert app.read(old)[0]["kid"] == "idp-rsa-1" and app.read(new)[0]["kid"] == "idp-rsa-2"
    lab.clock.advance(hours=1)

    kids = [key["kid"] for key in app.call("/.well-known/jwks.json", method="GET").json()["keys"]]
    assert kids == ["idp-ec-1", "idp-rsa-2"]


def test_es256(as_client, alice):
    app = as_client("es")
    header, _ = app.read(app.tokens(alice)["id_token"])

    assert header["alg"] == "ES256" and header["kid"] == "idp-ec-1"
