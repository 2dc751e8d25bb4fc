"""Show that it was you who began.

What `code_challenge` promises: by the numbers that RFC 7636 prints, by verifiers that nobody knows beforehand, and to a
provider that compares.
"""

import base64
import hashlib
import string

from labsrv.grading import Answer, promise
from labsrv.labs.oidc.moves import last_url, leak_a_code, parameters, redeem, whose
from labsrv.labs.oidc.people import account_of, door, is_logged_in, link, log_in, log_out, pass_the_provider, show_again

PLACE = 1
DECIDES = ("code_challenge",)

# RFC 7636, Appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
LIKE_OURS = f"{string.ascii_letters}{string.digits}-_"
UNRESERVED = f"{LIKE_OURS}.~"
MANY = 600

# What lies beside a code in the log of whoever sent Alice to the provider, and what Mallory makes of it.
GUESSES = {
    "no verifier": lambda asked: {},
    "an empty verifier": lambda asked: {"code_verifier": ""},
    "the challenge for a verifier": lambda asked: {"code_verifier": asked.get("code_challenge", "")},
    "the state for a verifier": lambda asked: {"code_verifier": asked["state"]},
    "the nonce for a verifier": lambda asked: {"code_verifier": asked["nonce"]},
}
# What is no letter and no digit, where programs trim, split and decode.
ODD_PLACES = {
    "which begins with -": lambda text: f"-{text[1:]}",
    "which begins with .": lambda text: f".{text[1:]}",
    "which ends with _": lambda text: f"{text[:-1]}_",
    "which ends with ~": lambda text: f"{text[:-1]}~",
    "which ends with ...": lambda text: f"{text[:-3]}...",
    "with two dots in it": lambda text: f"{text[:9]}.{text[10:20]}.{text[21:]}",
    "of small letters": str.lower,
    "of capital letters": str.upper,
    "of one character": lambda text: text[0] * len(text),
}


def wanted(verifier):
    """Return the challenge that a provider makes of a verifier (RFC 7636, 4.6)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).decode().rstrip("=")


def like_ours(draw):
    """Return many verifiers such as the shop draws."""
    return ["".join(draw.choices(LIKE_OURS, k=43)) for _ in range(MANY)]


def same(decision, verifier, which=""):
    """Check one challenge against the provider's."""
    answer = decision.code_challenge(verifier)
    assert answer == Answer(wanted(verifier)), (
        f"The verifier {verifier!r}{which and ', '}{which}: its challenge is {wanted(verifier)!r}, "
        f"and your function gave {answer}."
    )


@promise()
def test_alice_logs_in_where_nobody_asks(lab, shop, alice):
    """Alice logs in at a provider that has never heard of PKCE, and again another day."""
    for days in (0, 3):
        lab.clock.advance(days=days)
        log_in(alice, shop, "mallory")
        assert account_of(alice, shop), "Alice logged in at a provider that ignores challenges, and is not let in."
        log_out(alice, shop)


@promise(
    points=2,
    after=test_alice_logs_in_where_nobody_asks,
    asvs="10.2.1",
    cwe=345,
    hints=[
        "`attacks.redeem_a_leaked_code(lab)`: what does Mallory send, and what of it had to be secret?",
        "Log in, and look at `parameters(last_url(lab, lab.alice, '/authorize'))`. Is there a challenge in it?",
        "Read RFC 9700, 2.1.1: who has to use PKCE?",
    ],
)
def test_a_leaked_code_is_worth_nothing(lab, decision, draw):
    """With a code of Alice's, the shop's secret, and all that lies beside the code in a log, Mallory gets no tokens."""
    for what, guess in GUESSES.items():
        leaked = leak_a_code(lab, "idp")
        fields = guess(parameters(last_url(lab, lab.alice, "/authorize")))
        tokens = redeem(lab, grant_type="authorization_code", code=leaked.get("code", ""), **fields)
        assert not whose(lab, tokens.get("access_token", "")), (
            f"Mallory sent a code of Alice's and {what} to Tea Identity, and got Alice's tokens."
        )

    # The shop draws other verifiers in each run: what holds for most of them is not yet a rule.
    for verifier in like_ours(draw):
        assert decision.code_challenge(verifier) != Answer(""), f"With the verifier {verifier!r} there is no challenge."


