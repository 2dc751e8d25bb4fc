"""Keep mailboxes from being filled.

What `may_send` promises, by those who ask too often. Requests at the same moment meet in the store, so that the
race comes out the same in every run.
"""

import pytest

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once
from labsrv.labs.passwordless.attacks_on_codes import code_for
from labsrv.labs.passwordless.people import ask_for_code, ask_for_link, challenge, enter_code, is_logged_in

PLACE = 7
DECIDES = ("may_send",)
PER_ADDRESS, PER_SOURCE = 5, 20


def bots(lab, many):
    """Return browsers, each at an address of its own."""
    return [lab.browser(f"bot-{number}") for number in range(many)]


def letters(lab, *people):
    """Return how many mails came for these people."""
    return sum(len(lab.mail.inbox(each)) for each in people)


def at(browser, address):
    """Put a browser at another address."""
    browser.address = browser.network.address = address
    return browser


def spray(browser, shop, draw, times):
    """Ask for mails to addresses that nobody has."""
    for _ in range(times):
        ask_for_link(browser, shop, f"{draw.word()}@post.localhost")


@promise()
def test_five_mails_come(lab, shop, alice):
    """Alice asks five times, five mails come, and the code in the last one lets her in."""
    for _ in range(PER_ADDRESS):
        ask_for_code(alice, shop)
    assert letters(lab, alice) == PER_ADDRESS, f"Alice asked five times, and {letters(lab, alice)} mails came."

    enter_code(alice, shop, challenge(alice), code_for(lab, alice))
    assert is_logged_in(alice, shop), (
        "Alice asked for five codes and entered the last, and is not let in: mails are counted as guesses at codes."
    )


@promise()
def test_a_quarter_of_an_hour_later_mail_comes_again(lab, shop, alice, mallory, draw):
    """A quarter of an hour after somebody asked too often, for Alice and for others, mail for Alice comes again,
    whoever asks.
    """
    for _ in range(PER_ADDRESS + 1):
        ask_for_link(mallory, shop, alice.person.email)
    spray(mallory, shop, draw, PER_SOURCE - PER_ADDRESS)
    before = letters(lab, alice)
    lab.clock.advance(minutes=16)
    ask_for_link(alice, shop)
    assert letters(lab, alice) == before + 1, "A quarter of an hour later still no mail comes for Alice."

    ask_for_link(mallory, shop, alice.person.email)
    assert letters(lab, alice) == before + 2, "A quarter of an hour later a source still causes no mail."


@promise()
def test_others_are_not_concerned(lab, shop, alice, bob, carol, mallory, draw):
    """While somebody asks too often for Alice's links, and for everybody's from one source, Bob and Carol get theirs
    elsewhere.
    """
    for bot in bots(lab, PER_ADDRESS + 1):
        ask_for_link(bot, shop, alice.person.email)
    for bot in bots(lab, PER_ADDRESS + 1):
        ask_for_link(bot, shop, f"{bob.person.name}@mail.localhost")
    spray(at(mallory, "192.0.2.66"), shop, draw, PER_SOURCE + 1)
    # Neighbours of hers: at most one part of their address is another one.
    for browser, address in ((bob, "192.0.2.67"), (carol, "198.51.100.66")):
        ask_for_link(at(browser, address), shop)
        assert letters(lab, browser) == 1, (
            f"Somebody at 192.0.2.66 asked for too many links, and {browser.person.name.title()}, who asks once from "
            f"{address}, gets none."
        )


@promise(
    points=2,
    after=test_five_mails_come,
    asvs="2.4.1",
    cwe=770,
    hints=[
        "Mallory has many machines, and asks once from each. What number of yours goes up?",
        "Whom does the mail annoy? Count that.",
    ],
)
def test_five_and_no_more_to_one_address(lab, shop, alice, mallory, draw, restart_shop):
    """Asked for from many sources, links and codes together, five mails come to one address, and no more."""
    for bot in bots(lab, PER_ADDRESS + 4):
        ask_for_link(bot, shop, alice.person.email)
    ask_for_link(alice, shop, alice.person.email.upper())
    ask_for_code(alice, shop)
    assert letters(lab, alice) == PER_ADDRESS, f"{letters(lab, alice)} mails came to one address."

    # Refused for what she has caused elsewhere, Mallory asks for Alice's as well.
    spray(mallory, shop, draw, PER_SOURCE)
    for bot in bots(lab, 3):
        ask_for_link(mallory, shop, alice.person.email)
        ask_for_link(bot, shop, alice.person.email)
    assert letters(lab, alice) == PER_ADDRESS, (
        f"Requests of a source that may cause no more were refused, and then {letters(lab, alice)} mails came to Alice."
    )

    restart_shop()
    ask_for_link(alice, lab.shop)
    assert letters(lab, alice) == PER_ADDRESS, (
        "The shop was restarted, as shops are, and more mails come to one address: where is it counted?"
    )
    lab.clock.advance(minutes=14, seconds=30)
    for bot in bots(lab, 2):
        ask_for_link(bot, lab.shop, alice.person.email)
    assert letters(lab, alice) == PER_ADDRESS, "The quarter of an hour is not over, and more mails come to one address."


@promise(
    points=2,
    after=test_five_mails_come,
    asvs="2.4.1",
    cwe=770,
    hints=[
        "Mallory asks for a mail to every customer, one each. Whose number goes up?",
        "`source` is where the request comes from.",
    ],
)
def test_twenty_and_no_more_from_one_source(lab, shop, alice, bob, mallory, draw, restart_shop):
    """One source causes twenty mails, to whatever addresses; then no more."""
    spray(mallory, shop, draw, PER_SOURCE - 1)
    ask_for_link(mallory, shop, alice.person.email)
    assert letters(lab, alice) == 1, "Fewer than twenty mails may be caused by one source."

    for _ in range(2):
        ask_for_link(mallory, shop, bob.person.email)
        assert letters(lab, bob) == 0, "One source can write to everybody."
    restart_shop()
    lab.clock.advance(minutes=14, seconds=30)
    for _ in range(2):
        ask_for_link(mallory, lab.shop, bob.person.email)
        assert letters(lab, bob) == 0, (
            "The quarter of an hour is not over, and one source can write to everybody again."
        )


@promise(
    points=2,
    after=test_five_mails_come,
    asvs="2.4.1",
    cwe=367,
    hints=[
        "One mail is left, and two requests come at the same moment. What does each of them read?",
        "Which operation of `attempts` counts and tells in one?",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
@pytest.mark.parametrize("lane", ["address", "source"])
def test_two_at_once_are_two(lab, shop, alice, bob, mallory, draw, two_processes, lane):
    """Two requests at the same moment, when one mail is left for this address or source, cause no more than one."""
    if lane == "address":
        for bot in bots(lab, PER_ADDRESS - 1):
            ask_for_link(bot, shop, alice.person.email)
        pair = [(lab.browser("one"), alice), (lab.browser("other"), alice)]
    else:
        spray(mallory, shop, draw, PER_SOURCE - 1)
        twin = at(lab.browser("twin"), mallory.address)
        pair = [(mallory, alice), (twin, bob)]
    before = letters(lab, alice, bob)
    at_once(lab, "attempts", *(lambda it=each: ask_for_link(it[0], shop, it[1].person.email) for each in pair))

    came = letters(lab, alice, bob) - before
    assert came <= 1, f"One mail was left for this {lane}, two requests came at the same moment, and {came} mails came."
