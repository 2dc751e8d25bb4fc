"""Take a code for the login that it was made for.

What `check_code` promises, by codes that come to the wrong place, again, or late.
"""

import pytest

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.passwordless.attacks_on_codes import code_for, wrong_code
from labsrv.labs.passwordless.moves import guess
from labsrv.labs.passwordless.people import ask_for_code, challenge, enter_code, is_logged_in, log_out

PLACE = 10
DECIDES = ("check_code",)

# After which operation on the table a request is held. The shop itself looks once, to know whose challenge it is.
LATER_LOOKS = {
    "held after your first look": 2,
    "held after your second look": 3,
    "held after your third look": 4,
}


TOO_LATE = {
    "a second": {"minutes": 10, "seconds": 1},
    "a day": {"days": 1, "minutes": 5},
}


def log_in_by_code(lab, shop, browser):
    """Ask for a code and enter it; return the challenge."""
    ask_for_code(browser, shop)
    asked = challenge(browser)
    enter_code(browser, shop, asked, code_for(lab, browser))
    return asked


def tell_apart(lab, one, other, shop):
    """Ask for codes until the two differ: one pair in a million does not."""
    lab.db.attempts.delete_many({})
    for _ in range(3):
        ask_for_code(one, shop)
        ask_for_code(other, shop)
        if code_for(lab, one) != code_for(lab, other):
            return


@promise()
def test_the_code_lets_alice_in(lab, shop, alice, bob):
    """Alice asks for a code, enters it when its ten minutes are nearly over, and is logged in; so is Bob after her."""
    for who in (bob, alice):
        ask_for_code(who, shop)
    lab.clock.advance(minutes=9, seconds=45)
    enter_code(alice, shop, challenge(alice), code_for(lab, alice))
    assert is_logged_in(alice, shop), "Alice entered the code that came, and is not let in."

    enter_code(bob, shop, challenge(bob), code_for(lab, bob))
    assert is_logged_in(bob, shop), "Alice entered her code, and Bob's lets him in no longer."


@promise()
def test_a_wrong_one_does_not(lab, shop, alice, bob):
    """A wrong code is answered with 401. Whether or not it ends its challenge: another code lets Alice in, and other
    people's codes let them in.
    """
    for who in (bob, alice):
        ask_for_code(who, shop)
    for _ in range(2):
        status = guess(alice, shop, challenge(alice), wrong_code(lab, alice))
        assert status == 401, f"A wrong code was answered with {status}, and not with 401."

    enter_code(bob, shop, challenge(bob), code_for(lab, bob))
    assert is_logged_in(bob, shop), "Alice mistyped, and Bob's code does not let him in."
    ask_for_code(alice, shop)
    enter_code(alice, shop, challenge(alice), code_for(lab, alice))
    assert is_logged_in(alice, shop), "Alice mistyped and asked for another code, and it does not let her in."


@promise(
    points=2,
    after=test_the_code_lets_alice_in,
    asvs="6.6.2",
    cwe=639,
    hints=[
        "Mallory begins a login as Alice, and has a code of her own. What does your search for the code ask for?",
        "A row has four fields. Which of them must fit together?",
    ],
)
@pytest.mark.parametrize("first", ["Alice", "Mallory"])
def test_a_code_of_mallorys_does_not_open_alices_account(lab, shop, alice, mallory, first):
    """The code that Mallory got for her own login opens no login of Alice's, whoever asked first."""
    tell_apart(lab, *((alice, mallory) if first == "Alice" else (mallory, alice)), shop)
    enter_code(mallory, shop, challenge(alice), code_for(lab, mallory))
    assert not is_logged_in(mallory, shop, as_=alice), "Mallory entered her own code for Alice's login, and is Alice."
    assert not is_logged_in(mallory, shop), "Mallory entered her own code for Alice's login, and was let in."

    tell_apart(lab, alice, mallory, shop)
    mallorys, code = lab.db.codes.find({"user": mallory.person.name})[-1]["_id"], code_for(lab, alice)
    own = challenge(alice)
    status = guess(alice, shop, mallorys, code)
    assert status == 401, "Alice's code was entered for a login of Mallory's, and let somebody in."
    enter_code(alice, shop, own, code)
    assert is_logged_in(alice, shop), (
        "Alice's code was entered for a login of Mallory's, and after that it does not open Alice's own."
    )


