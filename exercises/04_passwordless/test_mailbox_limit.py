"""Keep mailboxes from being filled.

What `may_send` promises, by those who ask too often. Requests at the same moment meet in the store, so that the
race comes out the same in every run.
"""

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once
from labsrv.labs.passwordless.people import ask_for_code, ask_for_link

PLACE = 7
DECIDES = ("may_send",)
PER_ADDRESS, PER_SOURCE = 5, 20


def bots(lab, many):
    """Return browsers, each at an address of its own."""
    return [lab.browser(f"bot-{number}") for number in range(many)]


def letters(lab, *people):
    """Return how many mails came for these people."""
    return sum(len(lab.mail.inbox(each)) for each in people)


@promise()
def test_five_mails_come(lab, shop, alice):
    """Alice asks five times, and five mails come."""
    for _ in range(PER_ADDRESS):
        ask_for_link(alice, shop)

    assert letters(lab, alice) == PER_ADDRESS, f"Alice asked five times, and {letters(lab, alice)} mails came."


@promise()
def test_a_quarter_of_an_hour_later_mail_comes_again(lab, shop, alice, mallory):
    """A quarter of an hour after somebody asked too often, mail for Alice comes again."""
    for _ in range(PER_ADDRESS + 3):
        ask_for_link(mallory, shop, alice.person.email)
    before = letters(lab, alice)
    lab.clock.advance(minutes=16)
    ask_for_link(alice, shop)

    assert letters(lab, alice) == before + 1, "A quarter of an hour later still no mail comes for Alice."


@promise()
def test_others_are_not_concerned(lab, shop, alice, bob):
    """While somebody asks too often for Alice's links, Bob gets his."""
    for bot in bots(lab, PER_ADDRESS + 3):
        ask_for_link(bot, shop, alice.person.email)
    ask_for_link(bob, shop)

    assert letters(lab, bob) == 1, "Somebody asked for Alice's links, and Bob gets none."


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
def test_five_and_no_more_to_one_address(lab, shop, alice):
    """Asked for from many sources, links and codes together, five mails come to one address, and no more."""
    for bot in bots(lab, PER_ADDRESS + 4):
        ask_for_link(bot, shop, alice.person.email)
    ask_for_link(alice, shop, alice.person.email.upper())
    ask_for_code(alice, shop)

    assert letters(lab, alice) == PER_ADDRESS, f"{letters(lab, alice)} mails came to one address."


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
def test_twenty_and_no_more_from_one_source(lab, shop, alice, bob, mallory, draw):
    """One source causes twenty mails, to whatever addresses; then no more."""
    for _ in range(PER_SOURCE - 1):
        ask_for_link(mallory, shop, f"{draw.word()}@post.localhost")
    ask_for_link(mallory, shop, alice.person.email)
    assert letters(lab, alice) == 1, "Fewer than twenty mails may be caused by one source."

    ask_for_link(mallory, shop, bob.person.email)
    assert letters(lab, bob) == 0, "One source can write to everybody."


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
def test_two_at_once_are_two(lab, shop, alice, two_processes):
    """Two requests at the same moment, when one mail is left, cause one."""
    for bot in bots(lab, PER_ADDRESS - 1):
        ask_for_link(bot, shop, alice.person.email)
    pair = [lab.browser("one"), lab.browser("other")]
    at_once(lab, "attempts", *(lambda at=each: ask_for_link(at, shop, alice.person.email) for each in pair))

    assert letters(lab, alice) == PER_ADDRESS, f"One mail was left, and {letters(lab, alice) - PER_ADDRESS + 1} came."
