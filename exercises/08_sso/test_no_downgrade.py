"""Let nobody talk a login out of PKCE.

What `accepts_challenge` and `fits_challenge` promise: by challenges, methods and verifiers that are nearly right, each
in one way, and by addresses out of which Mallory took something.
"""

import base64
import hashlib
import string
from contextlib import suppress

import pytest

from labsrv.grading import Answer, promise
from labsrv.kit.browser.browser import BrowserError
from labsrv.labs.sso.attacks import leave_the_challenge_out, leave_the_verifier_out
from labsrv.labs.sso.moves import HER_VERIFIER, authorize_url, code_in_the_log, lure, redeem
from labsrv.labs.sso.neighbours import house
from labsrv.labs.sso.people import is_logged_in, join_the_club, leave, log_in

PLACE = 3
DECIDES = ("accepts_challenge", "fits_challenge")

BASE64URL = f"{string.ascii_letters}{string.digits}-_"
UNRESERVED = f"{BASE64URL}.~"
ORDER = f"{string.ascii_uppercase}{string.ascii_lowercase}{string.digits}-_"  # RFC 4648, 5
# RFC 7636, Appendix B.
PRINTED = ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
MANY = 200

METHODS = {
    "plain": "plain",
    "PLAIN": "PLAIN",
    "in small letters": "s256",
    "with a blank behind it": "S256 ",
    "with a blank before it": " S256",
    "with a line break behind it": "S256\n",
    "another hash": "S512",
    "less of it": "S25",
    "more of it": "S2567",
    "a part of it": "256",
    "none, in letters": "none",
    "by the name of the hash": "SHA256",
    "both, with a blank between": "S256 plain",
    "both, with a comma between": "S256,plain",
    "in wide digits": "S\uff12\uff15\uff16",
}

# From a good challenge to one that no S256 makes.
CHALLENGES = {
    "a character less": lambda good: good[:-1],
    "a character more": lambda good: f"{good}A",
    "half of it": lambda good: good[:21],
    "one character": lambda good: "A",
    "it twice": lambda good: good * 2,
    "128 characters": lambda good: (good * 3)[:128],
    "padding": lambda good: f"{good}=",
    "padding in the last character's place": lambda good: f"{good[:-1]}=",
    "a + of the other base64": lambda good: f"{good[:9]}+{good[10:]}",
    "a / of the other base64": lambda good: f"{good[:9]}/{good[10:]}",
    "a dot": lambda good: f"{good[:9]}.{good[10:]}",
    "a tilde": lambda good: f"{good[:9]}~{good[10:]}",
    "a %": lambda good: f"{good[:9]}%{good[10:]}",
    "a blank in it": lambda good: f"{good[:9]} {good[10:]}",
    "a blank behind it": lambda good: f"{good} ",
    "a blank in the last place": lambda good: f"{good[:-1]} ",
    "a blank before it": lambda good: f" {good}",
    "a line break behind it": lambda good: f"{good}\n",
    "a line break in the last place": lambda good: f"{good[:-1]}\n",
    "a line break before it": lambda good: f"\n{good}",
    "a line behind it": lambda good: f"{good}\n{good}",
    "a null in the last place": lambda good: f"{good[:-1]}\0",
    "an é": lambda good: f"{good[:9]}é{good[10:]}",
    "a wide digit": lambda good: f"{good[:9]}\uff11{good[10:]}",
    "an Arabic digit": lambda good: f"{good[:9]}\u0661{good[10:]}",
    "hexadecimal digits": lambda good: hashlib.sha256(good.encode()).hexdigest(),
    "a quote": lambda good: f"{good[:9]}'{good[10:]}",
}

# What comes in a verifier's place: (verifier, its challenge) → text. None leaves it out.
OTHER_VERIFIERS = {
    "none": lambda good, challenge: None,
    "an empty one": lambda good, challenge: "",
    "the challenge": lambda good, challenge: challenge,
    "the hash in hexadecimal": lambda good, challenge: hashlib.sha256(good.encode()).hexdigest(),
    "a character less": lambda good, challenge: good[:-1],
    "a character more": lambda good, challenge: f"{good}A",
    "without its first character": lambda good, challenge: good[1:],
    "another first character": lambda good, challenge: ("b" if good[0] == "a" else "a") + good[1:],
    "another last character": lambda good, challenge: good[:-1] + ("b" if good[-1] == "a" else "a"),
    "another one in the middle": lambda good, challenge: good[:30] + ("b" if good[30] == "a" else "a") + good[31:],
    "other letters": lambda good, challenge: good.swapcase(),
    "small letters": lambda good, challenge: good.lower() if good.lower() != good else "",
    "it backwards": lambda good, challenge: good[::-1],
    "a blank behind it": lambda good, challenge: f"{good} ",
    "a blank before it": lambda good, challenge: f" {good}",
    "a line break behind it": lambda good, challenge: f"{good}\n",
    "padding": lambda good, challenge: f"{good}=",
    "another one": lambda good, challenge: HER_VERIFIER,
    "None, in letters": lambda good, challenge: "None",
}

