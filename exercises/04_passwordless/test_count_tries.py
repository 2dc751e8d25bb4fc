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
def test_alice_may_ask_several_times(lab, shop, alice):
    """Alice asks for four codes, since the mail is slow, mistypes twice, tries her password, and gets in by the last.

    The shop itself counts mails as "address" and passwords as "password".
    """
    for _ in range(4):
        ask_for_code(alice, shop)
    asked = challenge(alice)
    for _ in range(3):
        alice.submit(shop.check_password, name=alice.person.email, password=wrong_code(lab, alice))
    for _ in range(2):
        guess(alice, shop, asked, wrong_code(lab, alice))
    enter_code(alice, shop, asked, code_for(lab, alice))

    assert is_logged_in(alice, shop), (
        "Alice asked for four codes and mistyped twice, and is no longer let in: something else is counted as guesses."
    )


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
    """While somebody guesses at Alice's account, and at one that is nearly called so, Bob gets in by a code."""
    guess_badly(lab, shop, mallory, alice, TRIES + 3)
    ask_for_code(mallory, shop, f"{bob.person.name}@mail.localhost")
    for _ in range(TRIES + 3):
        guess(mallory, shop, challenge(mallory))
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
def test_another_code_brings_no_new_tries(lab, shop, alice, mallory, restart_shop):
    """Over all codes of an account, five guesses are compared in a quarter of an hour; then even the right one is
    answered 429.
    """
    first = guess_badly(lab, shop, mallory, alice, 3)[1]
    asked, second = guess_badly(lab, shop, mallory, alice, 4)
    assert first + second == [401] * TRIES + [429] * 2, (
        f"With a second code the guesses were answered {first + second}."
    )

    right = guess(mallory, shop, asked, code_for(lab, alice))
    assert right == 429, "Behind the limit the right code still opens the account: the limit is none."

    restart_shop()
    again = guess(mallory, lab.shop, asked, code_for(lab, alice))
    assert again == 429, "The shop was restarted, as shops are, and more guesses are compared: where is it counted?"

    lab.clock.advance(minutes=14, seconds=30)
    third = guess_badly(lab, lab.shop, mallory, alice, 2)[1]
    assert third == [429] * 2, f"The quarter of an hour is not over, and more guesses were answered {third}."


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

    assert answers == [401] * TRIES + [429] * (len(answers) - TRIES), (
        f"Ten guesses at one account from five machines, each with its own challenge, were answered {answers}."
    )


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
    """Two guesses at the same moment, when one is left, are two: no more than one of them is compared."""
    asked, before = guess_badly(lab, shop, mallory, alice, TRIES - 1)
    assert before == [401] * (TRIES - 1), (
        f"Four guesses after each other, at a shop in two processes, were answered {before}."
    )
    wrong, pair = wrong_code(lab, alice), [lab.browser("one"), lab.browser("other")]
    answers = at_once(lab, "attempts", *(lambda at=each: guess(at, shop, asked, wrong) for each in pair))
    assert answers.count(401) <= 1, (
        f"One guess was left, two came at the same moment, and {answers.count(401)} were compared."
    )

    later = guess(mallory, shop, asked, wrong)
    assert later == 429, f"Five guesses and one more were made, and the next one was answered {later}."
