"""Link an account to one more way in, and never leave it without any.

What `link` and `unlink` promise: at a computer that others use, five minutes later, and at the same moment, by a gate
in the store. The ways in are at the tea club's provider, which says of anybody whatever a check has drawn.
"""

from contextlib import suppress
from datetime import timedelta

import pytest

from labsrv.grading import promise
from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.oidc.attacks import leave_a_tab_open, lock_her_own_door, sit_down_at_her_computer
from labsrv.labs.oidc.mallorys import plan
from labsrv.labs.oidc.moves import stopping_before
from labsrv.labs.oidc.people import account_of, link, log_in, show_again, unlink

PLACE = 8
DECIDES = ("link", "unlink")

# How long ago somebody showed who they are, in seconds.
STALE = {
    "five minutes and a second": 301,
    "five and a half minutes": 330,
    "six minutes less a second": 359,
    "half an hour": 1800,
    "an hour and a minute": 3660,
    "a day and a minute": 86_460,
    "a month": 30 * 86_400,
}

# What the login says of the session that asked: (her own session, her phone's, Bob's) → that.
NOT_IT = {
    "another device of Alice's": lambda own, phone, bobs: phone,
    "Bob": lambda own, phone, bobs: bobs,
    "a session whose id is the first half of hers": lambda own, phone, bobs: own[:32],
    "a session whose id ends as hers does": lambda own, phone, bobs: "0" + own[1:] if own[0] != "0" else "1" + own[1:],
    "a session whose id begins as hers does": lambda own, phone, bobs: own + "0",
    "a session that is over": lambda own, phone, bobs: own[::-1],
}

# Whose identity is nearly the one in question, and is another one.
NEARLY = {
    "the same subject at another issuer": lambda iss, sub: (f"{iss}.example", sub),
    "the same subject at an issuer with a slash": lambda iss, sub: (f"{iss}/", sub),
    "the same subject at an issuer in capitals": lambda iss, sub: (iss.upper(), sub),
    "the same issuer and a subject in capitals": lambda iss, sub: (iss, sub.upper()),
    "the same issuer and a longer subject": lambda iss, sub: (iss, f"{sub}0"),
    "the same issuer and a shorter subject": lambda iss, sub: (iss, sub[:-1]),
    "the same issuer and a blank more": lambda iss, sub: (iss, f"{sub} "),
    "issuer and subject the other way round": lambda iss, sub: (sub, iss),
}


def come_in(lab, *people):
    """Let people log in and show once more who they are; return their accounts."""
    accounts = []
    for each in people:
        log_in(each, lab.shop)
        show_again(each, lab.shop)
        account = account_of(each, lab.shop)
        assert account, f"{each.name} showed once more who they are, and is not logged in."
        accounts.append(account)
    return accounts


def say(lab, sub):
    """Let the tea club's provider give everybody this subject, and return the identity."""
    plan(lab, claims={"sub": sub})
    return {"iss": lab.url("mallory", ""), "sub": sub}


def begin_to_link(lab, browser):
    """Add the tea club to somebody's ways in, as far as the answer; return where that would be brought to."""
    with stopping_before(browser, lab.shop.callback) as stopped, suppress(BrowserError):
        link(browser, lab.shop, "mallory")
    assert stopped, f"{browser.name} wants to add a way in, and does not come back from the provider."
    return stopped[-1]


def bring(browser, lab, url):
    """Bring an answer to the shop, from the provider; return the page."""
    page = browser.navigate(url, from_=lab.sites["mallory"].url)
    sound(page)
    return page


def sound(*pages):
    """Look that the shop has not broken: that answers nobody."""
    for page in pages:
        assert page.exchanges[0].status < 500, "The shop broke: somebody reads an error, and neither a yes nor a no."


def said_yes(page, lab):
    """Tell whether the shop said that it was done."""
    return page.url == lab.shop.account and page.status == 200


def put(lab, account, *identities):
    """Let identities belong to an account."""
    for each in identities:
        lab.db.identities.insert_one({**each, "account": account})


def rows(lab, **wanted):
    """Return issuer, subject and account of each identity, sorted."""
    return sorted((row["iss"], row["sub"], row["account"]) for row in lab.db.identities.find(wanted))


def as_rows(account, *identities):
    """Return what rows of these identities have to say."""
    return sorted((each["iss"], each["sub"], account) for each in identities)


def nearly(identity):
    """Return the identities that are nearly this one."""
    return [dict(zip(("iss", "sub"), make(**identity), strict=True)) for make in NEARLY.values()]


def phone_of(lab, browser):
    """Return another device of somebody's."""
    phone = lab.browser("phone")
    phone.person = browser.person
    return phone


