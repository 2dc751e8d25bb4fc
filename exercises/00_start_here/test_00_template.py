"""Open the door to ticket holders only.

The recipe for the checks of an exercise: copy this file, 00_template.py, its solution and its near misses. The first
line above is the exercise's title. The comments below say what each part is for.
"""

import pytest

# Checks may use what a learner's file may not: the verbs of the lesson's people.
from labsrv.grading import promise
from labsrv.labs.start_here.people import draw_number, is_inside, show_ticket, ticket_of

# The exercise's place in its lesson, and the decisions that the learner's file has to define: parameters of the site's
# `create_site`, each a function in 00_template.py.
PLACE = 1
DECIDES = ("may_enter",)


# Hostile input is a table, and each row's name is what the learner reads when it gets through. The rows are made from
# two real tickets, which are drawn anew in every run: an answer that knows the numbers beforehand is impossible.
NOT_A_TICKET = {
    "an empty field": lambda one, other: "",
    "the first half of a ticket": lambda one, other: one[:6],
    "the last half of a ticket": lambda one, other: one[-6:],
    "a ticket without its last digit": lambda one, other: one[:-1],
    "a ticket with a digit too many": lambda one, other: one + "0",
    "what all tickets begin with": lambda one, other: "TEA-",
    "two tickets in one": lambda one, other: one + other,
    "two tickets and a comma": lambda one, other: f"{one}, {other}",
    "a pattern that fits every ticket": lambda one, other: "TEA-.*",
    "one ticket's beginning and the other's end": lambda one, other: one[:9] + other[9:] + "X",
}

# What is nearly a ticket, for the function itself: a form of the browser's would tidy some of it up on the way.
NEARLY = {
    "a blank after it": lambda one: f"{one} ",
    "a blank before it": lambda one: f" {one}",
    "a line end after it": lambda one: f"{one}\n",
    "small letters": str.lower,
    "no hyphens": lambda one: one.replace("-", ""),
    "other hyphens": lambda one: one.replace("-", "–"),
    "a zero before the number": lambda one: one.replace("-", "-0", 1),
    "zeros before it": lambda one: f"00{one}",
    "a zero after it": lambda one: f"{one}0",
    "a sign before the number": lambda one: one.replace("-", "-+", 1),
    "its digits in another order": lambda one: one[:4] + one[4:][::-1],
    "digits of another alphabet": lambda one: one.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    "the beginning of any word": lambda one: "zebra",
}


# Honest use comes first: `@promise()` without points. It passes on the stub as well, and every check with points waits
# for it, so an answer that refuses everybody earns nothing. The docstring is the promise, in one sentence: the learner
# reads it. `lab`, `shop`, `alice`, `draw`, … are fixtures, fresh for each check (labsrv/grading/checks/fixtures.py).
@promise()
def test_alice_shows_her_ticket(lab, shop, alice):
    """Alice shows the number on her ticket and is let in."""
    show_ticket(alice, shop, ticket_of(alice, lab))

    # Every assertion has a message that says what happened, and not how to mend it.
    assert is_inside(alice), "Alice has a ticket and stands outside."


@promise()
def test_everyone_with_a_ticket_is_let_in(lab, shop, bob, carol):
    """Bob and Carol have tickets as well, and are let in."""
    for guest in (bob, carol):
        show_ticket(guest, shop, ticket_of(guest, lab))
        assert is_inside(guest), "Somebody who has a ticket stands outside."


# Attacks follow, and carry the points: `points=` says how many, `after=` names the check without which this one cannot
# be judged, `asvs=` and `cwe=` what it is about. Hints rise from where to look, to what to compare, to what to read.
# They never give the line.
@promise(
    points=2,
    after=test_alice_shows_her_ticket,
    asvs="8.2.1",
    cwe=863,
    hints=[
        "Show a number of your own invention at the door. What does `may_enter` look at?",
        "It is given two things. Which of them does it never use?",
        "Python has a word that asks whether a list has an element, and it has two letters: `in`.",
    ],
)
def test_an_invented_number_opens_nothing(shop, mallory, draw):
    """Mallory shows a number that was never sold and stays outside."""
    invented = f"TEA-{draw.word()}"
    page = show_ticket(mallory, shop, invented)

    # A refusal is checked as what it must be, the exact status: a shop that crashes keeps people out as well.
    assert not is_inside(mallory), "Mallory made a number up and is inside."
    assert page.status == 403, f"Mallory was not refused: the shop answered {page.status}."


# The rows of a table are one promise: all of them have to hold.
@promise(
    points=1,
    after=test_an_invented_number_opens_nothing,
    asvs="8.2.1",
    cwe=863,
    hints=[
        "The row's name says what Mallory showed. What of it did your function find, and where?",
        'Compare `"ea" in "tea"` with `"ea" in ["tea"]`.',
    ],
)
@pytest.mark.parametrize("made_from", NOT_A_TICKET.values(), ids=NOT_A_TICKET)
def test_only_a_whole_number_counts(lab, shop, alice, bob, mallory, made_from):
    """Part of a number, more than a number, or no number at all is not a ticket."""
    page = show_ticket(mallory, shop, made_from(ticket_of(alice, lab), ticket_of(bob, lab)))

    assert not is_inside(mallory), "What Mallory showed is no ticket, and she is inside."
    assert page.status == 403, f"Mallory was not refused: the shop answered {page.status}."


# A decision can also be asked without the shop around it, with values that no form would send; a call costs a tenth of
# a request, so a loop may ask for every character.
@promise(
    points=1,
    after=test_an_invented_number_opens_nothing,
    asvs="8.2.1",
    cwe=863,
    hints=[
        "The message says how the number that was shown differs from one that was sold. What do you do to it first?",
        "Does your function compare the two as they are, to the last character?",
        "What does it answer on a day when no ticket was sold?",
    ],
)
def test_nearly_a_number_is_none(decision, draw):
    """A number that is written in another way, or has one character changed, was not sold."""
    sold = sorted({draw_number() for _ in range(5)})
    one = draw.choice(sold)
    shown = {how: change(one) for how, change in NEARLY.items()}
    shown |= {f"another character {place + 1}": f"{one[:place]}X{one[place + 1 :]}" for place in range(len(one))}
    draw.shuffle(sold)

    assert decision.may_enter(sold, one).value, "A ticket that was sold does not open the door."
    for how, number in shown.items():
        assert not decision.may_enter(sold, number).value, f"With {how}, a number that was not sold opens the door."
    for number in ("", one):
        assert not decision.may_enter([], number).value, f"No ticket was sold at all, and {number!r} opens the door."


# What the shop knows can be changed from here, behind its back: the store, the clock, the mail are on this side.
@promise(
    points=1,
    after=test_an_invented_number_opens_nothing,
    asvs="8.2.1",
    cwe=863,
    hints=[
        "The shop tells your function at every visit which tickets are sold. Is that what it goes by?",
        "What does your function know of a visit that came before?",
    ],
)
def test_a_ticket_given_back_opens_nothing(lab, shop, alice, mallory):
    """Once Alice has given her ticket back, its number opens the door for nobody."""
    number = ticket_of(alice, lab)
    show_ticket(alice, shop, number)
    lab.db.tickets.delete_one({"number": number})
    page = show_ticket(mallory, shop, number)

    assert not is_inside(mallory), "The number of a ticket that was given back opened the door."
    assert page.status == 403, f"Mallory was not refused: the shop answered {page.status}."
