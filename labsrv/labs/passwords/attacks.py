"""Whole attacks on passwords: each takes a running lab and tells what it came to.

An attack succeeds on the flaw that it names, and fails on the secure shop. Those by guessing at the door have a file of
their own.
"""

import threading

from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.passwords.attacks_at_the_door import (
    guess_all_at_once,
    guess_at_the_door,
    guess_from_everywhere,
    invent_a_device_for_each_guess,
    lock_walter_out,
    log_in_in_between,
    spray_one_password,
    use_her_own_devices,
    write_another_address,
)
from labsrv.labs.passwords.moves import (
    NEW,
    STRANGER,
    WRONG,
    bot,
    choose,
    cracked,
    guessed_after_choosing,
    in_account,
    told,
    try_one,
    work_for,
)
from labsrv.labs.passwords.people import OLD, VICTOR, WEAK, browser_of, change_password, log_in, stored

__all__ = [
    "ask_for_names",
    "bring_the_old_password_back",
    "change_it_at_the_desk",
    "change_somebody_elses",
    "crack_the_salted_table",
    "crack_the_stolen_table",
    "crack_what_is_left_of_old",
    "guess_all_at_once",
    "guess_at_the_door",
    "guess_from_everywhere",
    "guess_what_everybody_has",
    "guess_what_is_at_hand",
    "guess_what_the_rules_bring_forth",
    "invent_a_device_for_each_guess",
    "listen_to_the_work",
    "lock_walter_out",
    "log_in_in_between",
    "log_in_with_any_password",
    "read_the_stolen_table",
    "spray_one_password",
    "type_it_in_small_letters",
    "type_the_beginning",
    "use_her_own_devices",
    "write_another_address",
]


# Whole attacks: at the login.


@attack(flaw="believe_the_name")
def log_in_with_any_password(lab: Lab) -> Outcome:
    """Type Alice's name, and anything for a password."""
    log_in(lab.mallory, lab.shop, name=lab.alice.person.name, password=WRONG)
    return in_account(lab, lab.alice.person.name, "any password at all")


@attack(flaw="name_the_mistake")
def ask_for_names(lab: Lab) -> Outcome:
    """Read what the shop says about a customer, and about somebody whom she made up."""
    pages = [log_in(lab.mallory, lab.shop, name=name, password=WRONG) for name in (lab.alice.person.name, STRANGER)]
    read = {page.text for page in pages}
    return told(len(read) > 1, "the shop's answers tell customers from strangers", "both answers read the same")


@attack(flaw="hash_for_customers_only", given=("log_in",))
def listen_to_the_work(lab: Lab) -> Outcome:
    """Count how much the shop works for a customer, and for somebody whom she made up."""
    works = work_for(lab, lab.alice.person.name), work_for(lab, STRANGER)
    said = f"hashes made for a customer: {works[0]}, for a stranger: {works[1]}"
    return told(works[0] != works[1], f"{said}; she hears who is one", f"{said}; there is nothing to hear")


# At the stolen table.


@attack(flaw="keep_it_as_typed", given=("log_in",))
def read_the_stolen_table(lab: Lab) -> Outcome:
    """Read Bob's password in a stolen backup, and use it."""
    choose(lab.bob, lab.shop, NEW)
    log_in(lab.mallory, lab.shop, name=lab.bob.person.name, password=stored(lab, lab.bob.person.name).split("}")[-1])
    return in_account(lab, lab.bob.person.name, "what the stolen table says of him")


@attack(flaw="hash_it_fast", given=("log_in", "store_password"))
def crack_the_stolen_table(lab: Lab) -> Outcome:
    """Guess at the hash of Bob's new password, on her own machine."""
    choose(lab.bob, lab.shop, WEAK)
    return cracked(lab, lab.bob.person.name)


@attack(flaw="salt_it_and_hash_it_fast", given=("log_in", "store_password"))
def crack_the_salted_table(lab: Lab) -> Outcome:
    """Do the same where each hash has a salt: then each row is guessed at by itself, and as fast."""
    choose(lab.bob, lab.shop, WEAK)
    return cracked(lab, lab.bob.person.name)


