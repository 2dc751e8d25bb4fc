"""Check a signature with your own hands.

What `verify_hs256` and `new_key` promise about vouchers: those of the shop, those of others, and those of Mallory.
"""

import hashlib
import hmac
import math
from base64 import urlsafe_b64decode

from labsrv.grading import Answer, promise
from labsrv.labs.jwt.compact import compact, encoded, hs256, parts
from labsrv.labs.jwt.moves import edited, guess_secret
from labsrv.labs.jwt.people import redeem, voucher

PLACE = 2
DECIDES = ("verify_hs256", "new_key")

MANY = 500
BITS, TAPE = 256, 1024  # how many there have to be; how many of the first ones that were drawn are looked at
HEADER = {"alg": "HS256"}

# RFC 7515, A.1: its header has a line break in it, and so it has to be verified as it came.
EXAMPLE = (
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)
EXAMPLE_KEY = bytes.fromhex(
    "0323354b2b0fa5bc837e0665777ba68f5ab328e6f054c928a90f84b2d2502ebf"
    "d3fb5a92d20647ef968ab4c377623d223d2e2172052e4f08c0cd9af567d080a3"
)
EXAMPLE_PAYLOAD = b'{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}'

# What Mallory makes of a voucher, without the key. `other` is another voucher of the shop.
FORGED = {
    "a larger amount": lambda text, other: compact(*edited(text, amount=5000))[:-1] + "." + text.split(".")[2],
    "another header": lambda text, other: with_header(text, {"alg": "HS256", "typ": "JWT"}),
    "the signature of another voucher": lambda text, other: ".".join([*text.split(".")[:2], other.split(".")[2]]),
    "the payload of another voucher": lambda text, other: ".".join(
        [text.split(".")[0], other.split(".")[1], text.split(".")[2]]
    ),
    "no signature": lambda text, other: text.rpartition(".")[0] + ".",
    "the first byte of the signature": lambda text, other: text.rpartition(".")[0] + "." + text.split(".")[2][:2],
    "half of the signature": lambda text, other: with_signature(text, lambda real: real[:16]),
    "the other half of the signature": lambda text, other: with_signature(text, lambda real: real[16:]),
    "all but a byte of the signature": lambda text, other: with_signature(text, lambda real: real[:-1]),
    "a byte more than the signature": lambda text, other: with_signature(text, lambda real: real + b"\0"),
    "another first byte": lambda text, other: with_signature(text, lambda real: bytes([real[0] ^ 1]) + real[1:]),
    "another last byte": lambda text, other: with_signature(text, lambda real: real[:-1] + bytes([real[-1] ^ 128])),
    "the signature in hexadecimal": lambda text, other: with_signature(text, lambda real: real.hex().encode()),
    "zeros": lambda text, other: with_signature(text, lambda real: bytes(32)),
    "another key": lambda text, other: hs256(*parts(text), b"a key of Mallory's, as long as ours"),
    "no key": lambda text, other: hs256(*parts(text), b""),
    "the word that everybody knows": lambda text, other: hs256(*parts(text), b"secret"),
    "no secret at all": lambda text, other: with_signature(
        text, lambda real: hashlib.sha256(text.rpartition(".")[0].encode()).digest()
    ),
    "a signature over the payload alone": lambda text, other: compact(
        *parts(text), hmac.digest(b"", text.split(".")[1].encode(), "sha256")
    ),
}

# Headers that are not ours to obey, although the signature is right.
OTHER_HEADERS = {
    "no alg": {},
    "none": {"alg": "none"},
    "None": {"alg": "None"},
    "HS384": {"alg": "HS384"},
    "HS512": {"alg": "HS512"},
    "RS256": {"alg": "RS256"},
    "small letters": {"alg": "hs256"},
    "a blank more": {"alg": "HS256 "},
    "more than HS256": {"alg": "HS256K"},
    "less than HS256": {"alg": "HS"},
    "nothing": {"alg": ""},
    "a list": {"alg": ["HS256"]},
    "an object": {"alg": {"HS256": 1}},
    "null": {"alg": None},
    "true": {"alg": True},
    "another name for it": {"ALG": "HS256"},
    "an extension that one must understand": {"alg": "HS256", "crit": ["exp"], "exp": 1},
    "an empty list of extensions": {"alg": "HS256", "crit": []},
    "no extensions": {"alg": "HS256", "crit": None},
    "no object": b'"HS256"',
    "a list of both": b'["alg", "HS256"]',
    "a text that has both": b'"alg HS256"',
    "a number": b"256",
    "nothing at all": b"null",
    "an empty text": b"",
    "half an object": b'{"alg":"HS256"',
    "an object and more": b'{"alg":"HS256"}{}',
    "no JSON": b"alg: HS256",
    "no text": b'{"alg":"HS256","\xff":1}',
    "deeply nested": b"[" * 1500,
}

