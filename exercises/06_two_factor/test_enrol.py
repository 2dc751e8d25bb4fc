"""Set up an app.

What `new_secret` and `set_up` promise: in many secrets, and by Alice, who looks at the page and changes her mind.
"""

import base64
import binascii

from labsrv.grading import Answer, promise
from labsrv.labs.two_factor.people import first_step, in_account, is_logged_in, log_in, log_out, set_up_app

PLACE = 2
DECIDES = ("new_secret", "set_up")
MANY = 500


def drawn(decision, user, times=MANY):
    """Return the secrets that were drawn for a user, as bytes."""
    answer = decision.often("new_secret", times, user)
    assert isinstance(answer, Answer), f"Your function gave {answer}."
    first = answer.value[0]
    assert isinstance(first, str), f"`new_secret` returned {type(first).__name__}, not text: {first!r}."
    try:
        return [base64.b32decode(each.rstrip("=") + "=" * (-len(each.rstrip("=")) % 8)) for each in answer.value]
    except (binascii.Error, TypeError, ValueError):
        raise AssertionError(f"{first!r} is not base32.") from None


@promise()
def test_bob_sets_up_his_first_app(lab, shop, bob):
    """Bob scans the QR code, types the code that his phone shows, and logs in with it from then on."""
    log_in(bob, shop)
    set_up_app(bob, shop)
    log_out(bob, shop)
    lab.clock.advance(seconds=30)

    page = log_in(bob, shop)
    assert is_logged_in(bob, shop), f"Bob set up an app, and its code does not log him in: he is on {page.url}."
    assert lab.db.factors.find_one({"_id": bob.person.name}), "Bob set up an app, and the shop does not ask for it."


@promise()
def test_alice_changes_to_another_phone(lab, shop, alice):
    """Alice scans the QR code with a new phone, and logs in with that one from then on."""
    log_in(alice, shop)
    set_up_app(alice, shop)
    log_out(alice, shop)
    lab.clock.advance(seconds=30)
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Alice set up her app on a new phone, and is not let in with it."


@promise(
    points=2,
    after=test_bob_sets_up_his_first_app,
    asvs="6.5.3",
    cwe=330,
    hints=[
        "Call `new_secret` twice with the same name. What should differ?",
        "What does Mallory know of Alice, and what of your secret does not come from there?",
        "Read about the module `secrets` in Python's documentation.",
    ],
)
def test_a_secret_is_drawn(decision, draw):
    """No two secrets are alike, for one user or for two."""
    name, other = draw.word(), draw.word()
    secrets = drawn(decision, name) + drawn(decision, other)

    assert len(set(secrets)) == 2 * MANY, f"{2 * MANY} secrets were drawn, and {len(set(secrets))} differ."
    for place in range(min(map(len, secrets))):
        found = len({each[place] for each in secrets})
        assert found > 100, f"The byte number {place + 1} of a secret has {found} values: it is not drawn."


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
    name = draw.word()
    least = min(map(len, drawn(decision, name, 20)))
    assert least >= 20, f"A secret has {8 * least} bits."

    secret = decision.new_secret(name).value
    assert "=" not in secret, f"A secret ends with {len(secret) - len(secret.rstrip('='))} `=`: that is padding."


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
def test_a_restart_draws_others(lab, restart_shop, draw):
    """After a restart the shop draws other secrets, at the same moment as well."""
    name, moment = draw.word(), lab.clock.time()
    before, after = (drawn(restart_shop(at=moment), name, 20) for _ in range(2))
    assert not set(before) & set(after), (
        "Two processes of the shop, asked at the same moment, draw the same secrets: so does whoever knows the moment."
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
    log_in(alice, shop)
    alice.navigate(shop.new_app, from_=lab.sites["mallory"].url)
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
    bob.navigate(shop.new_app)
    log_out(bob, shop)
    page = first_step(bob, shop)

    assert in_account(page, shop, bob.person.name), (
        "Bob looked at the QR code, scanned nothing, and is asked for a code."
    )
