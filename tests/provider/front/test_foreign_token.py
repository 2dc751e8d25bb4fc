"""The judgement of another provider's ID token, value by value."""

import time

import jwt
import pytest

from labsrv.provider.front.foreign_token import judge_id_token
from labsrv.provider.minting import half_hash
from labsrv.provider.rows.signing import key_pair, public_jwk

OTHER = {"issuer": "http://other.localhost", "client_id": "hub"}
JWKS = {"keys": [public_jwk(key_pair("other", alg), alg) | {"kid": alg, "alg": alg} for alg in ("RS256", "ES256")]}


def signed(alg="RS256", kid=None, typ="JWT", **changes):
    now = int(time.time())
    usual = {"iss": OTHER["issuer"], "aud": "hub", "sub": "x", "exp": now + 60, "iat": now, "nonce": "n"}
    claims = {name: value for name, value in (usual | changes).items() if value is not None}
    token = jwt.encode(claims, key_pair("other", alg), alg, headers={"kid": kid or alg, "typ": typ})
    return {"id_token": token, "access_token": "token"}


GOOD = {
    "as it is": {},
    "by another of its keys": {"alg": "ES256"},
    "one audience in a list": {"aud": ["hub"], "azp": "hub"},
    "with the right at_hash": {"at_hash": half_hash("token")},
    "the longest subject": {"sub": "x" * 255},
    "a type in small letters": {"typ": "jwt"},
}


@pytest.mark.parametrize("changes", GOOD.values(), ids=GOOD)
def test_what_is_accepted(changes):
    assert judge_id_token(signed(**changes), JWKS, OTHER, "n")["nonce"] == "n"


BAD = {
    "another issuer": {"iss": "http://other.localhost/"},
    "a part of the issuer": {"iss": "http://other"},
    "another audience": {"aud": "hu"},
    "several audiences": {"aud": ["hub", "x"], "azp": "hub"},
    "another azp": {"azp": "x"},
    "an empty azp": {"azp": ""},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a long subject": {"sub": "x" * 256},
    "another nonce": {"nonce": "m"},
    "no nonce": {"nonce": None},
    "a nonce as a list": {"nonce": ["n"]},
    "no end": {"exp": None},
    "an end that is over": {"exp": 1},
    "no beginning": {"iat": None},
    "another at_hash": {"at_hash": half_hash("tokem")},
    "an access token": {"typ": "at+jwt"},
    "a logout token": {"typ": "logout+jwt"},
    "an unknown key": {"kid": "nobody"},
    "the name of another key": {"kid": "ES256"},
}


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_what_is_refused(changes):
    with pytest.raises((jwt.PyJWTError, KeyError)):
        judge_id_token(signed(**changes), JWKS, OTHER, "n")