# How many parts a token has is part of what it is.
OTHER_SHAPES = {
    "one part": lambda text: text.split(".")[1],
    "two parts": lambda text: text.rpartition(".")[0],
    "four parts": lambda text: text + ".e30",
    "a dot more": lambda text: text + ".",
    "a dot before it": lambda text: "." + text,
    "two dots in a row": lambda text: text.replace(".", "..", 1),
    "nothing": lambda text: "",
    "two dots": lambda text: "..",
}
# The same where somebody who has the key signed all that stands before the last dot.
SIGNED_SHAPES = {
    "four parts": lambda header, payload: f"{header}.{payload}.e30",
    "a header of two parts": lambda header, payload: f".{header}.{payload}",
    "two dots in a row": lambda header, payload: f"{header}..{payload}",
    "a payload of two parts": lambda header, payload: f"{header}.{payload[:4]}.{payload[4:]}",
    "one part": lambda header, payload: header,
}


def signature_of(text):
    """Return a voucher's signature as bytes."""
    return urlsafe_b64decode(text.split(".")[2] + "=")


def with_signature(text, change):
    """Return a voucher whose signature was changed."""
    return compact(*parts(text), change(signature_of(text)))


def with_header(text, header):
    """Return a voucher with another header, and its signature as it was."""
    return compact(header, parts(text)[1], signature_of(text))


def bits_used(decision, seed):
    """Return how many of the bits that the system's generator gives make a difference in a key; None for no answer."""
    answer = decision.by_tape("new_key", seed, [-1, -1, *range(TAPE)])
    assert isinstance(answer, Answer), f"`new_key` failed: {answer}"
    (same, again, *keys), taken = answer.value
    # Not asked, or another key each time all the same: somebody draws elsewhere.
    return sum(each != same for each in keys) if taken and same == again else None


def key_of(lab):
    """Return the key of the shop's vouchers."""
    return bytes(lab.db.secrets.find_one({"_id": "vouchers"})["key"])


def must_be_refused(answer, what):
    """Check that the shop refused a voucher, and did not break."""
    assert answer.status == 400, f"{what} was answered with {answer.status}, not with 400."


@promise()
def test_vouchers_are_redeemed(shop, alice, bob):
    """Alice and Bob redeem vouchers as the shop gave them away."""
    for person in (alice, bob):
        answer = redeem(person, shop, voucher(person, shop))
        assert answer.status == 200 and answer.json() == {"credit": 5}, f"A voucher was answered with {answer.status}."


@promise()
def test_the_published_example(decision):
    """The example in the standard, whose header has a line break in it, is verified as it came."""
    answer = decision.verify_hs256(EXAMPLE, EXAMPLE_KEY)

    assert getattr(answer, "value", None) == EXAMPLE_PAYLOAD, f"RFC 7515, A.1, came out as {answer}"


@promise()
def test_whoever_has_the_key_can_sign(decision, draw):
    """A token that another program signed, with blanks and another order in its JSON, is verified."""
    key = draw.randbytes(32)
    payload = f'{{ "note" : "{draw.word()}" }}'.encode()
    for header in (b'{ "typ":"JWT", "alg" : "HS256" }', b'{"alg":"HS256",\r\n "typ":"JWT"}', b'{"alg":"\\u0048S256"}'):
        answer = decision.verify_hs256(hs256(header, payload, key), key)
        assert getattr(answer, "value", None) == payload, f"A token with the header {header!r} came out as {answer}"


@promise(
    points=3,
    after=test_vouchers_are_redeemed,
    asvs="9.1.1",
    cwe=347,
    hints=[
        "Split a voucher at its dots. Which of the three parts does your function look at?",
        "`hmac.digest(key, message, 'sha256')` makes a signature. What was the message, byte for byte?",
        "Sign the first two parts and their dot yourself, as they came, and compare: `hmac.compare_digest`.",
    ],
)
def test_what_is_not_signed_is_refused(lab, shop, alice, mallory):
    """A voucher that Mallory changed, or signed herself, is refused."""
    text, other = voucher(mallory, shop), voucher(alice, shop)
    for row, forge in FORGED.items():
        must_be_refused(redeem(mallory, shop, forge(text, other)), f"A voucher that the shop did not sign ({row})")

    assert not lab.db.redeemed.count_documents({}), "A forged voucher was paid."


