"""Mallory's attacks on a second factor. Each takes a running lab and tells what it came to.

An attack succeeds on the flaw that it names, and fails on the secure shop. Those on recovery codes, on devices and on
the other ways in stand in modules of their own, and are found here as well.
"""

from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.factors import STEP_SECONDS
from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.races import at_once
from labsrv.kit.phone.phone import Handset
from labsrv.labs.two_factor.attacks_on_changes import (
    lock_alice_out_by_a_link,
    remove_it_unnoticed,
    sit_down_a_little_later,
    sit_down_two_days_later,
)
from labsrv.labs.two_factor.attacks_on_recovery import (
    answer_the_question,
    read_the_stolen_table,
    redeem_again,
    redeem_twice_at_once,
    use_the_sheet_of_last_year,
)
from labsrv.labs.two_factor.attacks_on_ways_in import (
    buy_her_old_laptop,
    come_by_mail,
    come_by_reset,
    come_by_the_api,
    invent_a_device,
    use_ones_own_device,
)
from labsrv.labs.two_factor.flaws import make_it_from_the_name
from labsrv.labs.two_factor.moves import (
    digits_in,
    guess,
    look_over_her_shoulder,
    opens,
    told,
    wait_for_luck,
    with_alices_password,
)
from labsrv.labs.two_factor.people import first_step, fresh_code, is_logged_in, log_in, scan, second_step

__all__ = [
    "answer_the_question",
    "buy_her_old_laptop",
    "come_by_mail",
    "come_by_reset",
    "come_by_the_api",
    "count_on_from_a_text",
    "enrol_on_a_pending_login",
    "guess_after_logging_in_again",
    "guess_in_a_wide_window",
    "invent_a_device",
    "lock_alice_out_by_a_link",
    "read_the_stolen_table",
    "redeem_again",
    "redeem_twice_at_once",
    "remove_it_unnoticed",
    "replay_within_the_step",
    "show_an_old_time",
    "sit_down_a_little_later",
    "sit_down_two_days_later",
    "skip_the_second_step",
    "swap_the_user",
    "use_one_code_twice_at_once",
    "use_ones_own_device",
    "use_the_sheet_of_last_year",
    "work_out_the_secret",
]

A_ROUND = 5
QUARTER = 16 * 60  # seconds, after which tries are counted anew


@attack(flaw="add_the_counter_up")
def count_on_from_a_text(lab: Lab) -> Outcome:
    """See one text message of Alice's, and work out the next one."""
    with_alices_password(lab, lab.alice)
    lab.alice.submit(lab.shop.text_me)
    seen = int(digits_in(lab.sms.last(lab.alice).text))
    second_step(lab.alice, lab.shop, f"{seen:06}", kind="text")

    with_alices_password(lab).submit(lab.shop.text_me)
    page = second_step(lab.mallory, lab.shop, f"{(seen + 1) % 10**6:06}", kind="text")
    return told(opens(page, lab), f"after {seen:06} came {seen + 1:06}", f"{seen:06} says nothing about the next code")


@attack(flaw="make_it_from_the_name")
def work_out_the_secret(lab: Lab) -> Outcome:
    """Set Alice's app up on another phone, without her QR code, after she has set hers up anew."""
    log_in(lab.alice, lab.shop)
    scan(lab.alice.navigate(lab.shop.new_app), lab.phone(lab.alice))
    lab.alice.submit(lab.shop.new_app, code=lab.phone(lab.alice).code())
    lab.clock.advance(seconds=STEP_SECONDS)

    phone = Handset(lab.mallory.person, lab.sms, lab.clock)
    phone.scan(Otpauth.parse(f"otpauth://totp/x?secret={make_it_from_the_name(lab.alice.person.name)}").uri)
    page = second_step(with_alices_password(lab), lab.shop, phone.code())
    return told(opens(page, lab), "the secret was made from Alice's name", "Alice's name says nothing about her secret")


@attack(flaw="believe_the_clock_in_the_form")
def show_an_old_time(lab: Lab) -> Outcome:
    """Note a code over Alice's shoulder, come back an hour later, and say what time it was."""
    noted, at = look_over_her_shoulder(lab), int(lab.clock.time())
    lab.clock.advance(hours=1)
    page = second_step(with_alices_password(lab), lab.shop, noted, at=str(at))
    return told(opens(page, lab), "the form said that it is an hour ago", "the shop has a clock of its own")


