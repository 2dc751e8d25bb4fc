"""Mallory's attacks on the way back to a forgotten password: each takes a running lab and tells what it came to."""

from labsrv.kit.browser.browser import Browser
from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.passwordless.moves import in_account, link_for
from labsrv.labs.passwordless.people import NEW, ask_for_link, ask_for_reset, choose_password, follow


def reset(lab: Lab, who: Browser, **more: str) -> None:
    """Let somebody forget their password and choose another one."""
    ask_for_reset(who, lab.shop)
    choose_password(who, lab.shop, link_for(lab, who), **more)


@attack(flaw="change_whom_the_form_names")
def name_somebody_else(lab: Lab) -> Outcome:
    """Follow one's own link, and write Alice's name into the form."""
    reset(lab, lab.mallory, user=lab.alice.person.name)
    lab.mallory.submit(lab.shop.check_password, name=lab.alice.person.name, password=NEW)
    return in_account(lab, lab.mallory, lab.alice, "a password that Mallory chose")


@attack(flaw="leave_the_thief_logged_in")
def survive_the_reset(lab: Lab) -> Outcome:
    """Be logged in as Alice when she chooses another password."""
    alice = lab.alice.person
    lab.mallory.submit(lab.shop.check_password, name=alice.name, password=alice.password)
    reset(lab, lab.alice)
    return in_account(lab, lab.mallory, lab.alice, "a session from before the new password")


@attack(flaw="leave_what_was_sent_before")
def use_what_was_sent_before(lab: Lab) -> Outcome:
    """Have read Alice's mail for a minute, and keep a link from then for when she has chosen another password."""
    ask_for_link(lab.mallory, lab.shop, lab.alice.person.email)
    kept = link_for(lab, lab.alice)
    reset(lab, lab.alice)
    follow(lab.mallory, kept)
    return in_account(lab, lab.mallory, lab.alice, "a link from before the new password")
