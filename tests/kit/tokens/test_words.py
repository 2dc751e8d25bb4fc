"""What each name in a token means, and where that stands."""

import pytest

from labsrv.kit.tokens.words import CLAIMS, HEADER, MOST_WORDS, words_about_claims, words_about_header
from tests.kit.tokens.made_tokens import BEYOND

# The names that the two standards themselves register.
RFC7515 = ["alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit"]
RFC7519 = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]


def test_every_registered_name_has_its_section():
    assert [HEADER[name][1] for name in RFC7515] == [f"RFC 7515, 4.1.{number}" for number in range(1, 12)]
    assert [CLAIMS[name][1] for name in RFC7519] == [f"RFC 7519, 4.1.{number}" for number in range(1, 8)]


def test_no_meaning_calls_anything_valid():
    """The word belongs to the verdict on a signature that was checked."""
    for meaning, source, _ in [*HEADER.values(), *CLAIMS.values()]:
        assert "valid" not in meaning.lower() and source and meaning.endswith((".", "…"))


ROWS = {
    "HS256": ({"alg": "HS256"}, "can also sign", ""),
    "ES256": ({"alg": "ES256"}, "everybody can check", ""),
    "none": ({"alg": "nOnE"}, "nobody vouches", "open"),
    "an unknown algorithm": ({"alg": "XY1"}, "The sender chose", ""),
    "an algorithm that is none": ({"alg": 7}, "The sender chose", ""),
    "an access token": ({"typ": "application/AT+JWT"}, "An access token", ""),
    "another type": ({"typ": "tea"}, "What kind of token", ""),
    "a key brought along": ({"jwk": {"kty": "oct"}}, "proves nothing", "open"),
    "its thumbprint": ({"jwk": {"kty": "oct", "k": "dGVh"}}, "Its thumbprint (RFC 7638) is ", "open"),
    "a key that is none": ({"jwk": {"kty": ["oct"]}}, "proves nothing.", "open"),
    "a kid that is none": ({"kid": 7}, "should be text", "open"),
    "a name of one's own": ({"tea": "oolong"}, "A name of their own", ""),
}


@pytest.mark.parametrize(("members", "meaning", "tone"), ROWS.values(), ids=ROWS)
def test_a_word_about_a_header_parameter(members, meaning, tone):
    (word,) = words_about_header(members)

    assert meaning in word.meaning and word.tone == tone


def test_words_about_claims():
    words = {
        each.name: each for each in words_about_claims({"sub": 7, "exp": 1_800_000_000, "iat": "soon", "tea": [1]})
    }

    assert words["sub"].tone == "open" and words["sub"].says == "7"
    assert words["exp"].time == 1_800_000_000 and words["iat"].time is None and words["iat"].tone == "open"
    assert words["tea"].says == "[1]"


def test_an_end_that_is_missing_is_said():
    assert [(each.name, each.says, each.tone) for each in words_about_claims({"jti": "1"})][-1] == (
        "exp",
        "not given",
        "open",
    )
    assert words_about_claims({}) == []


def test_hostile_members_are_bounded_and_harmless():
    words = words_about_claims({f"{BEYOND * 100}{number}": BEYOND * 10_000 for number in range(500)})

    assert len(words) == MOST_WORDS + 1
    for word in words:
        assert "\u202e" not in word.name + word.says and len(word.name) <= 60 and len(word.says) <= 160


@pytest.mark.parametrize("name", ["exp", "nbf", "iat", "auth_time"])
def test_milliseconds_get_a_hint(name):
    word = next(each for each in words_about_claims({name: 1_800_000_000_000}) if each.name == name)

    assert "milliseconds: 1800000000 would be meant" in word.meaning and word.tone == "open"


@pytest.mark.parametrize("seconds", [1_800_000_000, 99_999_999_999, 253_402_300_799, 253_402_300_800, 10**15])
def test_seconds_get_none(seconds):
    assert "milliseconds" not in words_about_claims({"exp": seconds})[0].meaning
