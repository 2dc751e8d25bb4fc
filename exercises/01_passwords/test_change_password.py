"""Change a password for whoever knows the one of today.

What `change_password` promises, by those who sit at somebody's desk and those who write their own forms.
"""

import pytest
from passlib.hash import ldap_hex_md5, roundup_plaintext

from labsrv.grading import promise
from labsrv.labs.passwords.people import change_password, is_logged_in, log_in, stored

PLACE = 9
DECIDES = ("change_password",)

# What Mallory writes where the current password belongs.
WRITTEN = {
    "a guess": lambda draw, own, mallory, new, kept: draw.password(),
    "nothing": lambda draw, own, mallory, new, kept: "",
    "her own password": lambda draw, own, mallory, new, kept: mallory,
    "the new password": lambda draw, own, mallory, new, kept: new,
    "what the table says": lambda draw, own, mallory, new, kept: kept,
    "it in capitals": lambda draw, own, mallory, new, kept: own.upper(),
    "it with a capital": lambda draw, own, mallory, new, kept: own[0].swapcase() + own[1:],
    "it with a blank after it": lambda draw, own, mallory, new, kept: f"{own} ",
    "it with a blank before it": lambda draw, own, mallory, new, kept: f" {own}",
    "all but its last character": lambda draw, own, mallory, new, kept: own[:-1],
    "it with one character more": lambda draw, own, mallory, new, kept: f"{own}x",
}
KEPT = {"as of today": None, "as MD5": ldap_hex_md5.hash, "as it was typed": roundup_plaintext.hash}


def lets_in(browser, shop, name, password):
    """Tell whether this name and password open the account, on a browser that was never there."""
    log_in(browser, shop, name=name, password=password)
    return is_logged_in(browser, shop, as_=name)


def change(browser, shop, **fields):
    """Send the form for another password with these fields as they are, as if nobody had guessed; return the status."""
    browser.navigate(shop.password)
    return browser.submit(shop.change_password, **fields).exchanges[0].status


def rows_but(lab, name):
    """Return what the table of users says of everybody else."""
    return [row for row in lab.db.users.find() if row["_id"] != name]


@promise()
def test_alice_changes_her_password(lab, shop, alice, browser, draw):
    """Alice changes her password, whatever it is: the new one opens her account, the old one does not, and she stays
    logged in.
    """
    new, name = f" Süß ﬁ２ {draw.password()}{'-lantern' * 12} {draw.password()} ", alice.person.name
    lab.db.users.update_one({"_id": name}, {"$set": {"likes": draw.word()}})
    log_in(alice, shop)
    before = lab.db.users.find_one({"_id": name})
    page = change_password(alice, shop, new=new)

    status = page.exchanges[0].status
    assert status != 403, "Alice wrote the right current password, and was refused (403)."
    assert page.sees("Your password was changed."), (
        f"Alice wrote the right current password, and the shop did not say that it was changed ({status})."
    )
    assert is_logged_in(alice, shop), "Alice changed her password and was logged out."
    assert not lets_in(browser, shop, name, alice.person.password), "The old password still opens the account."
    row = lab.db.users.find_one({"_id": name})
    assert lab.hasher.verify(row["password_hash"], new) if row["password_hash"].startswith("$argon2id$") else False, (
        "Alice changed her password, and the table keeps no argon2id hash of the new one."
    )
    assert row | {"password_hash": ""} == before | {"password_hash": ""}, (
        "More of Alice's row was changed than her password."
    )
    assert lets_in(browser, shop, name, new), "Alice changed her password, and the new one does not open her account."


@promise()
def test_bobs_password_is_what_it_was(lab, shop, alice, bob, draw):
    """When Alice has changed her password, Bob logs in with his, also where it was the same as hers."""
    log_in(alice, shop)
    change_password(alice, shop, new=draw.password())
    assert lets_in(bob, shop, bob.person.name, bob.person.password), "Alice changed her password, and Bob's is gone."

    bob.jar.clear()
    for each in (alice, bob):
        each.person.password = "the-same-fake-password"
        kept = ldap_hex_md5.hash(each.person.password)
        lab.db.users.update_one({"_id": each.person.name}, {"$set": {"password_hash": kept}})
    change_password(alice, shop, new=draw.password())
    assert lets_in(bob, shop, bob.person.name, bob.person.password), (
        "Bob had the same password as Alice, and it is gone."
    )