# What a challenge may be besides, where one says that it fits a good verifier.
OTHER_CHALLENGES = {
    "its first character": lambda good, verifier: good[0],
    "its first half": lambda good, verifier: good[:22],
    "all but its last character": lambda good, verifier: good[:-1],
    "all but its first character": lambda good, verifier: good[1:],
    "another first character": lambda good, verifier: ("b" if good[0] == "a" else "a") + good[1:],
    "another last character": lambda good, verifier: good[:-1] + ORDER[(ORDER.index(good[-1]) + 16) % 64],
    "other letters": lambda good, verifier: good.swapcase(),
    "it backwards": lambda good, verifier: good[::-1],
    "the verifier itself": lambda good, verifier: verifier,
    "the hash in hexadecimal": lambda good, verifier: hashlib.sha256(verifier.encode()).hexdigest(),
    "the challenge of another one": lambda good, verifier: challenge_of(verifier[::-1]),
    "the challenge of the challenge": lambda good, verifier: challenge_of(good),
    "nothing": lambda good, verifier: "",
}

# Verifiers that nobody may draw, each with the challenge that S256 would make of it.
NO_VERIFIERS = {
    "42 characters": lambda good: (good * 3)[:42],
    "129 characters": lambda good: (good * 4)[:129],
    "1,000 characters": lambda good: (good * 30)[:1000],
    "one character": lambda good: "a",
    "a blank": lambda good: f"{good[:9]} {good[10:]}",
    "a blank behind it": lambda good: f"{good} ",
    "a line break behind it": lambda good: f"{good}\n",
    "a line break before it": lambda good: f"\n{good}",
    "a tab": lambda good: f"{good[:9]}\t{good[10:]}",
    "a null": lambda good: f"{good[:9]}\0{good[10:]}",
    "a +": lambda good: f"{good[:9]}+{good[10:]}",
    "a /": lambda good: f"{good[:9]}/{good[10:]}",
    "a =": lambda good: f"{good[:9]}={good[10:]}",
    "a %": lambda good: f"{good[:9]}%{good[10:]}",
    "a ! and a *": lambda good: f"{good[:9]}!*{good[11:]}",
    "an é": lambda good: f"{good[:9]}é{good[10:]}",
    "a wide digit": lambda good: f"{good[:9]}\uff11{good[10:]}",
    "an Arabic digit": lambda good: f"{good[:9]}\u0661{good[10:]}",
    "letters of another alphabet": lambda good: "чай" * 20,
}


def challenge_of(verifier):
    """Return the challenge of a verifier by S256 (RFC 7636, 4.6)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def verifier_of(draw, length=43):
    """Return a verifier such as applications draw; some of its letters are small, and some are not."""
    drawn = "".join(draw.choices(UNRESERVED, k=length))
    return drawn[:3] + "xY" + drawn[5:]


def asked(challenge, method):
    """Return a request with these two among what else is in one; None leaves a part out."""
    usual = {"client_id": "tea-shop", "response_type": "code", "scope": "openid", "state": "s", "nonce": "n"}
    pkce = {"code_challenge": challenge, "code_challenge_method": method}
    return usual | {name: value for name, value in pkce.items() if value is not None}


@pytest.fixture
def clients(lab, draw):
    """Rows of applications: all kinds of them, in any order. The old ones have no PKCE."""
    row = house(lab).clients.get("tea-shop")
    kinds = [(own, way) for own in (True, False) for way in ("client_secret_basic", "client_secret_post", "none")]
    new = [
        row | {"_id": name, "client_id": name, "first_party": own, "token_endpoint_auth_method": way}
        for own, way in draw.sample(kinds, len(kinds))
        for name in [draw.word()]
    ]
    return {"new": new, "old": [each | {"require_pkce": False} for each in new]}


def begins(decision, client, challenge, method):
    """Return whether a login may begin."""
    answer = decision.accepts_challenge(client, asked(challenge, method))
    assert answer in (Answer(True), Answer(False)), f"May a login begin? Your function gave {answer}."
    return answer.value


def fits(decision, challenge, verifier):
    """Return whether a code may end in tokens."""
    answer = decision.fits_challenge(challenge, verifier)
    assert answer in (Answer(True), Answer(False)), (
        f"The challenge is {challenge!r:.60}, the verifier {verifier!r:.60}, and your function gave {answer}."
    )
    return answer.value


def comes_back_with_a_code(lab, browser, **changes):
    """Have somebody open Mallory's address, and return the code that they bring to the shop, "" for none."""
    before = code_in_the_log(lab, browser)
    with suppress(BrowserError):
        lure(lab, browser, authorize_url(lab, **changes))
    code = code_in_the_log(lab, browser)
    return code if code != before else ""