@promise()
def test_alice_adds_a_way_in(lab, shop, alice):
    """Alice shows once more who she is, adds Fakebook within five minutes, and comes in by it on her phone."""
    (account,) = come_in(lab, alice)
    lab.clock.advance(minutes=4, seconds=30)
    page = link(alice, shop, "social")
    assert said_yes(page, lab) and page.sees("Fakebook, as"), (
        f"Alice showed who she is, wants to add Fakebook 4:30 later, and is at {page.url}, answered {page.status}."
    )

    phone = phone_of(lab, alice)
    log_in(phone, shop, "social")
    assert account_of(phone, shop) == account, "Alice added Fakebook, and does not come in to her account by it."


@promise()
def test_alice_takes_one_out(lab, shop, alice, draw):
    """Alice takes the older of her two ways in out, comes in by the other, and adds the first one again."""
    (account,) = come_in(lab, alice)
    new = say(lab, draw.word())
    link(alice, shop, "mallory")
    old = lab.db.identities.find_one({"account": account, "iss": lab.url("idp", "")})
    assert old and len(rows(lab, account=account)) == 2, "Alice added a second way in, and does not have two."

    page = unlink(alice, shop, old["iss"], old["sub"])
    assert said_yes(page, lab) and rows(lab, account=account) == as_rows(account, new), (
        f"Alice took one of two ways in out. She is answered {page.status}, and has {len(rows(lab, account=account))}."
    )
    phone = phone_of(lab, alice)
    log_in(phone, shop, "mallory")
    assert account_of(phone, shop) == account, "Alice took one of two ways in out, and can't come in by the other."

    link(alice, shop, "idp")
    assert len(rows(lab, account=account)) == 2, "Alice took a way in out, and can't add it again."


@promise()
def test_what_is_nearly_the_same_is_another_one(lab, shop, alice, bob, draw):
    """Alice adds what is nearly one of Bob's ways in, and once more what is hers already: each is there, once."""
    account, bobs = come_in(lab, alice, bob)
    identity = say(lab, draw.word())
    put(lab, bobs, *nearly(identity))
    before = rows(lab)
    for time in ("", " once more"):
        page = link(alice, shop, "mallory")
        sound(page)
        assert said_yes(page, lab), f"Alice adds a way in{time} that is nearly one of Bob's, and is refused."
        assert rows(lab) == sorted(before + as_rows(account, identity)), (
            f"Alice adds a way in{time} that is nearly one of Bob's: there should be one row more, and is not."
        )


@promise(
    points=2,
    after=test_alice_adds_a_way_in,
    asvs="10.2.1",
    cwe=384,
    hints=[
        "Play `attacks.leave_a_tab_open(lab)`: who asked for the way in, and who is logged in when the answer comes?",
        "What does the login's row know of the session in which it began?",
        "Two sessions of one person are two: one of them may be open on a computer that others use.",
    ],
)
def test_it_is_linked_to_whoever_asked(lab, shop, alice, bob, mallory, draw):
    """A way in that one session asked for does not come to another, whoever is logged in there, or to nobody."""
    left = leave_a_tab_open(lab)
    assert not left.succeeded, f"Mallory left a tab open, and Alice logged in: {left.story}"

    come_in(lab, phone_of(lab, alice), alice, bob)
    phones, own, at_bobs = (row["_id"] for row in lab.db.sessions.find()[-3:])
    before = rows(lab)
    for who, other in NOT_IT.items():
        say(lab, draw.word())
        url = begin_to_link(lab, alice)
        lab.db.transactions.update_many({"link": own}, {"$set": {"link": other(own, phones, at_bobs)}})
        page = bring(alice, lab, url)
        assert not said_yes(page, lab) and rows(lab) == before, f"What {who} asked for was linked to Alice's session."

    url = begin_to_link(lab, alice)
    alice.jar.remove("__Host-sid")
    bring(alice, lab, url)
    assert rows(lab) == before, "Alice's session was over when the answer came, and something was linked all the same."