@promise(
    points=2,
    after=test_what_is_not_signed_is_refused,
    asvs="9.1.2",
    cwe=347,
    hints=[
        "The header is Mallory's to write. Does your function do what it says, or compare?",
        "Which algorithm did the shop decide on, before anybody came?",
        "The rule: `alg` is compared with HS256; `crit` lists what one must understand, and you understand none of it.",
    ],
)
def test_another_algorithm_is_refused(lab, shop, mallory):
    """A token whose header asks for anything but HS256 is refused, although its signature is right."""
    text = voucher(mallory, shop)
    for row, header in OTHER_HEADERS.items():
        forged = hs256(header, parts(text)[1], key_of(lab))
        must_be_refused(redeem(mallory, shop, forged), f"A header that asks for something else ({row})")


@promise(
    points=1,
    after=test_what_is_not_signed_is_refused,
    asvs="9.1.1",
    cwe=347,
    hints=[
        "How many dots does a token have?",
        "What does your function raise when there are more parts, or fewer, than it expects?",
    ],
)
def test_a_token_has_three_parts(lab, shop, mallory):
    """A text with more parts than three, or fewer, is refused, also when it was signed like that."""
    text = voucher(mallory, shop)
    for row, shape in OTHER_SHAPES.items():
        must_be_refused(redeem(mallory, shop, shape(text)), f"A text of another shape ({row})")
    # Without room for padding: whoever decodes two parts as one gets an object out of them.
    gift = b'{"amount":5,"number":"hers"}'
    gift += b" " * (-len(gift) % 3)
    for row, shape in SIGNED_SHAPES.items():
        signed = shape(text.split(".")[0], encoded(gift))
        signature = encoded(hmac.digest(key_of(lab), signed.encode(), "sha256"))
        must_be_refused(redeem(mallory, shop, f"{signed}.{signature}"), f"A signed text of another shape ({row})")


@promise(
    points=2,
    after=test_vouchers_are_redeemed,
    asvs="11.5.1",
    cwe=521,
    hints=[
        "In the notebook, how long did it take until the word was found?",
        "How many keys could `new_key` return? How many does a word list have?",
        "The rule (RFC 7518, 3.2): a key as long as the hash, 32 bytes. The module `secrets` draws bytes for that.",
    ],
)
def test_nobody_guesses_the_key(lab, shop, mallory, decision, draw):
    """The key has 256 random bits, another one each time, and is in no list of words."""
    answer = decision.often("new_key", MANY)
    keys = getattr(answer, "value", None)
    assert keys, f"`new_key` failed: {answer}"
    assert all(isinstance(each, bytes) for each in keys), f"`new_key` returns a {type(keys[0]).__name__}, not bytes."
    assert min(map(len, keys)) >= 32, f"A key has {8 * min(map(len, keys))} bits."
    assert len(set(keys)) == MANY, f"`new_key` was called {MANY} times and returned {len(set(keys))} different keys."
    seen = [set(each) for each in zip(*keys, strict=False)]
    bits = sum(math.log2(len(each)) for each in seen)
    assert bits >= 200, f"What differs between {MANY} keys amounts to {bits:.0f} bits."
    used = bits_used(decision, draw.randbytes(8))
    assert used is None or used >= BITS, f"A key is made of {used} random bits: that is how many there are to guess."

    found, tried = guess_secret(voucher(mallory, shop))
    assert found is None, f"The key was found after {tried} guesses."


@promise(
    points=1,
    after=test_nobody_guesses_the_key,
    asvs="11.5.1",
    cwe=338,
    hints=[
        "Restart the shop at the same time of day: which key does it draw then?",
        "Python has generators that are fit for dice and one that is fit for secrets.",
    ],
)
def test_nobody_draws_the_same_keys(lab, restart_shop):
    """Whoever knows how the shop started, and when, does not know its key."""
    moment = lab.clock.time()
    keys, others = (restart_shop(at=moment).often("new_key", MANY).value for _ in range(2))
    assert not set(keys) & set(others), "A shop that started alike, at the same time, drew the same keys."