def let_the_shop_be_old(lab):
    """Let the shop be an application that is too old for PKCE."""
    lab.db.idp_clients.update_one({"_id": "tea-shop"}, {"$set": {"require_pkce": False}})


@promise()
def test_people_log_in(lab, alice, bob):
    """Alice and Bob log in at both applications, which use PKCE, and join the tea club, also where PKCE is no must."""
    for _ in range(2):
        for person in (alice, bob):
            for site in (lab.shop, lab.hr):
                log_in(person, site)
                assert is_logged_in(person, site), f"Somebody logged in at {site.name}, and the login came to nothing."
            assert join_the_club(person, lab), "Somebody joined the tea club, and the login came to nothing."
            leave(person, lab.shop)
        let_the_shop_be_old(lab)


@promise()
def test_each_good_pair_is_good(decision, clients, draw):
    """A login with any challenge by S256 begins, and ends with the verifier that the challenge was made of."""
    pairs = [PRINTED] + [(each, challenge_of(each)) for each in (verifier_of(draw, long) for long in range(43, 129))]
    for number, (verifier, challenge) in enumerate(pairs):
        for client in (clients["new"][number % 6], clients["old"][number % 6]):
            assert begins(decision, client, challenge, "S256"), f"The challenge {challenge!r} by S256 was refused."
        assert fits(decision, challenge, verifier), f"{verifier!r} has the challenge {challenge!r}, and was refused."


@promise()
def test_old_applications_go_without(lab, decision, clients, alice):
    """An application that is too old for PKCE gets tokens without any."""
    for client in clients["old"]:
        assert begins(decision, client, None, None), "An application that is too old for PKCE was refused for that."
    assert fits(decision, None, None), "There is no challenge and no verifier, as with old applications: refused."

    let_the_shop_be_old(lab)
    log_in(alice, lab.shop)
    code = comes_back_with_a_code(lab, alice, code_challenge=None, code_challenge_method=None)
    assert redeem(lab, code), "An application that is too old for PKCE got no tokens for its code."


@promise(
    points=2,
    after=test_people_log_in,
    asvs="10.4.6",
    cwe=757,
    hints=[
        "`attacks.leave_the_challenge_out(lab)`: what does your function say to an address without a challenge?",
        "Two things are sent, and each of them can be left out. What does a missing method mean? RFC 7636, 4.3.",
        "RFC 9700, 2.1.1: for which clients has the server to enforce PKCE?",
    ],
)
def test_no_login_begins_without_a_challenge(lab, decision, clients, draw, alice):
    """No login begins without a challenge and its method, whatever kind of application asks, but for the old ones."""
    challenge = challenge_of(verifier_of(draw))
    for client in clients["new"]:
        for what, pair in {"neither": (None, None), "no challenge": (None, "S256")}.items():
            assert not begins(decision, client, *pair), f"{what} of the two was sent, and the login may begin."
    for client in clients["new"] + clients["old"]:
        for what, pair in {"challenge": (None, "S256"), "method": (challenge, None)}.items():
            assert not begins(decision, client, *pair), f"There is no {what} beside the other, and the login begins."
        assert not begins(decision, client, None, "plain"), "There is a method and no challenge, and the login begins."

    outcome = leave_the_challenge_out(lab)
    assert not outcome, f"Mallory sent Alice to Tea Identity with an address of hers: {outcome.story}"
    for changes in ({"code_challenge": None}, {"code_challenge": ""}, {"code_challenge_method": None}):
        assert not comes_back_with_a_code(lab, alice, **changes), f"With {changes} in its place there was a code."


@promise(
    points=2,
    after=test_people_log_in,
    asvs="10.4.6",
    cwe=757,
    hints=[
        "With `plain` the challenge is the verifier. Who has read it by the time the code comes?",
        "Which methods does your function let through? Compare with the one, and with no list of bad ones.",
    ],
)
def test_the_method_is_s256(lab, decision, clients, draw, alice):
    """No login begins by `plain`, or by any other method than S256, with old applications neither."""
    verifier = verifier_of(draw)
    for client in clients["new"] + clients["old"]:
        for name, method in METHODS.items():
            for challenge in (challenge_of(verifier), verifier):
                assert not begins(decision, client, challenge, method), f"A login may begin by the method {name}."

    for _ in range(2):
        for method in ("plain", "s256", None):
            changes = {"code_challenge": HER_VERIFIER[:43], "code_challenge_method": method}
            assert not comes_back_with_a_code(lab, alice, **changes), f"By the method {method} there was a code."
        let_the_shop_be_old(lab)


