"""Make a link that only its mailbox knows.

What `issue_link` promises, by those who do not have the mail.
"""

import base64
import math

from labsrv.grading import Answer, promise
from labsrv.labs.passwordless.moves import link_for, token_of
from labsrv.labs.passwordless.people import ask_for_link, follow, is_logged_in, log_in_by_link

PLACE = 1
DECIDES = ("issue_link",)
MANY = 2000
BITS = 128
BATCH, MOST_TAPE = range(256), 2048  # bits
RUN = 10  # characters of a token: nobody meets them in another text by chance


def asked(lab, decision, who):
    """Return what `issue_link` is called with when somebody asks at this moment."""
    return decision.EMPTY_TABLE, who.person.name, "the-fingerprint-of-a-browser", lab.clock.now()


def drawn(decision, args, many=MANY):
    """Return the tokens of many links of one user that are asked for at one moment."""
    answer = decision.often("issue_link", many, *args)
    assert isinstance(answer, Answer), f"`issue_link` failed: {answer}"
    assert all(isinstance(each, str) and each for each in answer.value), "A token is not a string, or an empty one."
    return answer.value


def bits_of(tokens):
    """Return how many bits could tell these tokens apart: for each place, how many characters were seen there."""
    longest = max(map(len, tokens))
    columns = zip(*(each.ljust(longest, "~") for each in tokens), strict=True)
    return sum(math.log2(len(set(column))) for column in columns)


def bits_used(decision, args, seed):
    """Return how many bits of what the system's generator gives make a difference in a token, up to what is asked for.

    None where it is not asked, or where a token is another one each time all the same.
    """
    used = 0
    for begin in range(0, MOST_TAPE, len(BATCH)):
        answer = decision.by_tape("issue_link", seed, [-1, -1, *(begin + bit for bit in BATCH)], *args)
        assert isinstance(answer, Answer), f"`issue_link` failed: {answer}"
        (same, again, *tokens), taken = answer.value
        if not taken or same != again:
            return 8 * taken or None
        used += sum(each != same for each in tokens)
        if used >= BITS or begin + len(BATCH) >= 8 * taken:
            break
    return used


def texts_in(value):
    """Yield everything in a row that can be read, as text."""
    if isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        yield "".join(map(str, value))
        for each in value:
            yield from texts_in(each)
    else:
        yield value.decode("latin-1") if isinstance(value, bytes) else str(value)


def traces(token):
    """Yield what a token looks like that was kept readably, whole or in part."""
    for spelt in (token, token[::-1], token.encode().hex(), base64.b64encode(token.encode()).decode().rstrip("=")):
        for at in range(len(spelt) - RUN + 1):
            yield spelt[at : at + RUN].casefold()


@promise()
def test_the_link_lets_alice_in(lab, shop, alice):
    """Alice asks for a link, follows it, and is logged in."""
    log_in_by_link(alice, lab)

    assert is_logged_in(alice, shop), "Alice followed the link in her mail, and is not let in."


@promise()
def test_nine_minutes_are_enough(lab, shop, alice):
    """When the ten minutes are nearly over, the link still lets Alice in."""
    ask_for_link(alice, shop)
    lab.clock.advance(minutes=9, seconds=45)
    follow(alice, link_for(lab, alice))

    assert is_logged_in(alice, shop), "Before its ten minutes are over, the link lets Alice in no longer."


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
        "A hash is as hard to guess as what went into it: count the random bits that did.",
        "128 bits are 16 bytes; Python's `secrets` itself takes 32 bytes. Nothing else need go into the token.",
    ],
)
def test_nobody_can_work_the_token_out(lab, alice, decision, restart_shop, draw):
    """Tokens have 128 random bits or more, and none comes twice, not even from two processes at one moment."""
    args = asked(lab, decision, alice)
    found = drawn(decision, args)
    assert len(set(found)) == len(found), "Links that one user asks for at one moment have the same token."
    bits = bits_of(found)
    assert bits >= BITS, (
        f"What differs between the tokens of one user amounts to {bits:.0f} bits, and {BITS} are wanted. "
        "(A random UUID has 122.)"
    )
    used = bits_used(decision, args, draw.randbytes(8))
    assert used is None or used >= BITS, (
        f"A token is made of {used} random bits: however it looks, that is how many there are to guess."
    )

    moment = lab.clock.time()
    one, other = (set(drawn(restart_shop(at=moment), args)) for _ in range(2))
    assert not one & other, (
        "Two processes of the shop, asked at the same moment, make the same tokens: so does whoever knows the moment."
    )
    copies = decision.in_copies("issue_link", 100, *args).value
    assert len({each for copy in copies for each in copy}) == 100 * len(copies), (
        "Two processes that a server forked after the import make the same tokens."
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
    known = "\n".join(texts_in(lab.db.dump())).casefold()
    ask_for_link(alice, shop)
    token = token_of(link_for(lab, alice))
    kept = "\n".join(texts_in(lab.db.dump())).casefold()

    found = [trace for trace in traces(token) if trace in kept and trace not in known]
    assert not found, f"The token that Alice got, {token}, or a part of it stands in the store: {found[0]!r}."


@promise(
    points=1,
    after=test_nine_minutes_are_enough,
    asvs="6.5.5",
    cwe=613,
    hints=[
        "For how long does a mail lie open on a screen?",
        "The rule (ASVS 6.5.5): what was sent lasts ten minutes at the most. What does the row's `expires_at` say?",
        "Count from `now`, which knows its time zone; `datetime.now()` does not, and is hours off in most places.",
    ],
)
def test_after_ten_minutes_it_is_over(lab, shop, alice):
    """Ten minutes after she asked, the link lets nobody in."""
    ask_for_link(alice, shop)
    lab.clock.advance(minutes=10, seconds=1)
    follow(alice, link_for(lab, alice))

    assert not is_logged_in(alice, shop), (
        "After more than ten minutes the link still lets one in: its row says that it holds for longer."
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
def test_a_newer_link_makes_older_ones_void(lab, shop, alice, mallory):
    """When Alice has asked again, the links from before let nobody in, in no browser; the newest does."""
    ask_for_link(mallory, shop, alice.person.email)
    ask_for_link(alice, shop)
    older = list(zip((mallory, alice), (mail.links[0] for mail in lab.mail.inbox(alice)), strict=True))
    for seconds in (0, 20):
        lab.clock.advance(seconds=seconds)
        ask_for_link(alice, shop)
        for browser, link in older:
            follow(browser, link)
            assert not is_logged_in(browser, shop, as_=alice), "Alice asked again, and an older link still lets one in."
        older.append((alice, link_for(lab, alice)))

    follow(alice, link_for(lab, alice))
    assert is_logged_in(alice, shop), "Of several links the newest does not let Alice in."
