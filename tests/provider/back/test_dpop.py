"""DPoP: a token that whoever copies it cannot use."""

import secrets

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from labsrv.provider.back.dpop import hashed, thumbprint, verify_proof
from labsrv.provider.rows.signing import public_jwk
from tests.provider.conftest import PAY

KEY, HER_KEY = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
URL = "http://idp.localhost/token"


def proof(lab, url, method="POST", *, key=KEY, token=None, typ="dpop+jwt", jwk=None, jti=None, age=0, **claims):
    jti = jti or secrets.token_urlsafe(16)
    usual = {"htm": method, "htu": url, "iat": int(lab.clock.time()) - age, "jti": jti}
    usual |= {"ath": hashed(token).decode()} if token else {}
    said = {name: value for name, value in (usual | claims).items() if value is not None}
    return jwt.encode(said, key, "ES256", headers={"typ": typ, "jwk": jwk or public_jwk(key, "ES256")})


def test_the_thumbprint_of_the_standard():
    """RFC 7638, 3.1."""
    n = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhM"
        "stn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5"
        "hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    )

    assert (
        thumbprint({"kty": "RSA", "n": n, "e": "AQAB", "alg": "RS256"}) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    )


BAD = {
    "another method": {"method": "GET"},
    "another address": {"url": "http://idp.localhost/userinfo"},
    "old": {"age": 61},
    "of the future": {"age": -90},
    "another type": {"typ": "JWT"},
    "somebody else's key in it": {"jwk": public_jwk(HER_KEY, "ES256")},
    "a private key in it": {"jwk": public_jwk(KEY, "ES256") | {"d": "AAAA"}},
    "a key that is none": {"jwk": {"kty": "oct", "k": "AAAA"}},
    "no number": {"jti": "", "htm": None},
    "no iat": {"iat": None},
    "an iat in words": {"iat": "now"},
}


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_a_proof_that_is_none(lab, changes):
    with pytest.raises(jwt.PyJWTError):
        verify_proof(proof(lab, **{"url": URL} | changes), "POST", URL, lab.clock.now(), lab.db.proofs)


def test_a_proof_is_taken_once(lab):
    shown = proof(lab, URL)
    assert verify_proof(shown, "POST", URL, lab.clock.now(), lab.db.proofs) == thumbprint(public_jwk(KEY, "ES256"))

    with pytest.raises(jwt.PyJWTError, match="was used"):
        verify_proof(shown, "POST", URL, lab.clock.now(), lab.db.proofs)


@pytest.fixture
def tokens(app, lab, alice):
    """Tokens that are bound to a key."""
    code = app.log_in(alice, scope="openid profile offline_access")["code"]
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.callback}
    shown = {"DPoP": proof(lab, f"{app.provider.issuer}/token")}
    return app.call("/token", app.basic() | shown, code_verifier=app.verifier, **fields).json()


def at_userinfo(app, lab, token, scheme="DPoP", **changes):
    url = f"{app.provider.issuer}/userinfo"
    shown = {"DPoP": proof(lab, url, "GET", **{"token": token} | changes)}
    return app.call("/userinfo", {"Authorization": f"{scheme} {token}"} | shown, method="GET").status


def test_whoever_has_the_key_uses_it(app, lab, tokens):
    assert tokens["token_type"] == "DPoP"
    assert at_userinfo(app, lab, tokens["access_token"]) == 200
    assert app.introspect(tokens["access_token"])["cnf"] == {"jkt": thumbprint(public_jwk(KEY, "ES256"))}


COPIES = {
    "with a key of one's own": {"key": HER_KEY},
    "as a bearer": {"scheme": "Bearer"},
    "a proof without the token": {"token": None},
    "a proof of another token": {"token": "x"},
}


@pytest.mark.parametrize("changes", COPIES.values(), ids=COPIES)
def test_whoever_copied_it_does_not(app, lab, tokens, changes):
    token = tokens["access_token"]
    if "token" in changes:
        url = f"{app.provider.issuer}/userinfo"
        shown = {"DPoP": proof(lab, url, "GET", token=changes["token"])}
        assert app.call("/userinfo", {"Authorization": f"DPoP {token}"} | shown, method="GET").status == 401
    else:
        assert at_userinfo(app, lab, token, **changes) == 401
    assert app.userinfo(token).status == 401


def test_a_token_that_is_not_bound_needs_no_proof(app, lab, alice):
    token = app.tokens(alice)["access_token"]

    assert app.userinfo(token).status == 200 and at_userinfo(app, lab, token) == 401


def test_a_token_for_an_api_says_so(app, lab, alice):
    code = app.log_in(alice, scope="openid read:pay", resource=PAY)["code"]
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.callback}
    shown = {"DPoP": proof(lab, f"{app.provider.issuer}/token")}
    token = app.call("/token", app.basic() | shown, code_verifier=app.verifier, **fields).json()["access_token"]

    assert app.read(token, PAY)[1]["cnf"] == {"jkt": thumbprint(public_jwk(KEY, "ES256"))}


def test_a_bad_proof_uses_no_code_up(app, lab, alice):
    code = app.log_in(alice)["code"]
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.callback}
    for bad in (proof(lab, URL + "x"), "nonsense", "", "ä"):
        answer = app.call("/token", app.basic() | {"DPoP": bad}, code_verifier=app.verifier, **fields)
        assert answer.error == "invalid_dpop_proof"

    assert app.redeem(code).status == 200


def test_a_refresh_token_of_a_public_client_is_bound(app, as_client, lab, alice):
    lab.db.idp_clients.update_one({"_id": "public"}, {"$set": {"grant_types": ["authorization_code", "refresh_token"]}})
    public = as_client("public")
    code = public.log_in(alice, scope="openid offline_access")["code"]
    url = f"{app.provider.issuer}/token"

    def call(key, **fields):
        return public.call("/token", {"DPoP": proof(lab, url, key=key)}, client_id="public", **fields)

    fields = {"code": code, "redirect_uri": public.callback, "code_verifier": public.verifier}
    token = call(KEY, grant_type="authorization_code", **fields).json()["refresh_token"]
    again = {"grant_type": "refresh_token", "refresh_token": token}
    assert call(HER_KEY, **again).error == "invalid_grant"
    assert public.call("/token", client_id="public", **again).error == "invalid_grant"
    assert call(KEY, **again).json()["token_type"] == "DPoP"
