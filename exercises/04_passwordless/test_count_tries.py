"""Count guesses where they cannot be begun anew.

What `may_guess` promises, by those who guess. Two guesses at the same moment meet in the store, so that the race
comes out the same in every run.
"""

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once
from labsrv.labs.passwordless.attacks_on_codes import code_for, wrong_code
from labsrv.labs.passwordless.moves import guess
from labsrv.labs.passwordless.people import ask_for_code, challenge, enter_code, is_logged_in

PLACE = 9
DECIDES = ("may_guess",)
TRIES = 5


def guess_badly(lab, shop, browser, at, times):
    """Ask for a code of somebody's, and guess wrongly; return the challenge and the answers' statuses."""
    ask_for_code(browser, shop, at.person.email)
    asked, wrong = challenge(browser), wrong_code(lab, at)
    return asked, [guess(browser, shop, asked, wrong) for _ in range(times)]


@promise()
def test_alice_may_mistype(lab, shop, alice):
    """Alice mistypes four times, and then gets in."""
    asked, _ = guess_badly(lab, shop, alice, alice, TRIES - 1)
    enter_code(alice, shop, asked, code_for(lab, alice))

    assert is_logged_in(alice, shop), "Alice mistyped four times, and is no longer let in."


@promise()
def test_a_quarter_of_an_hour_later_all_is_forgotten(lab, shop, alice, mallory):
    """A quarter of an hour after somebody guessed at her account, Alice gets in by a code."""
    guess_badly(lab, shop, mallory, alice, TRIES + 3)
    lab.clock.advance(minutes=16)
    ask_for_code(alice, shop)
    enter_code(alice, shop, challenge(alice), code_for(lab, alice))

    assert is_logged_in(alice, shop), "A quarter of an hour later Alice still is not let in."


@promise()
def test_others_are_not_concerned(lab, shop, alice, bob, mallory):
    """While somebody guesses at Alice's account, Bob gets in by a code."""
    guess_badly(lab, shop, mallory, alice, TRIES + 3)
    ask_for_code(bob, shop)
    enter_code(bob, shop, challenge(bob), code_for(lab, bob))

    assert is_logged_in(bob, shop), "Somebody guesses at Alice's account, and Bob is not let in."


@promise(
    points=2,
    after=test_alice_may_mistype,
    asvs="6.6.3",
    cwe=307,
    hints=[
        "Guess five times, ask for another code, guess again. Which number begins anew?",
        "What stays the same, however often Mallory asks for a code for Alice?",
    ],
)
def test_another_code_brings_no_new_tries(lab, shop, alice, mallory):
    """Over all codes of an account, five guesses are compared; then even the right one is answered 429."""
    first = guess_badly(lab, shop, mallory, alice, 3)[1]
    asked, second = guess_badly(lab, shop, mallory, alice, 4)
    assert first + second == [401] * TRIES + [429] * 2, (
        f"With a second code the guesses were answered {first + second}."
    )

    right = guess(mallory, shop, asked, code_for(lab, alice))
    assert right == 429, "Behind the limit the right code still opens the account: the limit is none."


@promise(
    points=1,
    after=test_alice_may_mistype,
    asvs="6.6.3",
    cwe=307,
    hints=[
        "Mallory has five machines, each with a challenge of its own for Alice. How many guesses has she?",
        "Is your number the same from wherever one asks?",
    ],
)
def test_nor_do_more_machines(lab, shop, alice):
    """Over many challenges that are open at once, five guesses are compared."""
    bots = [lab.browser(f"bot-{number}") for number in range(5)]
    for bot in bots:
        ask_for_code(bot, shop, alice.person.email)
    codes = {mail.text.split()[0] for mail in lab.mail.inbox(alice)}
    wrong = next(code for code in ("000000", "000001", "000002", "000003", "000004", "000005") if code not in codes)
    answers = [guess(bot, shop, challenge(bot), wrong) for bot in bots]
    answers += [guess(bot, shop, challenge(bot), wrong) for bot in bots]

    assert answers.count(401) == TRIES, f"{answers.count(401)} guesses at one account were compared."


@promise(
    points=2,
    after=test_alice_may_mistype,
    asvs="6.6.3",
    cwe=367,
    hints=[
        "One guess is left, and two come at the same moment. What does each of them read?",
        "Count first, ask afterwards. Which operation does both?",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
def test_two_at_once_are_two(lab, shop, alice, mallory, two_processes):
    """Two guesses at the same moment, when one is left, are two: one of them is answered 429."""
    asked, _ = guess_badly(lab, shop, mallory, alice, TRIES - 1)
    answers, wrong = [], wrong_code(lab, alice)
    pair = [lab.browser("one"), lab.browser("other")]
    at_once(lab, "attempts", *(lambda at=each: answers.append(guess(at, shop, asked, wrong)) for each in pair))

    assert sorted(answers) == [401, 429], f"One guess was left, and the two that came were answered {sorted(answers)}."
