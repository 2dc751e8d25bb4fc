"""Set up an app.

What `new_secret` and `set_up` promise: in many secrets, and by Alice, who looks at the page and changes her mind.
"""

import base64
from itertools import combinations
from math import log2
from string import ascii_letters

from labsrv.grading import Answer, promise
from labsrv.labs.two_factor.people import first_step, in_account, is_logged_in, log_in, log_out, set_up_app

PLACE = 2
DECIDES = ("new_secret", "set_up")
MANY = 800
A_FEW = 200
# How many letters whole bytes have in base32, beyond each full eight (RFC 4648, 6).
WHOLE = (0, 2, 4, 5, 7)


def drawn(decision, user, times):
    """Return the secrets that were drawn for a user, in capitals."""
    answer = decision.often("new_secret", times, user)
    assert isinstance(answer, Answer), f"Your function gave {answer}."
    for each in answer.value:
        assert isinstance(each, str), f"`new_secret` returned {type(each).__name__}, not text: {each!r:.80}."
        strange = sorted(set(each.rstrip("=")) - set(ascii_letters + "234567"))
        assert not strange, f"There is {strange[0]!r} in {each!r:.80}: base32 has the letters A to Z and 2 to 7."
    return [each.upper() for each in answer.value]


def read(secret):
    """Return the bytes of a secret."""
    letters = secret.rstrip("=")
    assert len(letters) % 8 in WHOLE, (
        f"A secret has {len(letters)} characters: base32 has so many for no number of bytes. For 20 bytes it has 32."
    )
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def bits(secrets):
    """Return how many bits differ from secret to secret, at the most: by how many characters each place has seen."""
    return sum(log2(len(set(place))) for place in zip(*secrets, strict=False))


def sets_up(lab, shop, who):
    """Set up an app on somebody's phone, log out, and log in with it."""
    page = set_up_app(who, shop)
    assert page.url == shop.account, (
        f"The code of the app that was scanned is refused, with {page.status}: "
        "what `set_up` noted is not the secret that the shop has shown."
    )
    log_out(who, shop)
    lab.clock.advance(seconds=30)
    assert first_step(who, shop).url == shop.second, "An app was set up, and the shop asks for no code."
    page = log_in(who, shop)
    assert is_logged_in(who, shop), f"The code of the app that was set up does not log in: the page is {page.url}."


@promise()
def test_a_secret_is_base32(decision, draw):
    """A secret is text: whole bytes in base32."""
    for each in drawn(decision, draw.word(), 3):
        assert read(each), "A secret is empty."


@promise()
def test_bob_sets_up_his_first_app(lab, shop, bob):
    """Bob scans the QR code, types the code that his phone shows, and logs in with it from then on."""
    log_in(bob, shop)
    sets_up(lab, shop, bob)


@promise()
def test_alice_changes_to_another_phone(lab, shop, alice):
    """Alice opens the page, opens it once more, scans that QR code with a new phone, and logs in with it."""
    log_in(alice, shop)
    alice.navigate(shop.new_app)
    sets_up(lab, shop, alice)


@promise(
    points=2,
    after=test_bob_sets_up_his_first_app,
    asvs="6.5.3",
    cwe=330,
    hints=[
        "Call `new_secret` twice with the same name. What should differ?",
        "What does Mallory know of Alice, and what of your secret does not come from there?",
        "The module `secrets` draws from the system's generator: `token_bytes` gives bytes, which base32 then writes.",
    ],
)
def test_a_secret_is_drawn(decision, draw):
    """No two secrets are alike, for one user or for two."""
    secrets = drawn(decision, draw.word(), MANY) + drawn(decision, draw.word(), A_FEW)
    differ = len(set(secrets))
    assert differ == len(secrets), f"{len(secrets)} secrets were drawn, and {differ} differ."

    known = bits(secrets)
    assert known > 100, f"From one secret to the next {known:.0f} bits differ at the most: the rest is not drawn."
    some = [read(each) for each in secrets[-A_FEW:]]
    places = list(zip(*some, strict=False))[:64]
    for (one, left), (two, right) in combinations(enumerate(places, 1), 2):
        assert len(set(left)) < A_FEW / 4 or len(set(zip(left, right, strict=True))) > len(set(left)), (
            f"The byte number {one} of a secret tells the byte number {two}: they were not both drawn."
        )


