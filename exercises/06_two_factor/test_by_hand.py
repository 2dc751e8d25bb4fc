"""Make a code by hand.

What `hotp` promises: the numbers that RFC 4226 and RFC 6238 print, and those that no table has.
"""

import hmac
import re
from itertools import pairwise, product

import pytest

from labsrv.grading import Answer, promise
from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.phone.codes import code_at
from labsrv.labs.two_factor.moves import digits_in
from labsrv.labs.two_factor.people import first_step, is_logged_in, second_step

PLACE = 1
DECIDES = ("hotp",)
# What computes codes already: the library, and the kit's own use of it.
CLOSED = ("pyotp", "labsrv.kit.factors")

SEED = b"12345678901234567890"
# RFC 4226, Appendix D: the codes of the counters 0 to 9, SHA-1, six digits.
RFC_4226 = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
# RFC 6238, Appendix B, with the seeds of its erratum 2866: eight digits, by time in seconds.
SEEDS = {"sha1": SEED, "sha256": (SEED * 2)[:32], "sha512": (SEED * 4)[:64]}
RFC_6238 = {
    59: ("94287082", "46119246", "90693936"),
    1111111109: ("07081804", "68084774", "25091201"),
    1111111111: ("14050471", "67062674", "99943326"),
    1234567890: ("89005924", "91819424", "93441116"),
    2000000000: ("69279037", "90698825", "38618901"),
    20000000000: ("65353130", "77737706", "47863826"),
}
TOTP_ROWS = {
    f"{algorithm} at {time}": (algorithm, time // 30, codes[place])
    for time, codes in RFC_6238.items()
    for place, algorithm in enumerate(SEEDS)
}
LARGE = {"above 32 bits": 2**32 + 7, "above 53 bits": 2**53 + 1, "the largest but one": 2**63 - 1}


def is_code(answer, digits):
    """Tell whether an answer is text of so many digits."""
    value = getattr(answer, "value", None)
    return isinstance(value, str) and re.fullmatch(f"[0-9]{{{digits}}}", value) is not None


def expected(secret, counter, digits=6, algorithm="sha1"):
    """Return what a phone makes of it."""
    return code_at(Otpauth(secret, digits=digits, algorithm=algorithm.upper()), counter)


def same(decision, secret, counter, digits=6, algorithm="sha1"):
    """Check one code against the phone's."""
    answer, wanted = decision.hotp(secret, counter, digits, algorithm), expected(secret, counter, digits, algorithm)
    assert answer == Answer(wanted), (
        f"A secret of {len(secret)} bytes, {algorithm}, counter {counter}, {digits} digits: "
        f"a phone shows {wanted!r}, and your function gave {answer}."
    )


@promise()
def test_alice_gets_in_by_text_message(lab, shop, alice):
    """Alice asks for a text message, types its code, and sees her account."""
    first_step(alice, shop)
    alice.submit(shop.text_me)
    text = lab.sms.last(alice).text
    assert re.search(r"\b[0-9]{6}\b", text), f"There is no code of six digits in Alice's message: {text!r}."
    second_step(alice, shop, digits_in(text), kind="text")

    assert is_logged_in(alice, shop), "Alice typed the code of her text message, and is not logged in."


@promise()
@pytest.mark.parametrize("digits", [6, 7, 8])
def test_a_code_has_its_digits(decision, draw, digits):
    """A code has as many digits as it should."""
    answer = decision.hotp(draw.randbytes(20), draw.getrandbits(20), digits, "sha1")
    assert is_code(answer, digits), f"`hotp` gave {answer} where text of {digits} digits was asked for."


@promise(
    points=2,
    after=test_alice_gets_in_by_text_message,
    asvs="6.5.3",
    cwe=330,
    hints=[
        "Ask for two codes in a row. What does Mallory know who has seen the first?",
        "Which function mixes a secret into a message so that nobody without the secret can say what comes out?",
        "An HMAC does: `hmac.digest(key, message, name)` returns its bytes. The counter is the message.",
    ],
)
def test_a_code_says_nothing_about_the_next(decision, draw):
    """Whoever has seen a code does not know the next one."""
    secret, start = draw.randbytes(20), draw.getrandbits(20)
    answers = [decision.hotp(secret, start + step, 6, "sha1") for step in range(12)]
    for each in answers:
        assert is_code(each, 6), f"`hotp` gave {each} where text of six digits was asked for."

    ways = [int(each.value) for each in answers]
    for _ in range(3):
        ways = [(two - one) % 10**6 for one, two in pairwise(ways)]
        assert len(set(ways)) > 6, f"From one code to the next it is the same way again and again: {sorted(set(ways))}."


@promise(
    points=2,
    after=test_a_code_says_nothing_about_the_next,
    asvs="6.5.3",
    cwe=330,
    hints=[
        "How many bytes has the counter before it goes into the HMAC, and which of them comes first?",
        "*Dynamic truncation*: the last four bits of the HMAC say where the number begins.",
        "The rule (RFC 4226, 5.3): four bytes from there on are a number, less its highest bit. Take its last digits.",
    ],
)
def test_the_table_of_rfc_4226(decision):
    """The codes are those of RFC 4226, Appendix D."""
    for counter, code in enumerate(RFC_4226):
        answer = decision.hotp(SEED, counter, 6, "sha1")
        mac = hmac.new(SEED, counter.to_bytes(8, "big"), "sha1").hexdigest()
        assert answer == Answer(code), (
            f"Counter {counter}: the RFC says {code!r}, and your function gave {answer}. The HMAC there is {mac[:8]}…"
            f"{mac[-2:]}, its last four bits {int(mac[-1], 16)}."
        )


@promise(
    points=1,
    after=test_the_table_of_rfc_4226,
    asvs="6.5.3",
    cwe=330,
    hints=[
        "What has `sha1` to say in your function, and what `algorithm`?",
        "An HMAC may be longer than twenty bytes. Where is its last one?",
    ],
)
@pytest.mark.parametrize(("algorithm", "step", "code"), TOTP_ROWS.values(), ids=TOTP_ROWS)
def test_the_table_of_rfc_6238(decision, algorithm, step, code):
    """With the time step for a counter they are those of RFC 6238, Appendix B, in all three algorithms."""
    answer = decision.hotp(SEEDS[algorithm], step, 8, algorithm)
    assert answer == Answer(code), f"Step {step}: the RFC says {code!r}, and your function gave {answer}."


@promise(
    points=1,
    after=test_the_table_of_rfc_4226,
    asvs="6.5.3",
    cwe=330,
    hints=[
        "One code in ten begins with a zero. What becomes of it?",
        "A code is text. When does yours turn from a number into text?",
    ],
)
def test_zeros_in_front_stay(decision, draw):
    """A code that begins with zeros keeps them."""
    secret = draw.randbytes(20)
    for counter in [each for each in range(3000) if expected(secret, each).startswith("00")][:5]:
        same(decision, secret, counter)
    # Among so many there are some whose number is short before it is shortened.
    for counter in [each for each in range(2000) if expected(secret, each, 8).startswith("0")]:
        same(decision, secret, counter, 8)


@promise(
    points=1,
    after=test_the_table_of_rfc_4226,
    asvs="6.5.3",
    cwe=330,
    hints=[
        "How large may a counter get? RFC 4226, 5.1 says how many bytes it has.",
        "Do yours fit into all eight bytes?",
    ],
)
@pytest.mark.parametrize("counter", LARGE.values(), ids=LARGE)
def test_large_counters_count(decision, draw, counter):
    """Large counters have codes of their own."""
    same(decision, draw.randbytes(20), counter)


@promise(
    points=1,
    after=test_the_table_of_rfc_6238,
    asvs="6.5.3",
    cwe=330,
    hints=[
        "The tables have one secret for each algorithm. How long may a secret be? How short?",
        "One counter, and one more thing is different. Does your function remember, or take for granted, anything?",
        "`hmac` takes a key of any length as it is: nothing is to be done to it before.",
    ],
)
def test_what_no_table_has(decision, draw):
    """So it is with secrets of every length, with six, seven and eight digits, one after the other."""
    counter = draw.getrandbits(24)
    for length in (1, 16, 20, 32, 64, 65, 100, 128):
        secret = draw.randbytes(length)
        for algorithm, digits in product(SEEDS, (6, 7, 8)):
            same(decision, secret, counter, digits, algorithm)
