"""Whether a token holds, and why not: a table of states, each with its reason; and the published vectors."""

import random
import string

import pytest

from labsrv.kit.tokens.compact import decode, encode, read_unverified
from labsrv.kit.tokens.keys import KeySet, read_keys
from labsrv.kit.tokens.signatures import sign_again
from labsrv.kit.tokens.verdicts import WORDS, about_time, judge, verdicts
from tests.kit.tokens.made_tokens import BEYOND, CLAIMS, NOW, SECRET, jwk, made, private_key, signing_key
from tests.kit.tokens.states import RS, STATES, UNCHECKED
from tests.vectors import vector


@pytest.mark.parametrize(("token", "keys", "state", "said"), STATES.values(), ids=STATES)
def test_the_verdict_on(token, keys, state, said):
    verdict = judge(read_unverified(token), read_keys(keys), NOW)

    assert verdict.state == state
    assert said in " ".join([verdict.because, *verdict.hints])


def test_every_state_is_in_the_table():
    assert {row[2] for row in STATES.values()} == set(WORDS)


@pytest.mark.parametrize(("token", "keys", "state", "said"), UNCHECKED.values(), ids=UNCHECKED)
def test_nothing_is_called_valid_whose_signature_was_not_checked(token, keys, state, said):
    verdict = judge(read_unverified(token), read_keys(keys), NOW)

    assert verdict.key is None
    assert "valid" not in f"{verdict.word} {verdict.because} {' '.join(verdict.hints)}".lower()


def test_only_the_right_key_makes_it_valid_and_it_is_named():
    verdict = judge(read_unverified(RS), read_keys({"keys": [SECRET, jwk("two"), jwk("one")]}), NOW)

    assert (verdict.state, verdict.key.kid) == ("valid", "one")
    assert verdict.because == "The signature is that of key one (RSA, 2048 bits, public), by RS256."


def test_the_verdicts_follow_each_other_in_time():
    token = read_unverified(made(CLAIMS | {"nbf": NOW + 10, "exp": NOW + 20}))
    turns = verdicts(token, read_keys(SECRET))

    assert [(since, each.state) for since, each in turns] == [
        (None, "early"), (NOW + 10, "valid"), (NOW + 20, "expired")
    ]  # fmt: skip
    assert judge(token, read_keys(SECRET), NOW + 15).state == "valid"


def test_what_is_left_of_its_time_is_said():
    token = read_unverified(made())

    assert about_time(token, NOW) == "expires in 15 min"
    assert about_time(token, NOW + 900) == "expired 0 s ago"
    assert about_time(token, NOW + 900 + 2 * 86400 + 3600) == "expired 2 d 1 h ago"
    assert about_time(read_unverified(made({})), NOW) == ""


def test_der_in_place_of_two_bare_numbers_is_recognised():
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    header, body, signature = made(alg="ES256").split(".")
    both = decode(signature)
    der = encode_dss_signature(int.from_bytes(both[:32]), int.from_bytes(both[32:]))
    verdict = judge(read_unverified(f"{header}.{body}.{encode(der)}"), read_keys(private_key("EC")), NOW)

    assert verdict.state == "broken" and "looks like DER" in verdict.hints[0]


@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA"])
def test_what_was_signed_again_is_valid(alg):
    key = signing_key(alg)
    token = read_unverified(sign_again(made(alg="none", kid="one"), alg, key))

    assert judge(token, KeySet((key,)), NOW).state == "valid"
    assert next(iter(token.header.value.items())) == ("alg", alg)


RFC7515 = {"A.1": "valid", "A.2": "valid", "A.3": "valid", "A.5": "unsigned"}


@pytest.mark.parametrize(("name", "state"), RFC7515.items(), ids=RFC7515)
def test_the_examples_of_rfc_7515(name, state):
    given = vector("rfc/rfc7515_appendix_a.json")
    example = next(each for each in given["examples"] if each["id"] == name)
    token, keys = read_unverified(example["jws"]), read_keys(example.get("jwk"))

    assert judge(token, keys, given["payload"]["exp"] - 1).state == state
    assert token.claims.value == given["payload"] and token.claims.text == given["payload_octets_utf8"]
    assert judge(token, keys, given["payload"]["exp"]).state == ("expired" if state == "valid" else state)


COOKBOOK = {
    "RFC 7520, 4.1": "jws/4_1.rsa_v15_signature",
    "RFC 7520, 4.2": "jws/4_2.rsa-pss_signature",
    "RFC 7520, 4.3": "jws/4_3.ecdsa_signature",
    "RFC 7520, 4.4": "jws/4_4.hmac-sha2_integrity_protection",
    "RFC 8037, A.4": "curve25519/jws",
}


@pytest.mark.parametrize("name", COOKBOOK.values(), ids=COOKBOOK)
def test_the_examples_of_rfc_7520(name):
    given = vector(f"jose-cookbook/{name}.json")
    token, keys = read_unverified(given["output"]["compact"]), read_keys(given["input"]["key"])

    assert judge(token, keys, NOW).state == "valid"
    assert token.claims.text == given["input"]["payload"]
    flipped = given["output"]["compact"].replace(".", ".A", 1)
    assert judge(read_unverified(flipped), keys, NOW).state in ("broken", "unreadable")


DETACHED = {
    "RFC 7520, 4.5": "jws/4_5.signature_with_detached_content",
    "RFC 7797, 4.2": "rfc7797/4.2.hmac-sha2_b64_false",
}


@pytest.mark.parametrize("name", DETACHED.values(), ids=DETACHED)
def test_a_signature_about_what_is_elsewhere_does_not_fit(name):
    given = vector(f"jose-cookbook/{name}.json")
    compact = f"{given['signing']['protected_b64u']}..{given['signing']['sig']}"

    assert judge(read_unverified(compact), read_keys(given["input"]["key"]), NOW).state == "broken"


LETTERS = f"{string.ascii_letters}{string.digits}-_-_..=+ \n\0é\u202e{{"


@pytest.mark.slow("ten thousand tokens")
def test_no_mutated_token_raises(record_figure):
    dice, tokens = random.Random(7519), [made(), made(alg="none"), made(alg="RS256", kid="one"), made(BEYOND)]
    keys, states = read_keys([SECRET, jwk()]), {}
    for number in range(10_000):
        text = mutated(tokens[number % len(tokens)], dice)
        state = judge(read_unverified(text), keys, NOW).state
        states[state] = states.get(state, 0) + 1
        # Whatever the mutation: what fits is one of the very tokens that were signed.
        assert state != "valid" or text in tokens

    record_figure("mutated tokens, by what the inspector says", dict(sorted(states.items())))
    assert len(states) > 3


def mutated(text, dice):
    """Return a token with some letters changed or lost, or with its beginning twice."""
    for _ in range(dice.choice([1, 1, 2, 5])):
        at, letter = dice.randrange(len(text) + 1), dice.choice(LETTERS)
        text = dice.choice([text[:at] + letter + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + text])
    return text