@promise(
    points=2,
    after=test_alice_changes_her_password,
    asvs="6.2.3",
    cwe=620,
    hints=[
        "Log in as Alice, and change her password with a current one that you make up.",
        "Which field of the form does nobody look at? What is it to be compared with?",
        "Is it asked for each time, whoever's desk it is, and before anything is written?",
        "Read `KeptPasswords.verify` in labsrv/kit/kept_passwords.py.",
    ],
)
@pytest.mark.parametrize("role", ["alice", "carol"])
def test_the_current_password_is_asked_for(lab, shop, mallory, draw, role):
    """Whoever does not know the current password is answered 403, and nothing is changed, not even for a moment."""
    desk = getattr(lab, role)
    name, own = desk.person.name, draw.password()
    log_in(desk, shop)
    assert change(desk, shop, current=desk.person.password, new=own) == 303, "One cannot change one's own password."
    written = []
    lab.db.listeners.append(written.append)
    for how, kept in KEPT.items():
        if kept:
            lab.db.users.update_one({"_id": name}, {"$set": {"password_hash": kept(own)}})
        before, new = lab.db.users.find_one({"_id": name}), draw.password()
        written.clear()
        for what, make in WRITTEN.items():
            lab.db.attempts.delete_many({})
            current = make(draw, own, mallory.person.password, new, before["password_hash"])
            status = change(desk, shop, current=current, new=new)
            assert lab.db.users.find_one({"_id": name}) == before, (
                f"Somebody wrote {what} for the current password, kept {how}, and the row has changed."
            )
            assert "users" not in written, f"Somebody wrote {what}, and the row was changed for a moment."
            assert status == 403, f"Somebody wrote {what} for the current password and was answered {status}."

    lab.db.users.update_one({"_id": name}, {"$set": {"password_hash": "!"}})
    change(desk, shop, current=own, new=draw.password())
    assert stored(lab, name) == "!", "A row that can't be read was changed, whatever was written as the current one."


@promise(
    points=2,
    after=test_alice_changes_her_password,
    asvs="8.2.2",
    cwe=639,
    hints=[
        "Log in as Mallory and send the form with Alice's name in it. Whose password is changed?",
        "Two things tell the shop a name: the form and the session. Which of them can Mallory write?",
    ],
)
@pytest.mark.parametrize("role", ["mallory", "carol"])
def test_nobody_elses_password_is_changed(lab, shop, alice, draw, role):
    """Whatever name the form says, and whoever sends it, nobody else's password is changed, and nobody is added."""
    sender = getattr(lab, role)
    name, own = sender.person.name, sender.person.password
    for other in (name.upper(), name.capitalize(), f"{name} "):
        lab.db.users.insert_one(
            {"_id": other, "role": "customer", "disabled": False, "password_hash": lab.hasher.hash(draw.password())}
        )
    log_in(sender, shop)
    before = rows_but(lab, name)
    written = (alice.person.name, name.upper(), name.capitalize(), f"{name} ", draw.word(), "")
    for number, whose in enumerate(written):
        new = draw.password()
        if change(sender, shop, name=whose, current=own, new=new) == 303:
            own = new
        said = "somebody else's name" if number < 4 else "a name that nobody has"
        assert rows_but(lab, name) == before, f"The form said {said}, and another row than the sender's was written."


@promise(
    points=1,
    after=test_nobody_elses_password_is_changed,
    asvs="8.2.2",
    cwe=639,
    hints=[
        "Mallory has guessed Alice's password. The shop counts guesses: at whose account, if she asks here?",
        "With whose password is the current one compared?",
    ],
)
def test_nor_is_it_compared(shop, alice, mallory, draw):
    """Mallory's form is no place to try Alice's password: the right one is no better there than any other."""
    log_in(mallory, shop)
    statuses = [
        change(mallory, shop, name=alice.person.name, current=current, new=draw.password())
        for current in (alice.person.password, draw.password())
    ]

    assert statuses == [403, 403], "The answer to Mallory's form tells whether she has guessed Alice's password."
