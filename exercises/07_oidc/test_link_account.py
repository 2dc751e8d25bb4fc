"""Let nobody else into an account, and nobody be locked out of theirs.

What `link` and `unlink` promise about the session, the moment, other people's ways in, and the last one.
"""

from datetime import UTC, datetime, timedelta

from labsrv.grading import Answer, promise
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.oidc.attacks import (
    leave_a_tab_open,
    lock_her_own_door,
    sit_down_at_her_computer,
    take_out_alices_way_in,
)
from labsrv.labs.oidc.mallorys import plan
from labsrv.labs.oidc.people import account_of, is_logged_in, link, log_in, log_out, show_again, unlink

PLACE = 8
DECIDES = ("link", "unlink")

# What the login says of the session that asked for a link, where this one has another number.
ASKED_BY = {
    "no session": lambda number: None,
    "nothing": lambda number: "",
    "another session": lambda number: number[::-1],
    "its first half": lambda number: number[:32],
    "its second half": lambda number: number[32:],
    "its first character": lambda number: number[0],
    "one character more": lambda number: f"{number}0",
    "another last character": lambda number: number[:-1] + ("b" if number[-1] == "a" else "a"),
    "another first character": lambda number: ("b" if number[0] == "a" else "a") + number[1:],
    "capital letters": lambda number: number.upper(),
    "a blank more": lambda number: f"{number} ",
}
# How long ago somebody showed who they are; None: never.
TOO_LONG_AGO = {
    "never": None,
    "five minutes ago": timedelta(minutes=5),
    "five minutes and a second ago": timedelta(minutes=5, seconds=1),
    "six minutes ago": timedelta(minutes=6),
    "an hour and a second ago": timedelta(hours=1, seconds=1),
    "a day and a second ago": timedelta(days=1, seconds=1),
    "a week ago": timedelta(days=7),
    "a year and a minute ago": timedelta(days=365, minutes=1),
}
# Ways in that are not the one that is meant.
OTHER_WAYS = {
    "the same subject at another issuer": lambda iss, sub: (f"{iss}/", sub),
    "the same subject at the house's": lambda iss, sub: (iss.replace("mallory", "idp"), sub),
    "another subject": lambda iss, sub: (iss, f"{sub}1"),
    "a subject in other letters": lambda iss, sub: (iss, sub.swapcase()),
    "the beginning of the subject": lambda iss, sub: (iss, sub[:-1]),
    "no subject": lambda iss, sub: (iss, ""),
    "no issuer": lambda iss, sub: ("", sub),
    "both the other way round": lambda iss, sub: (sub, iss),
}


def add(browser, lab, sub):
    """Show the shop who one is, and add what Mallory's provider calls `sub`; return the status of the answer."""
    plan(lab, claims={"sub": sub})
    show_again(browser, lab.shop)
    return link(browser, lab.shop, "mallory").status


def come_by(browser, lab, sub):
    """Log in from elsewhere as what Mallory's provider calls `sub`; return the number of the account."""
    plan(lab, claims={"sub": sub})
    log_in(browser, lab.shop, "mallory")
    return account_of(browser, lab.shop)


def enter(browser, lab):
    """Log in at the house's provider; return the number of the account."""
    log_in(browser, lab.shop)
    assert is_logged_in(browser, lab.shop), "Somebody logged in, and is not in their account."
    return account_of(browser, lab.shop)


def ways(lab, account):
    """Return the ways into an account."""
    return {(row["iss"], row["sub"]) for row in lab.db.identities.find({"account": account})}


def have(lab, account, iss, sub):
    """Let an account have a way in."""
    lab.db.identities.insert_one({"iss": iss, "sub": sub, "account": account})


def must_be_refused(decision, session, asked_by, identity, now, what):
    """Check that nothing is linked: the table here is empty, and what is put into it is gone."""
    answer = decision.link(decision.EMPTY_TABLE, session, {"link": asked_by}, identity, now)
    assert answer == Answer(False), f"{what}: `link` should return False, and it was {answer}."


@promise()
def test_alice_adds_a_way_in(lab, shop, alice, browser, draw):
    """Alice shows who she is, adds another way in, and comes to her account by it as well as by the first one, also if
    somebody else has the same subject elsewhere.
    """
    number, sub = enter(alice, lab), draw.word()
    have(lab, draw.word(), lab.url("social", ""), sub)
    add(alice, lab, sub)

    assert (lab.url("mallory", ""), sub) in ways(lab, number), "Alice added a way in, and it is not in the table."
    assert come_by(browser, lab, sub) == number, "Alice comes by the way in that she added, to another account."
    log_out(alice, shop)
    assert enter(alice, lab) == number, "Alice added a way in, and the first one leads elsewhere."


@promise()
def test_alice_has_almost_five_minutes(lab, shop, alice, draw):
    """Alice, who showed who she is almost five minutes ago, adds a way in."""
    number, sub = enter(alice, lab), draw.word()
    show_again(alice, shop)
    lab.clock.advance(seconds=draw.randint(285, 292))
    plan(lab, claims={"sub": sub})
    link(alice, shop, "mallory")

    assert (lab.url("mallory", ""), sub) in ways(lab, number), "Alice showed who she is, and could not add a way in."


