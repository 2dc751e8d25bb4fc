"""Give strangers the same answer.

What `log_in` promises to those whom it refuses: what they read, and what is hashed for them. Times would depend on the
machine, so the check counts: each hash that the shop's hasher works on, at which cost.
"""

from html import escape

from passlib.hash import ldap_hex_md5, ldap_salted_sha256, roundup_plaintext

from labsrv.grading import promise
from labsrv.labs.passwords.moves import write_by_hand
from labsrv.labs.passwords.people import is_logged_in, log_in
from labsrv.labs.passwords.work import listening

PLACE = 6
DECIDES = ("log_in",)
CHANGING = {"date", "content-length"}
LONG_AGO = {
    "as it was typed": roundup_plaintext.hash,
    "as MD5": ldap_hex_md5.hash,
    "as salted SHA-256": ldap_salted_sha256.hash,
}
# What somebody may have hashed for want of a user, and forgotten about.
STAND_INS = ("", "x", "dummy", "decoy", "nobody", "password", "secret", "wrong")


def change(lab, name, **fields):
    """Change a row of the table of users."""
    lab.db.users.update_one({"_id": name}, {"$set": fields})


def send(lab, browser, shop, name, password):
    """Send name and password as if nobody had guessed before, and return the exchange."""
    lab.db.attempts.delete_many({})
    return write_by_hand(browser, shop.check_login, {"name": name, "password": password})


def answer(lab, browser, shop, name, password):
    """Return what a visitor can tell one refusal from another by, whatever name was typed."""
    sent = send(lab, browser, shop, name, password)
    headers = sorted((key, value) for key, value in sent.response_headers if key.lower() not in CHANGING)
    text = sent.response_body.decode(errors="replace")
    return sent.status, text.replace(escape(name), "…") if name else text, headers


def work(lab, browser, shop, name, password):
    """Return the costs of what the shop hashes for a login."""
    with listening(lab.hasher) as costs:
        send(lab, browser, shop, name, password)
    return sorted(costs)


def compared(done):
    """Say what was hashed, in few words."""
    return f"{len(done)} hashes at m, t, p = {done[0]}" if done else "nothing"


@promise()
def test_alice_logs_in(shop, alice):
    """Alice types the right password and is let in."""
    log_in(alice, shop)
    assert is_logged_in(alice, shop), "Alice typed the right password and is not let in."


@promise()
def test_others_are_refused(lab, shop, alice, bob, browser, draw):
    """A wrong password, a name that nobody has, and a closed account are refused."""
    change(lab, bob.person.name, disabled=True)
    tries = [
        ("A wrong password", alice.person.name, draw.password()),
        ("A name that nobody has", draw.word(), draw.password()),
        ("The right password of a closed account", bob.person.name, bob.person.password),
        *(
            ("A name that nobody has, with what might stand in for a password,", draw.word(), each)
            for each in (*STAND_INS, lab.hasher.decoy)
        ),
    ]
    for which, name, password in tries:
        status = send(lab, browser, shop, name, password).status
        assert status == 401, f"{which} was answered {status}, and not 401."


@promise(
    points=2,
    after=test_others_are_refused,
    asvs="6.3.8",
    cwe=204,
    hints=[
        "Log in as `alice` and as a stranger with the same wrong password. What differs on the wire?",
        "Could one sentence be true of both failures?",
    ],
)
def test_strangers_read_the_same_words(lab, shop, alice, carol, browser, draw):
    """A stranger reads the same answer as a customer who mistyped, or as somebody who works for the shop."""
    wrong = draw.password()
    mistyped = answer(lab, browser, shop, alice.person.name, wrong)

    for name in (draw.word(), draw.word().upper(), alice.person.name.upper(), draw.word() * 20):
        seen = answer(lab, browser, shop, name, wrong)
        assert seen == mistyped, "The answer tells real names from invented ones."
        assert answer(lab, browser, shop, name, wrong) == seen, "The second time, a stranger reads something else."
    assert answer(lab, browser, shop, "", wrong) == mistyped, "Without a name the answer is another one."
    assert answer(lab, browser, shop, carol.person.name, wrong) == mistyped, "The answer tells who works for the shop."
    for typed in ("", "x", draw.word() * 20):
        seen = answer(lab, browser, shop, draw.word(), typed)
        assert seen == answer(lab, browser, shop, alice.person.name, typed), (
            f"With a password of {len(typed)} characters the answer tells real names from invented ones."
        )