@promise(
    points=2,
    after=test_alice_adds_a_way_in,
    asvs="7.5.1",
    cwe=306,
    hints=[
        "Play `attacks.sit_down_at_her_computer(lab)`. Who asked Mallory for anything?",
        "`proved_at` may be None. When? Look at `let_in` in labsrv/labs/oidc/site.py.",
        "Compare two moments. How many seconds has a `timedelta` of a day and a minute?",
    ],
)
def test_alice_has_to_show_who_she_is(lab, alice, draw, restart_shop):
    """Nothing is linked where somebody showed who they are more than five minutes ago, or never was asked to."""
    left = sit_down_at_her_computer(lab)
    assert not left.succeeded, f"Mallory sat down at Alice's computer ten minutes later: {left.story}"

    come_in(lab, alice)
    own, before = lab.db.sessions.find()[-1]["_id"], rows(lab)
    # The shop's time stands still from now on, a little later than it is elsewhere.
    now = (lab.clock.now() + timedelta(seconds=30)).replace(microsecond=0)
    restart_shop(at=now.timestamp())
    for ago, seconds in STALE.items():
        say(lab, draw.word())
        url = begin_to_link(lab, alice)
        lab.db.sessions.update_one({"_id": own}, {"$set": {"proved_at": now - timedelta(seconds=seconds)}})
        page = bring(alice, lab, url)
        assert not said_yes(page, lab) and rows(lab) == before, (
            f"Somebody showed {ago} ago who they are, and could add a way in."
        )

    lab.db.sessions.update_one({"_id": own}, {"$set": {"proved_at": None}})
    page = bring(alice, lab, begin_to_link(lab, alice))
    assert not said_yes(page, lab) and rows(lab) == before, (
        "The provider let Alice through without a word, and that was enough to add a way in."
    )
    lab.db.sessions.update_one({"_id": own}, {"$set": {"proved_at": now - timedelta(seconds=299)}})
    assert said_yes(bring(alice, lab, begin_to_link(lab, alice)), lab), (
        "Alice showed 4:59 ago who she is, and can't add a way in."
    )


@promise(
    points=2,
    after=test_what_is_nearly_the_same_is_another_one,
    asvs="6.8.1",
    cwe=639,
    hints=[
        "Let Bob add a way in, and then Alice the same one. Whose is it, by the rows?",
        "What does `insert_one` do where there is an index that lets no two rows be alike?",
        "False means that it is not this account's. How does your function know whose it is?",
    ],
)
def test_nobody_loses_a_way_in(lab, shop, alice, bob, draw):
    """Alice wants to add what Bob comes in by: she is refused as often as she asks, and it stays Bob's."""
    account, bobs = come_in(lab, alice, bob)
    others = [say(lab, draw.word()) for _ in range(2)]
    identity = say(lab, draw.word())
    put(lab, account, others[0])
    put(lab, bobs, identity)
    put(lab, account, others[1])
    before = rows(lab)
    for _ in range(2):
        page = link(alice, shop, "mallory")
        sound(page)
        assert rows(lab, account=bobs) == [row for row in before if row[2] == bobs], "Alice took a way in from Bob."
        assert rows(lab) == before, "Alice wanted what is Bob's, and the table is another one now."
        assert not said_yes(page, lab), "Alice wanted what is Bob's, and was told that it is hers."

    log_in(bob, shop, "mallory")
    assert account_of(bob, shop) == bobs, "Alice wanted Bob's way in, and Bob does not come in by it any more."


@promise(
    points=2,
    after=test_nobody_loses_a_way_in,
    asvs="6.8.1",
    cwe=367,
    hints=[
        "Two ask at the same moment. What does each of them find in the table, and what does each write then?",
        "Which operation of the table judges and writes at once?",
        "Ask whose it is when it has been written, and catch one kind of error only.",
    ],
)
@pytest.mark.parametrize("held", [0, 1, 2], ids=["step by step", "one after its first step", "one after its second"])
def test_of_two_who_ask_at_once_one_gets_it(lab, shop, alice, bob, draw, two_processes, held):
    """Of Alice and Bob, who ask for the same one at the same moment, one gets it at most, and nobody reads an error."""
    accounts = dict(zip(("alice", "bob"), come_in(lab, alice, bob), strict=True))
    identity = say(lab, draw.word())
    urls = {who: begin_to_link(lab, who) for who in (alice, bob)}
    pages = {}

    def end(who):
        pages[who.name] = who.navigate(urls[who], from_=lab.sites["mallory"].url)

    if held:
        with under_way(lab, lambda: end(alice), table="identities", look=held):
            end(bob)
    else:
        at_once(lab, "identities", lambda: end(alice), lambda: end(bob))

    sound(*pages.values())
    found = rows(lab, **identity)
    assert len(found) <= 1, f"Two asked for one identity at the same moment, and there are {len(found)} rows of it."
    for name, page in pages.items():
        assert not said_yes(page, lab) or found == as_rows(accounts[name], identity), (
            "Two asked for one identity at the same moment, and one was told yes whose it is not."
        )


