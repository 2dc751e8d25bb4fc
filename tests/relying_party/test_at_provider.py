"""What a provider says is looked at before anybody uses it: addresses, letters and numbers."""

import json

import pytest

from labsrv.kit.http.transport import RawResponse
from labsrv.relying_party.at_provider import ENDPOINTS, AtProvider, NotInOrder
from labsrv.relying_party.secure.read_id_token import read_id_token
from tests.relying_party.test_decisions import CLIENT, IDP, KEYS, made


class Says:
    """What is asked in the place of a provider: it says one and the same to everybody."""

    def __init__(self, said):
        self.said = said

    def send(self, method, url, headers):
        return RawResponse(200, "OK", [], json.dumps(self.said).encode())


def at(issuer, said):
    return AtProvider({"issuer": issuer, "label": "Tea Identity"}, Says(said))


ADDRESSES = {
    "https": ("https://id.example", "https://id.example/token", True),
    "http on this machine": ("http://127.0.0.1:9000", "http://127.0.0.1:9000/token", True),
    "https from this machine": ("http://127.0.0.1:9000", "https://id.example/token", True),
    "http of a provider with https": ("https://id.example", "http://id.example/token", False),
    "a script": ("http://127.0.0.1:9000", "javascript:alert(1)", False),
    "a file": ("http://127.0.0.1:9000", "file:///etc/passwd", False),
    "two lines": ("https://id.example", "https://id.example/\r\nSet-Cookie: a=b", False),
    "a line's end": ("https://id.example", "https://id.example/token\n", False),
    "a path": ("https://id.example", "/token", False),
    "a list": ("https://id.example", ["https://id.example/token"], False),
    "nothing": ("https://id.example", None, False),
}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize(("issuer", "address", "good"), ADDRESSES.values(), ids=ADDRESSES)
def test_endpoints_are_addresses_as_good_as_the_issuers(issuer, address, good, endpoint):
    there = at(issuer, dict.fromkeys(ENDPOINTS, issuer + "/any") | {endpoint: address})
    if good:
        assert there.metadata[endpoint] == address
        return

    with pytest.raises(NotInOrder, match="where to log in"):
        assert there.metadata


ILLEGIBLE = {
    "half of a letter": "\ud800",
    "half of a letter in a list": ["tea", "\udfff"],
    "no number": float("nan"),
    "a number without end": float("inf"),
    "more than a clock has": -(10**400),
    "more than a clock has, inside": {"since": [10**400]},
}


@pytest.mark.parametrize("value", ILLEGIBLE.values(), ids=ILLEGIBLE)
def test_what_nobody_can_read_is_not_in_order(value):
    with pytest.raises(NotInOrder, match="nobody can read"):
        at("https://id.example", {"name": value}).get("https://id.example/userinfo")


def test_other_peoples_letters_are_read():
    said = {"name": "Zoë 茶 🍵", "since": 1_796_000_000.5, "tall": None, "teas": [2**53, {"": True}]}

    assert at("https://id.example", said).get("https://id.example/userinfo") == said


def keys_at(*keys):
    """Return what the shop makes of the keys that a provider publishes."""
    return at(IDP, dict.fromkeys(ENDPOINTS, f"{IDP}/any") | {"keys": list(keys)}).keys()


SILENT = [{name: value for name, value in key.items() if name != "alg"} for key in KEYS]


@pytest.mark.parametrize(("key", "alg"), [("rsa", "RS256"), ("ec", "ES256")])
def test_a_key_need_not_say_its_algorithm(key, alg):
    """RFC 7517, 4.4: `alg` may be left out, and well-known providers do."""
    assert read_id_token(made(key=key, alg=alg), keys_at(*SILENT), IDP, CLIENT)["nonce"] == "n"


def test_the_only_key_needs_no_name():
    """OpenID Connect Core, 10.1: a `kid` is a must where there are several keys."""
    nameless = {name: value for name, value in SILENT[0].items() if name != "kid"}
    token = made(key="rsa", alg="RS256", header={"kid": None})

    assert read_id_token(token, keys_at(nameless), IDP, CLIENT)["nonce"] == "n"


USES = {
    "what it says": ({"kty": "RSA", "alg": "PS256"}, "PS256"),
    "to sign": ({"kty": "RSA", "use": "sig"}, "RS256"),
    "to encrypt": ({"kty": "RSA", "use": "enc"}, None),
    "another curve": ({"kty": "EC", "crv": "secp256k1"}, None),
    "no curve": ({"kty": "EC"}, None),
    "another kind": ({"kty": "oct"}, None),
    "no kind": ({}, None),
    "a list of kinds": ({"kty": ["RSA"]}, None),
    "an algorithm that is null": ({"kty": "RSA", "alg": None}, None),
}


@pytest.mark.parametrize(("key", "alg"), USES.values(), ids=USES)
def test_nothing_else_is_read_into_a_key(key, alg):
    (found,) = keys_at(key)

    assert found.get("alg") == alg and key.items() <= found.items()