@attack(flaw="leave_old_hashes", given=("log_in", "store_password"))
def crack_what_is_left_of_old(lab: Lab) -> Outcome:
    """Look for a customer of long ago, whose password is still kept as it was then, although he logs in daily."""
    log_in(browser_of(lab, VICTOR), lab.shop)
    return cracked(lab, VICTOR.name)


@attack(flaw="write_back_whatever_was_typed", given=("log_in", "store_password"))
def bring_the_old_password_back(lab: Lab) -> Outcome:
    """Have a login with Victor's old password under way while he chooses another one."""
    victor = browser_of(lab, VICTOR)
    with lab.db.hold("users", nth=1) as held:
        late = threading.Thread(target=try_one, args=(lab.mallory, lab.shop, VICTOR.name, OLD))
        late.start()
        held.wait_reached(5)
        choose(victor, lab.shop, NEW)
    late.join()

    opens = try_one(bot(lab, 1), lab.shop, VICTOR.name, OLD) == 303
    return told(opens, "the password that he gave up opens his account again", "what he gave up is worth nothing")


# At what people choose.


@attack(flaw="count_kinds_of_characters", given=("log_in", "may_try"))
def guess_what_the_rules_bring_forth(lab: Lab) -> Outcome:
    """Try what people type when a shop wants a capital, a digit and a sign."""
    return guessed_after_choosing(lab, "Password1!", ["Passw0rd!", "Password1!", "Welcome1!", "Summer2026!"])


@attack(flaw="ask_no_list", given=("log_in", "may_try"))
def guess_what_everybody_has(lab: Lab) -> Outcome:
    """Try the long ones among the common passwords: keys that lie side by side."""
    walks = ["1qaz2wsx3edc4rfv", "q1w2e3r4t5y6u7i8", "qwertyuiop12345", "zxcvbnm123456789"]
    return guessed_after_choosing(lab, "qwertyuiop12345", walks)


@attack(flaw="allow_what_is_at_hand", given=("log_in", "may_try"))
def guess_what_is_at_hand(lab: Lab) -> Outcome:
    """Try the customer's own name and the shop's."""
    name = lab.bob.person.name
    near = [f"{name}@teashop-2026", f"{name}-is-at-the-teashop", f"i-am-{name}-the-tea-drinker"]
    return guessed_after_choosing(lab, near[1], near)


@attack(flaw="cut_at_72_bytes", given=("log_in",))
def type_the_beginning(lab: Lab) -> Outcome:
    """Know how Bob's long password begins, and make the rest up."""
    line = "It is a truth universally acknowledged that a customer wants tea, no. 42"
    choose(lab.bob, lab.shop, f"{line}: and-a-fake-secret")
    log_in(lab.mallory, lab.shop, name=lab.bob.person.name, password=f"{line}{WRONG}")
    return in_account(lab, lab.bob.person.name, f"his password up to character {len(line)}")


@attack(flaw="forget_the_case", given=("log_in",))
def type_it_in_small_letters(lab: Lab) -> Outcome:
    """Have heard Bob's password, and not which letters are capitals."""
    choose(lab.bob, lab.shop, NEW)
    log_in(lab.mallory, lab.shop, name=lab.bob.person.name, password=NEW.lower())
    return in_account(lab, lab.bob.person.name, "his password in small letters")


# At somebody's desk.


@attack(flaw="ask_for_no_password", given=("log_in",))
def change_it_at_the_desk(lab: Lab) -> Outcome:
    """Sit down at Alice's desk while she gets tea, and choose another password for her."""
    log_in(lab.alice, lab.shop)
    change_password(lab.alice, lab.shop, new=NEW, current=WRONG)
    log_in(lab.mallory, lab.shop, name=lab.alice.person.name, password=NEW)
    return in_account(lab, lab.alice.person.name, "a password that Mallory chose for her")


@attack(flaw="change_whose_the_form_says", given=("log_in",))
def change_somebody_elses(lab: Lab) -> Outcome:
    """Log in as herself, and write Alice's name into the form."""
    own, name = lab.mallory.person, lab.alice.person.name
    log_in(lab.mallory, lab.shop)
    lab.mallory.navigate(lab.shop.password)
    lab.mallory.submit(lab.shop.change_password, name=name, current=own.password, new=NEW)
    log_in(lab.mallory, lab.shop, name=name, password=NEW)
    return in_account(lab, name, "a password that Mallory chose for her")