@promise()
def test_alice_takes_one_out(lab, shop, alice, browser, draw):
    """Alice, who has three ways in, takes out one after the other, and the third one still leads to her account."""
    number, subs, iss = enter(alice, lab), [draw.word(), draw.word()], lab.url("mallory", "")
    for sub in subs:
        have(lab, number, iss, sub)
    for sub in subs:
        page = unlink(alice, shop, iss, sub)
        assert page.status == 200, f"Alice took one of several ways in out, and was answered {page.status}."
        assert (iss, sub) not in ways(lab, number), "Alice took a way in out, and it is still there."

    assert come_by(browser, lab, subs[0]) != number, "A way in was taken out, and leads to the account."
    log_out(alice, shop)
    assert enter(alice, lab) == number, "Alice kept one way in, and it leads elsewhere."


@promise(
    points=2,
    after=test_alice_adds_a_way_in,
    asvs="10.2.1",
    cwe=352,
    hints=[
        "Mallory began it, Alice's browser ends it. Which of your arguments says who asked?",
        "Compare `transaction['link']` with the session's `_id`. What if both are nothing?",
        "Two sessions of one account are two: a session that has ended meanwhile asked for nothing any more.",
    ],
)
def test_who_asked_gets_it(lab, decision, draw):
    """A way in is added only where the very session that asked for it brings the answer."""
    attack = leave_a_tab_open(lab)
    assert not attack.succeeded, f"Mallory began to add a way in, and Alice ended it: {attack.story}"

    now = datetime.now(UTC).replace(microsecond=0)
    number, identity = f"a{draw.getrandbits(244):061x}bc", {"iss": f"https://{draw.word()}.example", "sub": draw.word()}
    session = {"_id": number, "account": draw.word(), "proved_at": now}
    for what, say in ASKED_BY.items():
        must_be_refused(decision, session, say(number), identity, now, f"In the place of this session {what} asked")
    for asked_by in (None, number):
        must_be_refused(decision, None, asked_by, identity, now, "Nobody is logged in")
    must_be_refused(decision, session, session["account"], identity, now, "Another session of the account asked")


@promise(
    points=2,
    after=test_alice_adds_a_way_in,
    asvs="7.5.1",
    cwe=306,
    hints=[
        "Alice went for tea and left her browser open. Who is sitting there now?",
        "`now - session['proved_at']` is a `timedelta`: compare it with one. Its `.seconds` leave the days out.",
        "What is there to subtract where somebody has never been asked?",
    ],
)
def test_who_adds_one_has_just_shown_who_they_are(lab, decision, draw):
    """A way in is added only where somebody showed who they are less than five minutes ago."""
    attack = sit_down_at_her_computer(lab)
    assert not attack.succeeded, f"Mallory sat down at Alice's computer: {attack.story}"

    now = datetime.now(UTC).replace(microsecond=0)
    number, identity = f"{draw.getrandbits(256):064x}", {"iss": f"https://{draw.word()}.example", "sub": draw.word()}
    for what, ago in TOO_LONG_AGO.items():
        session = {"_id": number, "account": draw.word(), "proved_at": None if ago is None else now - ago}
        must_be_refused(decision, session, number, identity, now, f"Somebody showed who they are {what}")


@promise(
    points=2,
    after=test_alice_adds_a_way_in,
    asvs="6.8.1",
    cwe=639,
    hints=[
        "Bob comes in by this identity already. What does an upsert do with his row?",
        "The store keeps no two rows with one `iss` and `sub`: `insert_one` raises `DuplicateKeyError` then.",
        "Whose row is there afterwards? That is the answer to the question.",
    ],
)
def test_what_is_bobs_stays_his(lab, alice, browser, draw):
    """An identity that leads to another account is not added, and leads there as before."""
    number, sub = enter(alice, lab), draw.word()
    bobs = come_by(browser, lab, sub)
    for _ in range(2):
        status = add(alice, lab, sub)
        assert (lab.url("mallory", ""), sub) in ways(lab, bobs), "Alice added Bob's way in: it is not his any more."
        assert (lab.url("mallory", ""), sub) not in ways(lab, number), "Bob's way in is in the table twice."
        assert status == 409, f"Alice added Bob's way in, and was answered {status}, and not 409."

    assert come_by(browser, lab, sub) == bobs, "Bob comes by his way in, to another account."
    assert account_of(alice, lab.shop) == number, "Alice asked for Bob's way in, and is not in her account any more."


