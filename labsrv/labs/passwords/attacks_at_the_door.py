"""Whole attacks by guessing at the shop's door, against what counts the guesses."""

import threading

from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.passwords.moves import LIKELY, WRONG, bot, guess, invent_device, spray, told, told_of_guess, try_one
from labsrv.labs.passwords.people import REGULARS, WALTER, WEAK, browser_of, log_in, log_out

GUESSES_COUNT = ("log_in", "may_try", "known_device", "source_of")


@attack(flaw="never_count", given=GUESSES_COUNT)
def guess_at_the_door(lab: Lab) -> Outcome:
    """Try one password after the other on Walter's account."""
    return told_of_guess(guess(lab.mallory, lab.shop, WALTER.name))


@attack(flaw="count_accounts_alone", given=(*GUESSES_COUNT, "forgive"))
def spray_one_password(lab: Lab) -> Outcome:
    """Try one password on every account, once."""
    found = spray(lab.mallory, lab.shop, [*REGULARS, WALTER.name])
    return told_of_guess(found, "one password opened the account of {}", "she was stopped before she had tried all")


@attack(flaw="count_sources_alone", given=GUESSES_COUNT)
def guess_from_everywhere(lab: Lab) -> Outcome:
    """Try each guess from another address."""
    tries = enumerate(LIKELY, start=1)
    return told_of_guess(
        next((each for number, each in tries if try_one(bot(lab, number), lab.shop, WALTER.name, each) == 303), None)
    )


@attack(flaw="look_first_and_count_later", given=GUESSES_COUNT)
def guess_all_at_once(lab: Lab) -> Outcome:
    """Send two guesses at the same moment, when one is left."""
    guess(lab.mallory, lab.shop, WALTER.name, [WRONG] * 9)
    answers: list[int] = []
    with lab.db.gate("attempts", readers=2):
        both = [
            threading.Thread(target=lambda at: answers.append(try_one(at, lab.shop, WALTER.name, WRONG)), args=(each,))
            for each in (bot(lab, 1), bot(lab, 2))
        ]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
    return told(429 not in answers, "two guesses passed where one was left", "the shop let one of them pass")


@attack(flaw="lock_the_account", given=("log_in", "known_device"))
def lock_walter_out(lab: Lab) -> Outcome:
    """Guess badly and often, so that Walter cannot get in himself."""
    walter = browser_of(lab, WALTER)
    log_in(walter, lab.shop)
    log_out(walter, lab.shop)
    guess(lab.mallory, lab.shop, WALTER.name, [WRONG] * 12)
    shut = try_one(walter, lab.shop, WALTER.name, WALTER.password) == 429
    return told(shut, "Walter has the right password and is kept out", "Walter logs in on his own laptop")


@attack(flaw="believe_the_header", given=GUESSES_COUNT)
def write_another_address(lab: Lab) -> Outcome:
    """Spray from one machine, and name another address in a header each time."""
    lab.mallory.navigate(lab.shop.login)
    for number, name in enumerate([*REGULARS, WALTER.name]):
        answer = lab.mallory.fetch(
            lab.shop.check_login,
            method="POST",
            body={"name": name, "password": WEAK},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
        if "/account" in answer.url:
            return Outcome(True, f"{number + 1} accounts tried from one address, and {name}'s opened.")

    return Outcome(False, "the shop knows from where she comes, whatever she writes.")


@attack(flaw="forgive_the_whole_source", given=(*GUESSES_COUNT, "forgive"))
def log_in_in_between(lab: Lab) -> Outcome:
    """Spray, and log in as herself now and then, so that the shop forgets what she did."""
    own, others = lab.mallory.person, [*REGULARS, WALTER.name]
    found = None
    for part in (others[:9], others[9:18], others[18:]):
        found = found or spray(lab.mallory, lab.shop, part)
        log_in(lab.mallory, lab.shop, name=own.name, password=own.password)
    return told_of_guess(found, "one password opened the account of {}", "her own logins wiped nothing out")


@attack(flaw="believe_any_cookie", given=GUESSES_COUNT)
def invent_a_device_for_each_guess(lab: Lab) -> Outcome:
    """Come with another made-up device cookie each time."""
    for number, each in enumerate(LIKELY):
        invent_device(lab.mallory, lab.shop, number)
        if try_one(lab.mallory, lab.shop, WALTER.name, each) == 303:
            return told_of_guess(each)

    return told_of_guess(None)


@attack(flaw="trust_anybodys_device", given=GUESSES_COUNT)
def use_her_own_devices(lab: Lab) -> Outcome:
    """Log in as herself on a fresh browser, guess with the cookie that she got for it, and begin again."""
    own = lab.mallory.person
    for part in (LIKELY[:9], LIKELY[9:18], LIKELY[18:]):
        lab.mallory.jar.clear()
        log_in(lab.mallory, lab.shop, name=own.name, password=own.password)
        if found := guess(lab.mallory, lab.shop, WALTER.name, part):
            return told_of_guess(found)

    return told_of_guess(None)
