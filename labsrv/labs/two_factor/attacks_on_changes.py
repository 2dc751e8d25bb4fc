"""Mallory's attacks on setting up, replacing and removing a second factor."""

from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.two_factor.moves import told
from labsrv.labs.two_factor.people import is_logged_in, log_in, log_out


@attack(flaw="take_it_as_scanned")
def lock_alice_out_by_a_link(lab: Lab) -> Outcome:
    """Get Alice, who has just logged in, to open the page on which one sets up an app."""
    log_in(lab.alice, lab.shop)
    lab.alice.navigate(f"{lab.sites['mallory'].url}")
    lab.alice.click(lab.alice.page.links[0])
    log_out(lab.alice, lab.shop)
    log_in(lab.alice, lab.shop)
    shut = not is_logged_in(lab.alice, lab.shop)
    return told(shut, "Alice's app is not her app any more, and no other is", "Alice still logs in with her app")


@attack(flaw="any_session_will_do")
def sit_down_two_days_later(lab: Lab) -> Outcome:
    """Sit down at Alice's laptop, on which she logged in two days ago, and take the second factor off."""
    return removed_after(lab, hours=48)


@attack(flaw="fresh_for_the_day")
def sit_down_a_little_later(lab: Lab) -> Outcome:
    """Sit down at Alice's laptop while she gets herself some tea."""
    return removed_after(lab, minutes=20)


def removed_after(lab: Lab, **by: float) -> Outcome:
    """Try to take Alice's second factor off, in her browser, some time after she has logged in."""
    log_in(lab.alice, lab.shop)
    lab.clock.advance(**by)
    lab.alice.submit(lab.shop.remove_app)
    gone = lab.db.factors.find_one({"_id": lab.alice.person.name}) is None
    return told(gone, "her password alone opens the account now", "the shop asked for password and code first")


@attack(flaw="change_it_quietly")
def remove_it_unnoticed(lab: Lab) -> Outcome:
    """Take Alice's second factor off while her login is fresh, and hope that nobody tells her."""
    log_in(lab.alice, lab.shop)
    lab.alice.submit(lab.shop.remove_app)
    gone = lab.db.factors.find_one({"_id": lab.alice.person.name}) is None
    letters = lab.mail.inbox(lab.alice)
    return told(gone and not letters, "it is off, and Alice has no mail", "Alice reads of it in her mail")