@promise(
    points=1,
    after=test_the_code_lets_alice_in,
    asvs="6.6.2",
    cwe=294,
    hints=[
        "Alice has two challenges, in two browsers. Which code belongs to which?",
        "Is it enough that the code is Alice's?",
    ],
)
def test_nor_does_one_of_alices_own_for_another_login(lab, shop, alice):
    """A code of Alice's that was made for one login opens no other login of hers."""
    tablet = lab.browser("tablet")
    tablet.person = alice.person
    ask_for_code(alice, shop)
    ask_for_code(tablet, shop)
    first, second = (mail.text.split()[0] for mail in lab.mail.inbox(alice))
    for browser, code in ((tablet, first), (alice, second)):
        status = guess(browser, shop, challenge(browser), code) if first != second else 401
        assert status == 401, "A code that was made for one login opened another one."


@promise(
    points=2,
    after=test_the_code_lets_alice_in,
    asvs="6.5.1",
    cwe=294,
    hints=[
        "Somebody watched Alice, and sends what she sent. What does the table `codes` say by then?",
        "A login that has happened needs no challenge any more.",
    ],
)
def test_it_works_once(lab, shop, alice, mallory, restart_shop):
    """A code that let Alice in lets nobody in again, also when the shop was restarted meanwhile."""
    asked = log_in_by_code(lab, shop, alice)
    code = code_for(lab, alice)
    log_out(alice, shop)

    assert guess(mallory, shop, asked, code) == 401, "Somebody sent Alice's code once more, and was let in."

    restart_shop()
    assert guess(mallory, lab.shop, asked, code) == 401, (
        "The shop was restarted, as shops are, and Alice's code let somebody in once more."
    )


@promise(
    points=2,
    after=test_it_works_once,
    asvs="6.5.1",
    cwe=367,
    hints=[
        "Two requests with the right code come at the same moment. What does each of them read?",
        "Look, remove, answer: in how many operations?",
        "`find_one_and_delete` finds and removes in one: of two who come at once, one gets the row, the other None.",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
@pytest.mark.parametrize("held", [*LATER_LOOKS, "both in step"])
def test_it_works_once_also_at_the_same_moment(lab, shop, alice, held, two_processes):
    """Of two requests with the right code at the same moment, one is let in, and no more."""
    ask_for_code(alice, shop)
    asked, code, answers = challenge(alice), code_for(lab, alice), []
    pair = [lab.browser("one"), lab.browser("other")]
    sends = [lambda at=each: answers.append(guess(at, shop, asked, code)) for each in pair]
    if held in LATER_LOOKS:
        with under_way(lab, sends[0], table="codes", look=LATER_LOOKS[held]):
            sends[1]()
    else:
        at_once(lab, "codes", *sends)

    assert answers.count(303) <= 1, (
        f"Two requests with one code came at the same moment, {held}, and {answers.count(303)} were let in."
    )


@promise(
    points=1,
    after=test_the_code_lets_alice_in,
    asvs="6.5.5",
    cwe=613,
    hints=["The row says when its time is over. Who looks at that?", "Compare it with `now`."],
)
@pytest.mark.parametrize("later", TOO_LATE.values(), ids=TOO_LATE)
def test_after_ten_minutes_it_is_over(lab, shop, alice, later):
    """After ten minutes the code lets nobody in."""
    ask_for_code(alice, shop)
    lab.clock.advance(**later)
    enter_code(alice, shop, challenge(alice), code_for(lab, alice))

    assert not is_logged_in(alice, shop), "After more than ten minutes the code still lets one in."