@promise(
    points=1,
    after=test_people_log_in,
    asvs="10.4.6",
    cwe=20,
    hints=[
        "How long is a SHA-256, and how many characters of base64 are that? Which characters?",
        "`re.match` and `$` both let something through that `re.fullmatch` does not. `isalnum` knows many alphabets.",
    ],
)
def test_the_challenge_is_one_of_s256(decision, clients, draw):
    """No login begins with a challenge that is none by S256: longer, shorter, or of other characters."""
    for name, spell in CHALLENGES.items():
        challenge = spell(challenge_of(verifier_of(draw)))
        for client in clients["new"][:2] + clients["old"][:2]:
            assert not begins(decision, client, challenge, "S256"), f"A login may begin, and the challenge has {name}."


@promise(
    points=2,
    after=test_people_log_in,
    asvs="10.4.6",
    cwe=345,
    hints=[
        "`attacks.leave_the_verifier_out(lab)`: what is compared where nothing was sent?",
        "The challenge was in the address. What may whoever has read it send in the verifier's place?",
        "RFC 7636, 4.6: what is compared with what? All of it?",
    ],
)
def test_only_its_verifier_fits(lab, decision, draw, alice):
    """A code that has a challenge gives tokens with the verifier that this was made of, and with nothing else."""
    for number in range(3):
        verifier = verifier_of(draw, (43, 64, 120)[number])
        challenge = challenge_of(verifier)
        for name, spell in OTHER_VERIFIERS.items():
            sent = spell(verifier, challenge)
            assert not fits(decision, challenge, sent), f"In the verifier's place came {name}, and it fitted."
        for name, spell in OTHER_CHALLENGES.items():
            kept = spell(challenge, verifier)
            assert not fits(decision, kept, verifier), f"The verifier is of another challenge than {name}, and fits it."
    for verifier in (verifier_of(draw, long) for long in (43, 44, 80, 128) for _ in range(MANY // 4)):
        assert not fits(decision, challenge, verifier), "A verifier fits a challenge that was made of another one."

    outcome = leave_the_verifier_out(lab)
    assert not outcome, f"Mallory brought a code of Alice's: {outcome.story}"
    for _ in range(2):
        for sent in ({"code_verifier": challenge_of(HER_VERIFIER)}, {"code_verifier": ""}, {}):
            code = comes_back_with_a_code(lab, alice)
            assert code, "Alice opened an address with a good challenge, and there is no code."
            assert not redeem(lab, code, **sent), f"A code with a challenge came with {sent}, and there are tokens."
        let_the_shop_be_old(lab)


@promise(
    points=1,
    after=test_only_its_verifier_fits,
    asvs="10.4.6",
    cwe=757,
    hints=[
        "An old application learns PKCE, and Mallory takes the challenge out of the address. What does it send later?",
        "RFC 9700, 4.8.2: what has the server to do with a verifier where there was no challenge?",
    ],
)
def test_without_a_challenge_no_verifier_fits(lab, decision, draw, alice):
    """Where a code has no challenge and a verifier comes, somebody has taken the challenge out: there are no tokens."""
    others = [verifier_of(draw, 80), challenge_of(HER_VERIFIER), HER_VERIFIER, "None", "-" * 43]
    for verifier in [*(verifier_of(draw) for _ in range(20)), *others]:
        assert not fits(decision, None, verifier), "There is no challenge, and a verifier fits it."

    let_the_shop_be_old(lab)
    log_in(alice, lab.shop)
    code = comes_back_with_a_code(lab, alice, code_challenge=None, code_challenge_method=None)
    assert code, "An application that is too old for PKCE got no code."
    assert not redeem(lab, code, code_verifier=HER_VERIFIER), "The challenge was taken out, and there are tokens."


@promise(
    points=1,
    after=test_only_its_verifier_fits,
    asvs="10.4.6",
    cwe=20,
    hints=[
        "Which characters may a verifier have, and how many? RFC 7636, 4.1.",
        "What does `encode('ascii')` do with an é, and `compare_digest` with two texts? What does your function then?",
        "`re.match` and `$` both let something through that `re.fullmatch` does not.",
    ],
)
def test_the_verifier_is_one(decision, draw):
    """A verifier that is too short, too long, or of other characters fits no challenge, not even its own."""
    for name, spell in NO_VERIFIERS.items():
        verifier = spell(verifier_of(draw))
        assert not fits(decision, challenge_of(verifier), verifier), f"A verifier fitted that is none: {name}."
        assert not fits(decision, challenge_of(HER_VERIFIER), verifier), f"A verifier fitted that is none: {name}."