@promise(
    points=2,
    after=test_alice_takes_one_out,
    asvs="8.2.2",
    cwe=639,
    hints=[
        "Play `attacks.take_out_alices_way_in(lab)`: what stands in the form, and who wrote it?",
        "How many columns does a row have? Which of them did you not compare?",
        "What is the answer where nothing was taken out?",
    ],
)
def test_only_ones_own_is_taken_out(lab, shop, alice, mallory, draw):
    """Mallory takes out what is hers and nothing else, whatever she writes into the form, and reads no otherwise."""
    account, hers = come_in(lab, alice, mallory)
    identity = say(lab, draw.word())
    put(lab, account, identity, say(lab, draw.word()))
    put(lab, hers, say(lab, draw.word()))
    before = rows(lab)
    wrong = {"Alice's": identity}
    wrong |= {f"what is nobody's, {words}": each for words, each in zip(NEARLY, nearly(identity), strict=True)}
    wrong["nothing at all"] = {"iss": "", "sub": ""}
    for words, sent in wrong.items():
        page = unlink(mallory, shop, sent["iss"], sent["sub"])
        sound(page)
        assert rows(lab) == before, f"Mallory wrote {words} into the form, and a way in is gone that is not hers."
        assert not said_yes(page, lab), f"Mallory wrote {words} into the form, and was told that it was taken out."

    # Now what is nearly Alice's is somebody's: every second is Mallory's, the others are Alice's.
    others = nearly(identity)
    put(lab, hers, *others[::2])
    put(lab, account, *others[1::2])
    left = rows(lab)
    for words, sent in zip(NEARLY, others, strict=True):
        page = unlink(mallory, shop, sent["iss"], sent["sub"])
        sound(page)
        left = [row for row in left if row not in as_rows(hers, sent)]
        assert rows(lab) == left, (
            f"Mallory takes out one of hers, or asks for one of Alice's: {words}. Others are gone."
        )


@promise(
    points=1,
    after=test_alice_takes_one_out,
    asvs="6.8.1",
    cwe=1322,
    hints=[
        "Take out all of Alice's ways in. How does she come in then?",
        "Whose ways in does your function count?",
    ],
)
def test_the_last_way_in_stays(lab, shop, alice, bob, draw):
    """Whoever takes out one way in after another keeps one, as it was."""
    left = lock_her_own_door(lab)
    assert not left.succeeded, f"Alice took out her only way in: {left.story}"

    account, _ = come_in(lab, alice, bob)
    put(lab, account, *(say(lab, draw.word()) for _ in range(2)))
    # The newest first: which of them stays is their owner's choice.
    ways = [(row["iss"], row["sub"], account) for row in lab.db.identities.find({"account": account})][::-1]
    for iss, sub, _ in ways[:-1]:
        assert said_yes(unlink(alice, shop, iss, sub), lab), "Alice has more than one way in, and can't take one out."
    for iss, sub, _ in (ways[-1], ways[0], ways[-1]):
        page = unlink(alice, shop, iss, sub)
        sound(page)
        assert rows(lab, account=account) == ways[-1:], "Alice took out her last way in, and it is not there as it was."
        assert not said_yes(page, lab), "Alice is told that her last way in was taken out."


@promise(
    points=2,
    after=test_the_last_way_in_stays,
    asvs="6.8.1",
    cwe=367,
    hints=[
        "Alice has two ways in, and takes out both at the same moment. How many does each of the two count?",
        "Whoever counts first and takes out afterwards has counted what somebody else is taking out.",
        "What was taken out can be put back. Which operation returns what it takes out?",
    ],
)
@pytest.mark.parametrize("held", [0, 1, 2], ids=["step by step", "one after its first step", "one after its second"])
def test_of_all_at_once_one_stays(lab, shop, alice, draw, two_processes, held):
    """Of two ways in that are taken out at the same moment, one stays, as it was; and nobody reads an error."""
    (account,) = come_in(lab, alice)
    put(lab, account, say(lab, draw.word()))
    ways = rows(lab, account=account)
    phone = phone_of(lab, alice)
    log_in(phone, shop)
    pages = []

    def take_out(browser, way):
        pages.append(unlink(browser, shop, way[0], way[1]))

    if held:
        with under_way(lab, lambda: take_out(alice, ways[0]), table="identities", look=held):
            take_out(phone, ways[1])
    else:
        at_once(lab, "identities", lambda: take_out(alice, ways[0]), lambda: take_out(phone, ways[1]))

    sound(*pages)
    found = rows(lab, account=account)
    assert found, "Two ways in were taken out at the same moment, and there is none any more."
    assert all(each in ways for each in found) and len(set(found)) == len(found), "What was put back is not as it was."
    assert sum(said_yes(page, lab) for page in pages) == len(ways) - len(found), (
        "Two ways in were taken out at the same moment, and what was said of them is not so."
    )
