"""Count the tries on the account.

What `may_try` promises, by those who guess. Two guesses at the same moment meet in the store.
"""

from functools import partial

from labsrv.grading import promise
from labsrv.kit.lessons.races import at_once
from labsrv.labs.two_factor.people import first_step, fresh_code, in_account, is_logged_in, log_in, log_out, second_step

PLACE = 5
DECIDES = ("may_try",)
MOST = 5


def wrong(lab, who):
    """Return a code that is wrong now and for a while."""
    return f"{(int(lab.phone(who).code()) + 500_000) % 10**6:06}"


def guess(browser, shop, code, *, at, kind="app"):
    """Log in with the password of `at`, try one code, and return the status."""
    first_step(browser, shop, as_=at)
    return second_step(browser, shop, code, kind=kind).exchanges[0].status


def guess_at_the_apps_door(browser, shop, code, *, at):
    """Try one code where the app asks for its token, and return the status."""
    browser.navigate(shop.url)
    body = {"name": at.person.name, "password": at.person.password, "code": code}
    return browser.fetch(shop.api_token, method="POST", body=body).exchange.status


@promise()
def test_alice_may_mistype(lab, shop, alice):
    """Alice mistypes four times, and then gets in."""
    first_step(alice, shop)
    for _ in range(MOST - 1):
        second_step(alice, shop, wrong(lab, alice))
    page = second_step(alice, shop, fresh_code(alice, shop))

    assert in_account(page, shop, alice.person.name), "Alice mistyped four times, and is no longer let in."


@promise()
def test_alice_logs_in_often(shop, alice):
    """Alice logs in eight times in a row."""
    for time in range(8):
        log_in(alice, shop)
        assert is_logged_in(alice, shop), (
            f"Alice is not let in at her login number {time + 1}. Whoever is let in is forgiven, and the shop forgets "
            "only what was counted under the user's name, as a second step."
        )
        log_out(alice, shop)


@promise()
def test_a_quarter_of_an_hour_later_all_is_forgotten(lab, shop, alice, mallory):
    """A quarter of an hour after somebody guessed at her account, Alice gets in."""
    for _ in range(MOST + 2):
        guess(mallory, shop, wrong(lab, alice), at=alice)
    lab.clock.advance(minutes=16)
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "A quarter of an hour later Alice still is not let in."


@promise()
def test_others_are_not_concerned(lab, shop, alice, carol, mallory):
    """While somebody guesses at Alice's account, Carol gets in."""
    for _ in range(MOST + 2):
        guess(mallory, shop, wrong(lab, alice), at=alice)
    log_in(carol, shop)

    assert is_logged_in(carol, shop), "Somebody guesses at Alice's account, and Carol is not let in."


@promise(
    points=3,
    after=test_alice_may_mistype,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Guess five times, log in again, guess. Which number of yours begins at one?",
        "What stays the same for all of Mallory's guesses, whatever she does?",
        "Look at `Attempts.note` in labsrv/kit/attempts.py: it counts whatever you name.",
    ],
)
def test_five_tries_for_an_account(lab, shop, alice, mallory):
    """An account has five tries, however often one logs in; the next is answered 429, even with the right code."""
    answers = [guess(mallory, shop, wrong(lab, alice), at=alice) for _ in range(MOST + 3)]
    assert answers[:MOST] == [401] * MOST, f"Five tries were to be looked at; they were answered {answers[:MOST]}."
    assert answers[MOST:] == [429] * 3, f"Tries number six to eight, each after a new login: {answers[MOST:]}."

    right = guess(mallory, shop, fresh_code(alice, shop), at=alice)
    assert right == 429, "Behind the limit the right code still opens the account: the limit is none."

    lab.clock.advance(minutes=13)
    first_step(mallory, shop, as_=alice)
    later = [second_step(mallory, shop, wrong(lab, alice)).exchanges[0].status for _ in range(MOST + 1)]
    assert later == [429] * (MOST + 1), f"The quarter of an hour is not over, and more tries were answered {later}."


@promise(
    points=1,
    after=test_five_tries_for_an_account,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Five tries with codes of the app, five with recovery codes: how many is that?",
        "Is there more than one number for an account?",
    ],
)
def test_all_doors_have_one_number(lab, shop, alice, carol, mallory):
    """Codes of the app, of text messages, off the sheet and at the app's door count together, for each account."""
    code = wrong(lab, alice)
    at_the_login = [partial(guess, mallory, shop, code, at=alice, kind=kind) for kind in ("app", "text", "recovery")]
    at_the_apps = [partial(guess_at_the_apps_door, mallory, shop, code, at=alice)] * 3
    for doors in (at_the_login + at_the_apps, at_the_apps + at_the_login):
        answers = [door() for door in doors]
        assert answers == [401] * MOST + [429], f"Six tries at different doors were answered {answers}."
        lab.clock.advance(minutes=16)

    for door in at_the_apps * 7:
        door()
    status = guess_at_the_apps_door(carol, shop, fresh_code(carol, shop), at=carol)
    assert status == 200, f"Somebody guesses at Alice's account at the app's door, and Carol's app gets {status} there."


@promise(
    points=1,
    after=test_five_tries_for_an_account,
    asvs="6.3.1",
    cwe=307,
    hints=[
        "Mallory waits until Alice's five tries are over, and goes on elsewhere. Where?",
        "Who is it that is guessed at? Who guesses does not matter.",
    ],
)
def test_from_wherever(lab, shop, alice):
    """Whoever guesses from many machines gets no more."""
    answers = [guess(lab.browser(f"bot-{each}"), shop, wrong(lab, alice), at=alice) for each in range(MOST + 2)]
    assert answers == [401] * MOST + [429] * 2, f"Seven machines guessed once each, and were answered {answers}."


@promise(
    points=2,
    after=test_five_tries_for_an_account,
    asvs="6.3.1",
    cwe=367,
    hints=[
        "One try is left, and two come at the same moment. What does each of them read?",
        "Which operation of `attempts` counts and tells in one? Count first, ask afterwards.",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
def test_two_at_once_are_two(lab, shop, alice, two_processes):
    """Two guesses at the same moment, when one is left, are two: one of them at least is answered 429."""
    for _ in range(MOST - 1):
        guess(lab.browser("one"), shop, wrong(lab, alice), at=alice)
    pair = [lab.browser("one"), lab.browser("other")]
    for each in pair:
        first_step(each, shop, as_=alice)
    code, answers = wrong(lab, alice), []
    at_once(
        lab,
        "attempts",
        *(lambda at=each: answers.append(second_step(at, shop, code).exchanges[0].status) for each in pair),
    )

    looked_at = len(pair) - answers.count(429)
    assert looked_at <= 1, f"One try was left, two came at the same moment, and {looked_at} of them were looked at."
