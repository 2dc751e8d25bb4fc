"""Make a link that only its mailbox knows.

What `issue_link` promises, by those who do not have the mail.
"""

from string import hexdigits

from labsrv.grading import promise
from labsrv.labs.passwordless.moves import link_for, token_of
from labsrv.labs.passwordless.people import ask_for_link, follow, is_logged_in, log_in_by_link

PLACE = 1
DECIDES = ("issue_link",)
ROUNDS = 4
BITS = 128


def tokens(lab, rounds=ROUNDS):
    """Have everybody ask for links, and return the tokens that come."""
    found = []
    for _ in range(rounds):
        for name in lab.people:
            who = lab.browser(name)
            ask_for_link(who, lab.shop)
            found.append(token_of(link_for(lab, who)))
    return found


def random_bits(found):
    """Return how many bits tokens have at most: for each place that varies four if they are hex, and six if not."""
    longest = max(map(len, found))
    columns = [set(column) - {" "} for column in zip(*(each.rjust(longest) for each in found), strict=True)]
    drawn = [column for column in columns if len(column) > 1]
    return len(drawn) * (4 if set().union(*drawn) <= set(hexdigits) else 6)


@promise()
def test_the_link_lets_alice_in(lab, shop, alice):
    """Alice asks for a link, follows it, and is logged in."""
    log_in_by_link(alice, lab)

    assert is_logged_in(alice, shop), "Alice followed the link in her mail, and is not let in."


@promise()
def test_nine_minutes_are_enough(lab, shop, alice):
    """Nine minutes after she asked, the link still lets Alice in."""
    ask_for_link(alice, shop)
    lab.clock.advance(minutes=9)
    follow(alice, link_for(lab, alice))

    assert is_logged_in(alice, shop), "After nine minutes the link is over already."


@promise()
def test_bobs_link_is_bobs(lab, shop, alice, bob):
    """Bob asks for a link, then Alice does, and Bob's still lets him in."""
    ask_for_link(bob, shop)
    ask_for_link(alice, shop)
    follow(bob, link_for(lab, bob))

    assert is_logged_in(bob, shop), "Alice asked for a link, and Bob's is over."


@promise(
    points=2,
    after=test_the_link_lets_alice_in,
    asvs="6.5.3",
    cwe=340,
    hints=[
        "Ask twice for a link in one second, and compare the tokens.",
        "What goes into the token, and which of it does Mallory not know?",
        "Read the documentation of Python's module `secrets`: how many bytes does it advise?",
    ],
)
def test_nobody_can_work_the_token_out(lab, restart_shop):
    """Tokens have 128 random bits or more, and none comes twice, not even from two processes at one moment."""
    found = tokens(lab)
    assert len(set(found)) == len(found), "A token came twice."
    bits = random_bits(found)
    assert bits >= BITS, f"A token has {bits} random bits at most, and {BITS} are wanted. (A random UUID has 122.)"

    lab.clock.advance(minutes=16)  # so that mails come again
    moment, twice = lab.clock.time(), []
    for _ in range(2):
        restart_shop(at=moment)
        twice.append(set(tokens(lab, rounds=1)))
    assert not twice[0] & twice[1], (
        "Two processes of the shop, asked at the same moment, make the same tokens: so does whoever knows the moment."
    )


@promise(
    points=1,
    after=test_the_link_lets_alice_in,
    asvs="6.5.2",
    cwe=312,
    hints=[
        "Look at the table `links` while a link is out. What does a thief of it have?",
        "By what does the shop know the link again? Does it need more?",
    ],
)
def test_the_store_does_not_know_the_token(lab, shop, alice):
    """Nothing in the store holds the token, or a part of it that would do."""
    ask_for_link(alice, shop)
    token = token_of(link_for(lab, alice))
    kept = repr(lab.db.dump())

    assert token not in kept and token[2:-2] not in kept, "The token that Alice got stands in the store."
    assert token[::-1] not in kept, "The token that Alice got stands in the store, backwards."


@promise(
    points=1,
    after=test_nine_minutes_are_enough,
    asvs="6.5.5",
    cwe=613,
    hints=[
        "For how long does a mail lie open on a screen?",
        "Compare the row's `expires_at` with what ASVS 6.5.5 allows.",
        "Count from `now`, which knows its time zone; `datetime.now()` does not, and is hours off in most places.",
    ],
)
def test_after_ten_minutes_it_is_over(lab, shop, alice):
    """Ten minutes after she asked, the link lets nobody in."""
    ask_for_link(alice, shop)
    lasts = (lab.db.links.find_one({})["expires_at"] - lab.clock.now()).total_seconds() / 60
    lab.clock.advance(minutes=10, seconds=5)
    follow(alice, link_for(lab, alice))

    assert not is_logged_in(alice, shop), (
        f"After more than ten minutes the link still lets one in: its row says that it holds for {lasts:.0f} minutes."
    )


@promise(
    points=2,
    after=test_the_link_lets_alice_in,
    asvs="6.6.2",
    cwe=613,
    hints=[
        "Alice asks three times, since the mail is slow. How many keys are there?",
        "Which rows of `links` are this user's?",
    ],
)
def test_a_newer_link_makes_older_ones_void(lab, shop, alice):
    """When Alice has asked again, the links from before let nobody in; the newest does."""
    for _ in range(3):
        ask_for_link(alice, shop)
        lab.clock.advance(seconds=20)
    *older, newest = (mail.links[0] for mail in lab.mail.inbox(alice))
    for link in older:
        follow(alice, link)
        assert not is_logged_in(alice, shop), "Alice asked again, and an older link still lets one in."

    follow(alice, newest)
    assert is_logged_in(alice, shop), "Of several links the newest does not let Alice in."