@promise(
    points=1,
    after=test_a_secret_is_drawn,
    asvs="6.5.3",
    cwe=331,
    hints=[
        "How many bytes are in your secret once it is decoded?",
        "RFC 4226, 4, R6 has a least length and one that it recommends: take the latter.",
        "Base32 fills up with `=` to a multiple of eight characters; apps want none of it. Twenty bytes need none.",
    ],
)
def test_a_secret_has_160_bits(decision, draw):
    """A secret has 160 bits, as RFC 4226 recommends, and is written without padding."""
    secrets = drawn(decision, draw.word(), MANY)
    least = 8 * min(len(read(each)) for each in secrets)
    assert least >= 160, f"A secret has {least} bits; RFC 4226 requires 128 and recommends 160."
    known = bits(secrets)
    assert known > 159, f"A secret has {least} bits, and {known:.0f} of them were drawn: not every letter is used."

    fill = max(len(each) - len(each.rstrip("=")) for each in secrets)
    assert not fill, f"A secret ends with {fill} `=`: that is padding."


@promise(
    points=1,
    after=test_a_secret_is_drawn,
    asvs="6.5.3",
    cwe=338,
    hints=[
        "Restart the shop, and look at its first secret again. Have two shops draw one at the same moment.",
        "Whose numbers begin anew with each process: those of `random`, or those of the system?",
    ],
)
def test_a_restart_draws_others(lab, decision, restart_shop, draw):
    """After a restart the shop draws other secrets, at the same moment as well, and so do copies of its process."""
    name, moment = draw.word(), lab.clock.time()
    before, after = (drawn(restart_shop(at=moment), name, A_FEW) for _ in range(2))
    assert not set(before) & set(after), (
        "Two processes of the shop, asked at the same moment, draw the same secrets: so does whoever knows the moment."
    )

    answer = decision.in_copies("new_secret", A_FEW, name)
    assert isinstance(answer, Answer), f"Your function gave {answer}."
    assert len({each for copy in answer.value for each in copy}) == A_FEW * len(answer.value), (
        "Two processes that a server forked after the import draw the same secrets: "
        "what they come from is read once, and foretells all that follow."
    )


@promise(
    points=2,
    after=test_alice_changes_to_another_phone,
    asvs="6.3.3",
    cwe=304,
    hints=[
        "Log in as Alice, open the page with the QR code, scan nothing, log out. Can she log in?",
        "What does `factors` keep beside the secret in use?",
        "Read labsrv/kit/factors.py: which function changes what opens the account, and which does not?",
    ],
)
def test_looking_at_the_page_changes_nothing(lab, shop, alice):
    """Alice, who opens the page and scans nothing, still logs in with the app that she has."""
    before = lab.db.factors.find({"_id": {"$ne": alice.person.name}})
    log_in(alice, shop)
    page = alice.navigate(shop.new_app, from_=lab.sites["mallory"].url)
    assert page.status == 200, f"The page with the QR code was answered with {page.status}."
    assert lab.db.factors.find({"_id": {"$ne": alice.person.name}}) == before, (
        "Alice looked at the QR code, and something was noted for somebody else."
    )
    log_out(alice, shop)
    page = log_in(alice, shop)

    assert in_account(page, shop, alice.person.name), "Alice looked at the QR code, scanned nothing, and is locked out."
    log_out(alice, shop)
    assert first_step(alice, shop).url == shop.second, "Alice looked at the QR code, and has no second factor now."


@promise(
    points=1,
    after=test_looking_at_the_page_changes_nothing,
    asvs="6.3.3",
    cwe=304,
    hints=[
        "What stands in Bob's row before he looks at the page, and what after it?",
        "Bob has no app at all. After he only looked at the page: does his password still let him in?",
    ],
)
def test_bob_looks_and_changes_his_mind(lab, shop, bob):
    """Bob, who has no app and only looks at the page, logs in with his password as before."""
    log_in(bob, shop)
    page = bob.navigate(shop.new_app)
    assert page.status == 200, f"The page with the QR code was answered with {page.status}."
    log_out(bob, shop)
    page = first_step(bob, shop)

    assert in_account(page, shop, bob.person.name), (
        "Bob looked at the QR code, scanned nothing, and is asked for a code."
    )