@promise(
    points=1,
    after=test_what_is_bobs_stays_his,
    asvs="6.8.1",
    cwe=367,
    hints=[
        "Both have looked, and the identity was nobody's. Who writes second, and what is he told?",
        "Let the table decide: its index lets one of two rows in. Then look whose it is.",
    ],
)
def test_of_two_who_add_it_one_has_it(lab, shop, alice, bob, two_processes, draw):
    """Of two who add one identity to two accounts at the same moment, one at most is told that it is theirs."""
    numbers = {person: enter(person, lab) for person in (alice, bob)}
    for race in ("at once", "one on the way"):
        sub = draw.word()
        plan(lab, claims={"sub": sub})
        for person in numbers:
            show_again(person, shop)
        sends = [lambda who=each: link(who, shop, "mallory") for each in numbers]
        if race == "at once":
            at_once(lab, "identities", *sends)
        else:
            with under_way(lab, sends[0], table="identities"):
                sends[1]()

        statuses = {person: person.page.status for person in numbers}
        assert set(statuses.values()) <= {200, 409}, f"Two added one identity: {sorted(statuses.values())}."
        for person, status in statuses.items():
            own = (lab.url("mallory", ""), sub) in ways(lab, numbers[person])
            assert own or status == 409, "Two added one identity; one was told that it is theirs, and the other has it."


@promise(
    points=1,
    after=test_alice_takes_one_out,
    asvs="8.2.2",
    cwe=639,
    hints=[
        "The form says which identity. Who fills the form in?",
        "Your function is told the account. What does it do with it?",
    ],
)
def test_only_ones_own_is_taken_out(lab, shop, alice, mallory, draw):
    """A way in is taken out of one's own account only, and only the one that is meant."""
    attack = take_out_alices_way_in(lab)
    assert not attack.succeeded, f"Mallory took out Alice's way in: {attack.story}"

    number, iss, sub, theirs = enter(mallory, lab), lab.url("mallory", ""), f"Te{draw.word()}", draw.word()
    have(lab, theirs, iss, sub)
    have(lab, theirs, iss, draw.word())
    others = {what: say(iss, sub) for what, say in OTHER_WAYS.items()}
    for each in others.values():
        have(lab, number, *each)
    before = lab.db.identities.find()
    assert unlink(mallory, shop, iss, sub).status == 409, "Somebody took out what is another account's."
    assert lab.db.identities.find() == before, "Somebody took out what is another account's, and rows are others now."

    lab.db.identities.delete_many({"account": theirs})
    have(lab, number, iss, sub)
    unlink(mallory, shop, iss, sub)
    for what, each in others.items():
        assert each in ways(lab, number), f"Somebody took a way in out, and another one went along: {what}."


@promise(
    points=1,
    after=test_alice_takes_one_out,
    asvs="6.8.1",
    cwe=1322,
    hints=[
        "There are no passwords here. What is left to somebody who has taken out the last one?",
        "How many ways in has this account, and not the table?",
        "What does the form name where it names something that is not there?",
    ],
)
def test_the_last_one_stays(lab, shop, alice, bob, draw):
    """The last way into an account is not taken out, whatever other accounts have, and whatever was asked before."""
    enter(bob, lab)
    attack = lock_her_own_door(lab)
    assert not attack.succeeded, f"The last way into an account was taken out: {attack.story}"

    number, iss, sub = account_of(alice, shop), lab.url("mallory", ""), draw.word()
    own = ways(lab, number)
    have(lab, number, iss, sub)
    unlink(alice, shop, iss, sub)
    assert ways(lab, number) == own, "One of two ways in was taken out, and the table has not the other one."
    for gone in ((iss, sub), (iss, draw.word()), *own):
        page = unlink(alice, shop, *gone)
        assert page.status == 409, f"What is not there, or is the last one, was taken out: {page.status}."
        assert ways(lab, number) == own, "What is not there, or is the last one, was taken out."
    log_out(alice, shop)
    assert enter(alice, lab) == number, "The last way in was to stay, and leads elsewhere."


@promise(
    points=1,
    after=test_the_last_one_stays,
    asvs="6.8.1",
    cwe=367,
    hints=[
        "Two tabs, two ways in, one click each. Both have counted two before either has taken anything out.",
        "Count afterwards as well: what does whoever finds nothing left put back?",
        "The shop runs in two processes here: a lock holds in one of them only.",
    ],
)
def test_of_two_that_are_taken_out_one_stays(lab, shop, alice, two_processes, draw):
    """Of two ways in that are taken out at the same moment, one stays at least."""
    number, iss = enter(alice, lab), lab.url("mallory", "")
    other = lab.browser("another tab")
    other.jar.put(alice.jar.get("__Host-sid"))
    (first,) = ways(lab, number)
    for race in (0, 1, 2, 3):
        have(lab, number, iss, draw.word())
        both = sorted(ways(lab, number), reverse=bool(race % 2))
        tabs = zip((alice, other), both, strict=True)
        sends = [lambda tab=tab, way=way: unlink(tab, shop, *way) for tab, way in tabs]
        if race:
            with under_way(lab, sends[0], table="identities", look=race):
                sends[1]()
        else:
            at_once(lab, "identities", *sends)

        statuses = sorted(each.page.status for each in (alice, other))
        assert set(statuses) <= {200, 409}, f"Two ways in were taken out at once, and the answers were {statuses}."
        assert ways(lab, number), "Two ways in were taken out at once, and nobody gets into that account any more."
        lab.db.identities.delete_many({"account": number})
        have(lab, number, *first)
