"""Tokens are read as they are: strictly where bytes are concerned, and without ever raising."""

import pytest

from labsrv.kit.tokens.compact import LONGEST, BadToken, decode, encode, read_unverified, tokens_in, with_text
from tests.kit.tokens.made_tokens import CLAIMS, made, raw
from tests.vectors import vector


def test_base64url_is_that_of_the_standard():
    given = vector("rfc/rfc4648_base64url.json")

    for text, encoded in given["rows"]:
        assert encode(text.encode()) == encoded and decode(encoded) == text.encode()
    assert encode(bytes(given["rfc7515_c"]["octets"])) == given["rfc7515_c"]["b64url"] == "A-z_4ME"


NO_BASE64URL = {
    "padding": ("Zg==", "no '='"),
    "the other alphabet": ("A+z/4ME", "no '+'"),
    "a space": ("Zm 9v", "no ' '"),
    "a line break": ("Zm9v\n", r"no '\n'"),
    "letters beyond ASCII": ("Zm9vé", r"no '\xe9'"),
    "digits beyond ASCII": ("Zm9v٣", "no "),
    "one character left over": ("Zm9vY", "never has 5"),
    "a second spelling of one byte": ("Zh", "another spelling"),
    "a second spelling of two bytes": ("Zm9", "another spelling"),
}


@pytest.mark.parametrize(("segment", "said"), NO_BASE64URL.values(), ids=NO_BASE64URL)
def test_what_is_no_base64url_is_refused(segment, said):
    with pytest.raises(BadToken) as caught:
        decode(segment)

    assert said in str(caught.value)


def test_a_token_is_taken_apart():
    token = read_unverified(made())

    assert token.header.value == {"alg": "HS256", "typ": "JWT"} and token.alg == "HS256"
    assert token.claims.value == CLAIMS
    assert len(token.signature.data) == 32
    assert token.signed.decode() == token.compact.rpartition(".")[0]
    assert not (token.fault or token.header.fault or token.claims.fault or token.signature.fault)


NO_TOKENS = {
    "nothing": ("", "There is no token"),
    "a word": ("token", "no dot"),
    "two parts": ("a.b", "2 parts"),
    "four parts": ("a.b.c.d", "4 parts"),
    "an encrypted one": ("a.b.c.d.e", "JWE"),
    "a very long one": ("a." + "b" * LONGEST + ".c", "characters"),
}


@pytest.mark.parametrize(("text", "said"), NO_TOKENS.values(), ids=NO_TOKENS)
def test_what_is_no_token_says_why(text, said):
    assert said in read_unverified(text).fault


BAD_PARTS = {
    "no UTF-8": (b"\xff{}", "byte 1 is no UTF-8"),
    "no JSON": (b"alice", "no JSON"),
    "a list": (b"[1]", "no object"),
    "a number that is none": (b'{"exp": NaN}', "NaN is no number"),
    "an infinite one": (b'{"exp": -Infinity}', "-Infinity is no number"),
    "half an object": (b'{"sub": "alice"', "no JSON"),
    "two objects": (b"{}{}", "no JSON"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "no JSON"),
    "a whole number of 5,000 digits": (b'{"exp": ' + b"9" * 5000 + b"}", "number"),
    "brackets 10,000 deep": (b'{"a": ' + b"[" * 10_000, "more than 32 deep"),
    "objects 5,000 deep": (b'{"a":' * 5_000, "more than 32 deep"),
    "control characters in a string": (b'{"sub": "a\x00b"}', "no JSON"),
    "nothing at all": (b"", "no JSON"),
}


@pytest.mark.parametrize(("data", "said"), BAD_PARTS.values(), ids=BAD_PARTS)
def test_a_part_that_is_no_object_says_why(data, said):
    part = read_unverified(raw('{"alg":"HS256"}', data)).claims

    assert said in part.fault and part.data == data and part.members == {}


TWICE = {
    "in the header": ('{"alg":"HS256","alg":"none"}', "{}", ("alg",), ()),
    "in the claims": ('{"alg":"HS256"}', '{"sub":"bob","sub":"alice"}', (), ("sub",)),
    "deeper down": ('{"alg":"HS256"}', '{"cnf":{"kid":1,"kid":2}}', (), ("kid",)),
    "written in two ways": ('{"alg":"HS256"}', '{"sub":"bob","s\\u0075b":"alice"}', (), ("sub",)),
}


@pytest.mark.parametrize(("header", "claims", "above", "below"), TWICE.values(), ids=TWICE)
def test_members_named_twice_are_noticed(header, claims, above, below):
    token = read_unverified(raw(header, claims))

    assert (token.header.twice, token.claims.twice) == (above, below)


def test_another_text_leaves_the_rest_as_it_was():
    token = read_unverified(made())
    changed = read_unverified(with_text(token, "claims", '{"sub":"bob"}'))

    assert changed.claims.value == {"sub": "bob"}
    assert (changed.header.segment, changed.signature.segment) == (token.header.segment, token.signature.segment)


def test_tokens_are_found_in_other_text():
    one, two = made(), made({"sub": "bob"}, alg="none")
    text = f'Bearer {one}\n{{"access_token": "{two}"}} {one} www.example.org eyJub3Q.a.token'

    assert tokens_in(text) == [one, two]


def test_looking_for_tokens_takes_no_time_in_a_text_made_for_it():
    """A pattern that tries again from each letter would need minutes here."""
    assert tokens_in("eyJ" * 1_000_000) == tokens_in("eyJhbGciOiJub25lIn0." * 100_000) == []
    assert len(tokens_in(" ".join(made({"sub": str(each)}) for each in range(100)))) == 8
