"""Find the account of whoever logged in elsewhere.

What `account_for` promises about people who come back, and about others who say the same of themselves.
"""

from labsrv.grading import promise
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.oidc.attacks import have_the_same_subject, say_that_it_is_verified, sign_up_with_alices_address
from labsrv.labs.oidc.mallorys import plan
from labsrv.labs.oidc.moves import subject_of
from labsrv.labs.oidc.people import is_logged_in, log_in

PLACE = 7
DECIDES = ("account_for",)

LEFT_OUT = object()
# What a provider may say of an address that it has not verified.
UNVERIFIED = {"false": False, "nothing": LEFT_OUT}
# What is not true, and not quite false: whoever is asked first or gets an account of their own is safe.
ODD = {
    "null": None,
    '"false"': "false",
    '"true"': "true",
    "1": 1,
    "a list": [True],
    "an object": {"verified": True},
}
# What else Mallory's provider may say: each time of an address that is not Alice's, or none at all.
SAYS = {
    "an e-mail address that is an operator": lambda alice, number: {"email": {"$ne": ""}, "email_verified": True},
    "an e-mail address that is a list": lambda alice, number: {"email": [alice.email], "email_verified": True},
    "Alice's name": lambda alice, number: {"name": alice.name.title(), "preferred_username": alice.name},
    "the number of Alice's account": lambda alice, number: {"account": number, "_id": number},
    "her address in capital letters": lambda alice, number: {"email": alice.email.upper(), "email_verified": True},
    "her address with blanks": lambda alice, number: {"email": f" {alice.email} ", "email_verified": True},
    "her address under another name": lambda alice, number: {"mail": alice.email, "upn": alice.email},
    "an address that begins like hers": lambda alice, number: {"email": alice.email[:-1], "email_verified": True},
}

