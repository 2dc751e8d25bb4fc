"""What is signed fits, nothing else does, and what cannot be signed is said."""

import pytest

from labsrv.kit.tokens.compact import BadToken, read_unverified
from labsrv.kit.tokens.keys import BadKey, TokenKey, read_keys
from labsrv.kit.tokens.signatures import SIGNING, fits, new_key, sign, sign_again, signing_with, suits
from tests.kit.tokens.made_tokens import CLAIMS, SECRET, made, pem_of, raw, signing_key

ALGS = [alg for alg in SIGNING if alg != "none"]


@pytest.mark.parametrize("alg", ALGS)
def test_what_is_signed_fits_and_nothing_else_does(alg):
    key, other = signing_key(alg), new_key(alg)
    signature = sign(alg, key, b"tea")

    assert fits(alg, key, b"tea", signature)
    assert not fits(alg, other, b"tea", signature)
    assert not fits(alg, key, b"tea!", signature)
    assert not any(fits(alg, key, b"tea", junk) for junk in (b"", signature[:-1], signature + b"\0", bytes(64)))
    assert not any(fits(each, key, b"tea", signature) for each in ALGS if each != alg)


def test_an_algorithm_takes_its_own_kind_of_key_only():
    assert not suits("ES384", signing_key("ES256")) and not suits("HS256", signing_key("RS256"))
    assert not suits("none", signing_key("HS256")) and not suits("XY1", signing_key("HS256"))


def test_a_public_key_signs_as_if_it_were_a_secret_and_never_otherwise():
    (key,) = read_keys(pem_of("RSA")).usable

    assert signing_with(key) == ["HS256", "HS384", "HS512"]
    assert sign("HS256", key, b"tea") == sign("HS256", TokenKey("text", "secret", pem_of("RSA")), b"tea")
    with pytest.raises(BadKey):
        sign("RS256", key, b"tea")


def test_a_private_key_as_a_secret_is_its_public_text():
    (key,) = read_keys(pem_of("RSA", private=True)).usable

    assert sign("HS256", key, b"tea") == sign("HS256", TokenKey("text", "secret", pem_of("RSA")), b"tea")


def test_signing_again_changes_the_algorithm_at_its_place():
    token = read_unverified(sign_again(made(kid="one"), "none", None))

    assert list(token.header.value.items()) == [("alg", "none"), ("typ", "JWT"), ("kid", "one")]
    assert token.claims.value == CLAIMS and token.signature.data == b""


def test_a_header_that_says_the_algorithm_already_stays_letter_by_letter():
    token = raw('{ "typ":"JWT",\r\n "alg":"HS256"}', "{}")

    assert sign_again(token, "HS256", signing_key("HS256")).split(".")[0] == token.split(".")[0]


UNSIGNABLE = {
    "no token": ("tea", "HS256", SECRET, BadToken),
    "a header that is no JSON": (raw("tea", "{}"), "HS256", SECRET, BadToken),
    "a header with a number beyond all": (raw('{"alg":"x","n":1e999}', "{}"), "HS256", SECRET, BadToken),
    "an algorithm that nobody signs with": (made(), "RS384", SECRET, BadKey),
    "no key": (made(), "HS256", None, BadKey),
    "a key of another kind": (made(), "RS256", SECRET, BadKey),
}


@pytest.mark.parametrize(("token", "alg", "key", "error"), UNSIGNABLE.values(), ids=UNSIGNABLE)
def test_what_cannot_be_signed_is_said(token, alg, key, error):
    keys = read_keys(key).usable

    with pytest.raises(error):
        sign_again(token, alg, keys[0] if keys else None)
