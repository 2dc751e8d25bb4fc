"""Mallory's attacks on codes: each takes a running lab and tells what it came to."""

from labsrv.kit.browser.browser import Browser
from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.races import at_once
from labsrv.labs.passwordless.moves import guess, in_account, likely_codes, told
from labsrv.labs.passwordless.people import ask_for_code, challenge, enter_code, is_logged_in, log_out

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
TRIES = 5


def code_for(lab: Lab, who: Browser) -> str:
    """Return the code in the newest mail for somebody."""
    return str(lab.mail.last(who).text.split()[0])


def wrong_code(lab: Lab, who: Browser) -> str:
    """Return a code that is not the one in the newest mail for somebody."""
    return "000000" if code_for(lab, who) != "000000" else "000001"


@attack(flaw="seed_with_the_time")
def predict_the_code(lab: Lab) -> Outcome:
    """Ask for a code for Alice, and draw it oneself."""
    ask_for_code(lab.mallory, lab.shop, lab.alice.person.email)
    asked = challenge(lab.mallory)
    for code in likely_codes(lab.clock.time()):
        enter_code(lab.mallory, lab.shop, asked, code)
        if lab.mallory.sees(f"Hello, {lab.alice.person.name}."):
            return Outcome(True, "whoever knows the time of day draws the same code.")

    return Outcome(False, "no code that begins at this second was the right one.")


@attack(flaw="let_int_read_it")
def spell_it_differently(lab: Lab) -> Outcome:
    """Write one's own code so that a filter in front of the shop, which looks for six digits, sees none."""
    ask_for_code(lab.mallory, lab.shop)
    spelt = code_for(lab, lab.mallory).translate(WIDE)
    enter_code(lab.mallory, lab.shop, challenge(lab.mallory), f" {spelt[:3]}_{spelt[3:]}")
    read = is_logged_in(lab.mallory, lab.shop)
    return Outcome(read, f"a code spelt {spelt[:3]}_{spelt[3:]} {'was read as six digits' if read else 'is no code'}.")


@attack(flaw="count_by_challenge")
def guess_over_many_challenges(lab: Lab) -> Outcome:
    """Guess at Alice's code five times, ask for another one, and go on."""
    compared = 0
    for _ in range(4):
        ask_for_code(lab.mallory, lab.shop, lab.alice.person.email)
        asked, wrong = challenge(lab.mallory), wrong_code(lab, lab.alice)
        compared += [guess(lab.mallory, lab.shop, asked, wrong) for _ in range(TRIES)].count(401)
    return Outcome(compared > TRIES, f"{compared} of 20 guesses at Alice's account were compared.")


@attack(flaw="look_first_and_count_later")
def guess_all_at_once(lab: Lab) -> Outcome:
    """Send twenty guesses at the same moment: all of them read the same number."""
    ask_for_code(lab.mallory, lab.shop, lab.alice.person.email)
    asked, wrong = challenge(lab.mallory), wrong_code(lab, lab.alice)
    answers: list[int] = []
    bots = [lab.browser(f"bot-{number}") for number in range(20)]
    at_once(lab, "attempts", *(lambda at=each: answers.append(guess(at, lab.shop, asked, wrong)) for each in bots))
    compared = answers.count(401)
    return Outcome(compared > TRIES, f"{compared} of 20 guesses at the same moment were compared.")


@attack(flaw="look_for_the_code_anywhere")
def enter_ones_own_code(lab: Lab) -> Outcome:
    """Begin a login as Alice, and enter the code that came for oneself."""
    ask_for_code(lab.mallory, lab.shop, lab.alice.person.email)
    alices = challenge(lab.mallory)
    lab.clock.advance(minutes=1)
    ask_for_code(lab.mallory, lab.shop)
    enter_code(lab.mallory, lab.shop, alices, code_for(lab, lab.mallory))
    return in_account(lab, lab.mallory, lab.alice, "Mallory's own code")


@attack(flaw="leave_the_code_usable")
def replay_the_code(lab: Lab) -> Outcome:
    """Look over Alice's shoulder, and send what she sent once more."""
    ask_for_code(lab.alice, lab.shop)
    asked, code = challenge(lab.alice), code_for(lab, lab.alice)
    enter_code(lab.alice, lab.shop, asked, code)
    log_out(lab.alice, lab.shop)
    status = guess(lab.mallory, lab.shop, asked, code)
    return told(status == 303, "Alice's code opened her account a second time", "Alice's code was used up")