# Another text that somebody might take for the same, of a subject or an issuer.
NEARLY = {
    "other letters": str.swapcase,
    "a blank after it": lambda text: f"{text} ",
    "a blank before it": lambda text: f" {text}",
    "a line's end after it": lambda text: f"{text}\n",
    "one character more": lambda text: f"{text}1",
    "one character less": lambda text: text[:-1],
    "a zero before it": lambda text: f"0{text}",
    "another first character": lambda text: f"{'y' if text[0] != 'y' else 'z'}{text[1:]}",
    "another last character": lambda text: f"{text[:-1]}{'y' if text[-1] != 'y' else 'z'}",
    "its first half": lambda text: text[: len(text) // 2],
    "its second half": lambda text: text[len(text) // 2 :],
    "itself twice": lambda text: text * 2,
}
OTHER_ISSUERS = NEARLY | {
    "a slash more": lambda text: f"{text}/",
    "another scheme": lambda text: text.replace("http:", "https:"),
    "its host alone": lambda text: text.partition("//")[2].partition(":")[0],
    "another host below it": lambda text: text.replace("//", "//login."),
    "no port": lambda text: text.rpartition(":")[0],
    "nothing": lambda text: "",
}


def come(browser, lab, sub, **userinfo):
    """Log in at Mallory's provider, as whom it says; return the number of the account, None where one is not let in."""
    said = {name: value for name, value in userinfo.items() if value is not LEFT_OUT}
    plan(lab, claims={"sub": sub}, userinfo=said)
    browser.jar.remove("__Host-sid")
    page = log_in(browser, lab.shop, "mallory")
    if page.status == 409:
        return None

    assert page.status == 200, f"Somebody logged in, and the shop answered with {page.status}."
    return inside(browser, lab)


def inside(browser, lab):
    """Return the number of the account that a browser is logged in to."""
    cookie = browser.jar.get("__Host-sid")
    row = lab.db.sessions.find_one({"_id": fingerprint(cookie.value)}) if cookie else None
    assert row, "Somebody logged in, and has no session."
    return row["account"]


def at_house(browser, lab):
    """Log in at the house's provider; return the number of the account."""
    browser.jar.remove("__Host-sid")
    log_in(browser, lab.shop)
    return inside(browser, lab)


def rows_of(lab, sub):
    """Return what the shop has written down of somebody at Mallory's provider."""
    return lab.db.identities.find({"iss": lab.url("mallory", ""), "sub": sub})


@promise()
def test_everybody_finds_their_own_account(lab, shop, alice, bob):
    """Alice and Bob log in with the house's provider, and a month later each finds the account from then."""
    first = {person: at_house(person, lab) for person in (alice, bob)}
    assert first[alice] != first[bob], "Alice and Bob are in one account."

    lab.clock.advance(days=30)
    for person in (bob, alice):
        assert at_house(person, lab) == first[person], "Somebody came back and is in another account."
        assert is_logged_in(person, shop), "Somebody came back, and their account page does not greet them."


@promise()
def test_a_newcomer_has_an_account(lab, shop, browser, draw):
    """Whoever comes from elsewhere for the first time has an account, with an address or without, and finds it again,
    though their name and address are others by then.
    """
    subs = [draw.word() for _ in range(4)]
    addresses = [{}, {"email": "", "email_verified": True}, {"email_verified": True}]
    addresses.append({"email": f"{draw.word()}@x.example", "email_verified": draw.choice([True, False])})
    numbers = [come(browser, lab, sub, **said) for sub, said in zip(subs, addresses, strict=True)]
    assert all(numbers) and len(set(numbers)) == 4, "Somebody came for the first time, and has no account of their own."

    for sub, number in zip(subs, numbers, strict=True):
        told = {"name": draw.word(), "email": f"{draw.word()}@x.example", "email_verified": True}
        for more in (told, {}):
            assert come(browser, lab, sub, **more) == number, "Somebody has another address now, and another account."
        known = [each["account"] for each in rows_of(lab, sub)]
        assert known == [number], "The table of identities does not say whose account that is."


@promise()
def test_two_ways_into_one_account(lab, alice, draw):
    """Alice, who added another way in, comes by it to the account that she has."""
    number, sub = at_house(alice, lab), draw.word()
    lab.db.identities.insert_one({"iss": lab.url("mallory", ""), "sub": sub, "account": number})
    told = {"name": "Alice", "email": alice.person.email, "email_verified": True}

    assert come(alice, lab, sub, **told) == number, (
        "Alice came by the way in that she added, and is not in her account."
    )
    assert at_house(alice, lab) == number, "Alice added a way in, and the first one leads elsewhere now."


@promise(
    points=2,
    after=test_everybody_finds_their_own_account,
    asvs="6.8.1",
    cwe=290,
    hints=[
        "Who types the address in at Fakebook, and who looks whether it is theirs?",
        "Read `accounts.find_one(…)` in your function aloud: what does it take for proof?",
        "An unverified address is no reason to let anybody in, and none to keep them out.",
    ],
)
def test_an_address_opens_nothing(lab, alice, mallory, draw):
    """Whoever has Alice's address at another provider, where it is not verified, has an account of their own."""
    number = at_house(alice, lab)
    attack = sign_up_with_alices_address(lab)
    assert not attack.succeeded, f"Mallory signed up elsewhere with Alice's address: {attack.story}"

    for what, value in (UNVERIFIED | ODD).items():
        told = {"email": alice.person.email, "email_verified": value, "name": alice.person.name.title()}
        found = come(mallory, lab, draw.word(), **told)
        assert found != number, f"Of Alice's address Mallory's provider says {what} for verified, and she is Alice."
        assert found or what in ODD, f"Of an address a provider says {what} for verified, and nobody gets in."
    for what, say in SAYS.items():
        found = come(mallory, lab, draw.word(), **say(alice.person, number))
        assert found != number, f"Mallory's provider says {what}, and she is in Alice's account."


@promise(
    points=2,
    after=test_everybody_finds_their_own_account,
    asvs="6.8.1",
    cwe=290,
    hints=[
        "Mallory has a provider of her own. Who says there that an address is verified?",
        "Addresses are given to somebody else when people leave. What does the same provider say of the next one?",
        "None stands for: log in as usual first. What must not have been written down by then?",
    ],
)
def test_a_verified_address_is_asked_about(lab, alice, mallory, draw):
    """Whoever comes for the first time, with a verified address that an account has already, is not let in, now or the
    next time: its owner is asked first.
    """
    number, email = at_house(alice, lab), f"{draw.word()}@x.example"
    assert come(mallory, lab, draw.word(), email=email, email_verified=True), (
        "Somebody with an address of their own is not let in."
    )
    attack = say_that_it_is_verified(lab)
    assert not attack.succeeded, f"Mallory's provider says that Alice's address is verified: {attack.story}"

    # Alice's is at another provider; the other one was given to somebody new at the same provider.
    for address in (alice.person.email, email):
        sub = draw.word()
        for time in ("the first time", "the second time"):
            found = come(mallory, lab, sub, email=address, email_verified=True)
            assert found is None, f"Whoever has somebody's address, verified, was let in {time} without being asked."
            assert not rows_of(lab, sub), "Nobody has been asked yet, and the table of identities has a row already."
    assert at_house(alice, lab) == number, "Mallory came with Alice's address, and Alice is in another account now."


@promise(
    points=2,
    after=test_everybody_finds_their_own_account,
    asvs="6.8.1",
    cwe=290,
    hints=[
        "A subject is unique at its issuer. Who numbers people at Mallory's provider?",
        "Which two columns make an identity? Your function is told both.",
        "An issuer is compared as it is: RFC 3986, 6.2.1 calls that simple string comparison.",
    ],
)
def test_the_same_subject_elsewhere_is_somebody_else(lab, alice, mallory, draw):
    """Whoever has Alice's subject at another issuer, however similar, has an account of their own."""
    number, sub = at_house(alice, lab), subject_of(alice, lab)
    assert come(mallory, lab, sub) != number, "At Mallory's provider she has Alice's subject, and is in her account."
    attack = have_the_same_subject(lab)
    assert not attack.succeeded, f"Mallory's provider gives her Alice's subject: {attack.story}"

    own = lab.url("mallory", "")
    for what, other in OTHER_ISSUERS.items():
        sub, owner = draw.word(), draw.word()
        lab.db.identities.insert_one({"iss": other(own), "sub": sub, "account": owner})
        found = come(mallory, lab, sub)
        assert found is not None, f"Somebody has the same subject at another issuer ({what}), and nobody else gets in."
        assert found != owner, f"The account is that of another issuer ({what}), and who has the same subject is in it."


@promise(
    points=1,
    after=test_everybody_finds_their_own_account,
    asvs="6.8.1",
    cwe=290,
    hints=[
        "A subject is a text that only its provider understands. What may one do to it before it is compared?",
        "Alice took a way in out of her account. What would lead from there to the account all the same?",
        "A number that is made of something, somebody else can make as well. `secrets` draws one.",
    ],
)
def test_a_subject_is_compared_as_it_is(lab, mallory, draw):
    """Whoever has a subject that is only similar, or that was taken out of an account, or an address that an account
    had once, has an account of their own.
    """
    own = lab.url("mallory", "")
    for what, other in NEARLY.items():
        sub = f"Te{draw.word()}"
        for theirs, hers in ((other(sub), sub), (f"{sub}-", other(f"{sub}-"))):
            owner = draw.word()
            lab.db.identities.insert_one({"iss": own, "sub": theirs, "account": owner})
            found = come(mallory, lab, hers)
            assert found is not None, f"Somebody has a similar subject ({what}), and nobody else gets in."
            assert found != owner, f"The account is that of a similar subject ({what}), and who has this one is in it."

    # Both may be new as well: whatever is done to a subject before it is written down is done to the next one, too.
    for what in ("other letters", "a blank after it", "a blank before it", "a line's end after it"):
        sub = f"Te{draw.word()}"
        first, second = come(mallory, lab, sub), come(mallory, lab, NEARLY[what](sub))
        assert first != second and first and second, (
            f"Two came for the first time, of subjects that are nearly the same ({what}), and share an account."
        )

    for name in ("preferred_username", "nickname", "username", "user_id", "oid", "upn", "email"):
        said, owner = draw.word(), draw.word()
        lab.db.identities.insert_one({"iss": own, "sub": said, "account": owner})
        found = come(mallory, lab, draw.word(), **{name: said})
        assert found not in (None, owner), (
            f"Somebody's provider says as her `{name}` what is another one's subject, and she is in that account."
        )

    sub, email = draw.word(), f"{draw.word()}@x.example"
    number = come(mallory, lab, sub, email=email, email_verified=True)
    lab.db.identities.delete_many({"iss": own, "sub": sub})
    assert come(mallory, lab, sub) not in (None, number), (
        "A way in was taken out of an account, and leads there again: the account's number is made of the identity."
    )
    lab.db.accounts.delete_one({"_id": number})
    assert come(mallory, lab, draw.word(), email=email, email_verified=True) not in (None, number), (
        "Somebody has an address that another account had, and gets that account: its number is made of the address."
    )


@promise(
    points=1,
    after=test_an_address_opens_nothing,
    asvs="6.8.1",
    cwe=290,
    hints=[
        "Somebody whom the shop knows has another address now: one that stands in Alice's account.",
        "Two questions, who it is and whether the address is taken: which one comes first, and ends it?",
    ],
)
def test_an_identity_stays_where_it_is(lab, alice, mallory, draw):
    """Whoever was here before is in their own account, also with a verified address that stands in Alice's by now."""
    number, sub = at_house(alice, lab), draw.word()
    own = come(mallory, lab, sub, email=f"{draw.word()}@x.example", email_verified=True)
    assert own not in (None, number), "Somebody came for the first time, and has no account of their own."

    for verified in (True, False, LEFT_OUT):
        found = come(mallory, lab, sub, email=alice.person.email, email_verified=verified)
        assert found != number, "Somebody whom the shop knows has Alice's address now, and is in her account."
        assert found == own, "Somebody whom the shop knows has Alice's address now, and is not in their own account."


@promise(
    points=1,
    after=test_a_newcomer_has_an_account,
    asvs="6.8.1",
    cwe=367,
    hints=[
        "Both have looked and found nothing. What happens to the second row with the same `iss` and `sub`?",
        "The store refuses it: `pymongo.errors.DuplicateKeyError`. Whose row is there then, and whose account?",
        "What one has drawn need not be what the table has. Who reads it after writing knows.",
    ],
)
def test_two_first_logins_come_to_one_account(lab, shop, browser, two_processes, draw):
    """Of two who come for the first time at the same moment, with one identity, both are in the same account."""
    other = lab.browser("at work")
    for race in ("at once", "one on the way"):
        sub = draw.word()
        plan(lab, claims={"sub": sub})
        for each in (browser, other):
            each.jar.remove("__Host-sid")
        sends = [lambda who=each: log_in(who, shop, "mallory") for each in (browser, other)]
        if race == "at once":
            at_once(lab, "identities", *sends)
        else:
            with under_way(lab, sends[0], table="identities"):
                sends[1]()

        assert {each.page.status for each in (browser, other)} == {200}, (
            "Two came at the same moment, and one is not let in."
        )
        known = {each["account"] for each in rows_of(lab, sub)}
        assert {inside(browser, lab), inside(other, lab)} == known, (
            "Two came at the same moment with one identity, and are in two accounts."
        )