@attack(flaw="accept_ten_minutes_each_way")
def guess_in_a_wide_window(lab: Lab) -> Outcome:
    """Guess five codes every quarter of an hour, and be right about the code of five minutes later."""
    # Eight rounds of five: the guess that fits stands in one of them.
    code = wait_for_luck(lab, low=0, high=8 * A_ROUND, before=260, after=25, early=7 * QUARTER + 300)
    lab.clock.advance(seconds=(7 - code // A_ROUND) * QUARTER)
    for start in range(0, code + 1, A_ROUND):
        with_alices_password(lab)
        if guess(lab, range(start, start + A_ROUND)):
            return Outcome(True, f"she guessed {code:06}, a code that Alice's phone shows only in five minutes.")
        lab.clock.advance(seconds=QUARTER)

    return Outcome(False, f"{code:06} was among her guesses, and five minutes off.")


@attack(flaw="remember_nothing")
def replay_within_the_step(lab: Lab) -> Outcome:
    """Type the code that Alice has typed a moment ago."""
    with_alices_password(lab)
    seen = fresh_code(lab.alice, lab.shop)
    first_step(lab.alice, lab.shop)
    second_step(lab.alice, lab.shop, seen)
    page = second_step(lab.mallory, lab.shop, seen)
    return told(opens(page, lab), "Alice's code worked a second time", "Alice had used that code up")


@attack(flaw="look_and_then_write", given=("use_step",))
def use_one_code_twice_at_once(lab: Lab) -> Outcome:
    """Type Alice's code in the very moment in which she types it."""
    seen = fresh_code(lab.alice, lab.shop)
    pair = [with_alices_password(lab, browser) for browser in (lab.alice, lab.mallory)]
    pages = at_once(lab, "steps", *(lambda at=each: second_step(at, lab.shop, seen) for each in pair))
    many = sum(opens(page, lab) for page in pages)
    return told(
        many == 2,
        "one code opened the account twice",
        f"of two who typed one code, {'one was' if many else 'none were'} let in",
    )


@attack(flaw="count_each_login_by_itself")
def guess_after_logging_in_again(lab: Lab) -> Outcome:
    """Log in anew after every five guesses."""
    code = wait_for_luck(lab, low=2 * A_ROUND, high=20 * A_ROUND, before=25, after=25)
    for start in range(0, code + 1, A_ROUND):
        with_alices_password(lab)
        if guess(lab, range(start, start + A_ROUND)):
            return Outcome(True, f"she was right at the guess number {code + 1}, with five for each login.")

    return Outcome(False, f"the right code was her guess number {code + 1}, and there were five.")


@attack(flaw="let_the_password_do")
def skip_the_second_step(lab: Lab) -> Outcome:
    """Type Alice's password, and then the address of her account."""
    with_alices_password(lab)
    inside = is_logged_in(lab.mallory, lab.shop, as_=lab.alice)
    return told(inside, "nobody asked for a code there", f"she was sent to {lab.mallory.page.url}")


@attack(flaw="leave_the_set_up_open")
def enrol_on_a_pending_login(lab: Lab) -> Outcome:
    """Type Alice's password, and set up an app on one's own phone in place of the code."""
    phone = Handset(lab.mallory.person, lab.sms, lab.clock)
    page = with_alices_password(lab).navigate(lab.shop.new_app)
    if page.url != lab.shop.new_app or not page.document.forms:
        return Outcome(False, f"she was sent to {page.url}.")

    scan(page, phone)
    lab.mallory.submit(lab.shop.new_app, code=phone.code())
    lab.clock.advance(seconds=STEP_SECONDS)
    page = second_step(with_alices_password(lab), lab.shop, phone.code())
    return told(opens(page, lab), "her phone is Alice's second factor now", "her phone opens nothing")


@attack(flaw="take_the_name_in_the_form")
def swap_the_user(lab: Lab) -> Outcome:
    """Make both steps as oneself, and write another name into the second form."""
    first_step(lab.mallory, lab.shop)
    page = second_step(lab.mallory, lab.shop, fresh_code(lab.mallory, lab.shop), name=lab.alice.person.name)
    return told(opens(page, lab), "her own code opened Alice's account", "she is in her own account, with her own code")