@promise(
    points=1,
    after=test_strangers_read_the_same_words,
    asvs="6.3.8",
    cwe=204,
    hints=[
        "Somebody's account was closed. What do they read, with the wrong password and with the right one?",
        "How many sentences does your function know?",
    ],
)
def test_a_closed_account_reads_the_same(lab, shop, alice, bob, browser, draw):
    """An account that was closed reads like any other, with a wrong password and with the right one."""
    own = bob.person.password
    change(lab, bob.person.name, disabled=True)
    mistyped = answer(lab, browser, shop, alice.person.name, draw.password())
    for kept in (lab.hasher.hash, *LONG_AGO.values()):
        change(lab, bob.person.name, password_hash=kept(own))
        for password in (draw.password(), own):
            seen = answer(lab, browser, shop, bob.person.name, password)
            assert seen == mistyped, "The answer tells closed accounts apart."


@promise(
    points=2,
    after=test_others_are_refused,
    asvs="6.3.8",
    cwe=208,
    hints=[
        "Count: how many times does the shop hash for a customer who mistyped, and how often for a stranger?",
        "What could a stranger's password be compared with, so that it costs the same and never matches?",
        "What the hasher refuses costs nothing, and another cost takes another time.",
        "Read what `KeptPasswords` has besides its functions, in labsrv/kit/kept_passwords.py.",
    ],
)
def test_strangers_cost_the_same_work(lab, shop, alice, carol, browser, draw):
    """For a stranger the shop works as much as for a customer who mistyped, each time."""
    wrong, stranger = draw.password(), draw.word()
    mistyped = work(lab, browser, shop, alice.person.name, wrong)
    assert mistyped, "Nothing was hashed for Alice."

    for name in (stranger, stranger, draw.word().upper(), alice.person.name, carol.person.name):
        done = work(lab, browser, shop, name, wrong)
        whom = "a customer" if name in (alice.person.name, carol.person.name) else "a stranger"
        assert done == mistyped, f"For {whom} the shop hashed {compared(done)}; for Alice, {compared(mistyped)}."
    for typed in ("", "x", "x" * 300):
        done, own = (work(lab, browser, shop, name, typed) for name in (draw.word(), alice.person.name))
        assert done == own, (
            f"With a password of {len(typed)} characters the shop hashed {compared(done)} for a stranger; for Alice, "
            f"{compared(own)}."
        )


@promise(
    points=1,
    after=test_strangers_cost_the_same_work,
    asvs="6.3.8",
    cwe=208,
    hints=[
        "In which order do you ask: is the account closed, is the password right?",
        "Decide last. What may stand before the hash?",
    ],
)
def test_so_does_everybody_else(lab, shop, alice, bob, browser, draw):
    """So it does for a closed account, and for one whose password is kept in an old way."""
    mistyped = work(lab, browser, shop, alice.person.name, draw.password())
    own, name = bob.person.password, bob.person.name
    for how, kept in LONG_AGO.items():
        change(lab, name, password_hash=kept(own))
        done = work(lab, browser, shop, name, draw.password())
        assert done == mistyped, f"The time of the answer tells whose password is kept {how}."
    change(lab, name, disabled=True)
    for kept in (lab.hasher.hash, *LONG_AGO.values()):
        change(lab, name, password_hash=kept(own))
        for password in (draw.password(), own):
            done = work(lab, browser, shop, name, password)
            assert done == mistyped, "The time of the answer tells which account was closed."