@promise(
    points=1,
    after=test_alice_logs_in_where_nobody_asks,
    asvs="10.2.1",
    cwe=345,
    hints=[
        "The steps stand in RFC 7636, 4.2, in one line: read it from the inside outwards.",
        "`hashlib.sha256(...)` has `.digest()` and `.hexdigest()`. Which of them is 32 bytes?",
        "RFC 7636, Appendix B goes through every step, with all the bytes in between.",
    ],
)
def test_the_example_of_the_standard(decision):
    """The verifier in RFC 7636, Appendix B has the challenge that is printed there."""
    answer = decision.code_challenge(VERIFIER)
    assert answer == Answer(CHALLENGE), (
        f"For the verifier {VERIFIER!r} RFC 7636 prints {CHALLENGE!r}, and your function gave {answer}."
    )


@promise(
    points=2,
    after=test_the_example_of_the_standard,
    asvs="10.2.1",
    cwe=345,
    hints=[
        "The example has one `-`, and no `_`. What do other challenges have in their place?",
        "Python's `base64` module has a function for each alphabet. Which one does an address carry as it is?",
        "Read RFC 4648, 5.",
    ],
)
def test_so_it_is_with_any_other(decision, draw):
    """Any verifier such as the shop draws has the challenge that RFC 7636 gives it."""
    for verifier in like_ours(draw):
        same(decision, verifier)


@promise(
    points=1,
    after=test_so_it_is_with_any_other,
    asvs="10.2.1",
    cwe=20,
    hints=[
        "How long may a verifier be? Which characters may it have that none of the shop's own has so far?",
        "Is there a step in your function that cuts, trims or looks at the verifier before it is hashed?",
    ],
)
def test_so_it_is_with_longer_ones(decision, draw):
    """So it is with the shortest, the longest, and whatever lies between, and with . and ~ in it."""
    for length in range(43, 129):
        same(decision, "".join(draw.choices(UNRESERVED, k=length)), f"of {length} characters")
    for name, spell in ODD_PLACES.items():
        for length in (43, 44, 64, 128):
            same(decision, spell("".join(draw.choices(LIKE_OURS, k=length))), name)


@promise(
    points=2,
    after=test_so_it_is_with_any_other,
    asvs="10.2.1",
    cwe=345,
    hints=[
        "The shop asks for the challenge twice: when Alice goes, and when she comes back. Is the answer the same?",
        "What of your function's answer depends on what it was asked before?",
    ],
)
def test_a_provider_that_compares_lets_alice_in(lab, shop, alice):
    """Tea Identity, which compares, gets a challenge for each login, a different one each time, and lets Alice in."""
    ways = {
        "logs in": lambda: log_in(alice, shop),
        "shows once more who she is": lambda: show_again(alice, shop),
        "adds another way in": lambda: link(alice, shop, "social"),
        "comes by the page for newcomers": lambda: (alice.navigate(shop.signup), pass_the_provider(alice)),
        "logs in elsewhere": lambda: (log_out(alice, shop), log_in(alice, shop, "social")),
        "goes by the address": lambda: (log_out(alice, shop), alice.navigate(door(shop, "idp"))),
    }
    seen = set()
    for what, go in ways.items():
        go()
        assert is_logged_in(alice, shop), f"Alice {what}, and the provider does not find that challenge and code fit."
        challenge = parameters(last_url(lab, alice, "/authorize")).get("code_challenge")
        assert challenge, f"Alice {what}, and no challenge goes along with that."
        assert challenge not in seen, f"Alice {what}, and the challenge is that of an earlier login."
        seen.add(challenge)
