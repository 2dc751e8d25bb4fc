"""Mallory's moves against sessions, as plain functions over browsers.

First her moves, a line or two each. Then whole attacks: each takes a running lab and tells what it came to. An attack
succeeds on the flaw that it names, and fails on the secure shop.
"""

import base64
import binascii
import re
import threading
from dataclasses import replace
from datetime import timedelta

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.cookies.jar import Cookie
from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.labs.sessions.people import (
    confirm,
    is_logged_in,
    log_in,
    log_out,
    log_out_everywhere,
    put_in_basket,
    session_cookie,
)

NEW_PASSWORD = "a-new-and-fake-password"


# Moves.


def copy_cookie(of: Browser, shop: Site) -> Cookie:
    """Copy the session's cookie: from an unwatched computer, by script on a page, out of a backup."""
    cookie = session_cookie(of, shop)
    if cookie:
        return cookie

    raise LookupError(f"{of.name} has no session cookie of the shop yet.")


def use(cookie: Cookie, by: Browser) -> None:
    """Put a copied cookie into one's own browser, in place of the one there, and leave its expiry date out."""
    by.jar.clear()
    by.jar.put(replace(cookie, expires=None))


def plant(mallory: Browser, on: Browser, shop: Site) -> Cookie:
    """Sit down at somebody's computer, make the shop issue a session, note its cookie, and leave."""
    put_in_basket(on, shop)
    note = copy_cookie(on, shop)
    use(note, by=mallory)
    return note


def invent(mallory: Browser, on: Browser, shop: Site, session_id: str = "mallory-chose-this") -> Cookie:
    """Plant an id that the shop never issued."""
    cookie = replace(plant(mallory, on, shop), value=session_id)
    use(cookie, by=on)
    use(cookie, by=mallory)
    return cookie


def guess(session_id: str, like: Cookie, by: Browser) -> None:
    """Put a guessed id into a cookie like one's own."""
    use(replace(like, value=session_id), by=by)


def neighbours(session_id: str, reach: int = 5) -> list[str]:
    """Return the ids that a counter would have given out before and after this one."""
    found = re.search(r"\d+$", session_id)
    if not found:
        return []

    number = int(found[0])
    return [session_id[: found.start()] + str(number + step) for step in range(-reach, reach + 1) if step]


def decoded(session_id: str) -> str:
    """Read an id as base64url, as anybody would try."""
    try:
        return base64.urlsafe_b64decode(session_id + "=" * (-len(session_id) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def look_at_teapot(victim: Browser, lab: Lab, cookie: Cookie) -> Page:
    """Get somebody to look at Mallory's picture, which comes with a cookie for the whole shop."""
    return victim.navigate(f"{lab.pics.url}teapot?name={cookie.name}&value={cookie.value}")


# Whole attacks.


@attack(flaw="keep_the_planted_id")
def planted_id(lab: Lab) -> Outcome:
    """Know Alice's session id before she logs in."""
    plant(lab.mallory, on=lab.alice, shop=lab.shop)
    log_in(lab.alice, lab.shop)
    return in_alices_account(lab, "the id from before the login")


@attack(flaw="adopt_any_id")
def invented_id(lab: Lab) -> Outcome:
    """Choose Alice's session id for her."""
    invent(lab.mallory, on=lab.alice, shop=lab.shop)
    log_in(lab.alice, lab.shop)
    return in_alices_account(lab, "an id that the shop never issued")


@attack(flaw="keep_the_id_that_may_be_known")
def wait_for_the_confirmation(lab: Lab) -> Outcome:
    """Hold an id that is worth more once Alice has typed her password again."""
    log_in(lab.alice, lab.shop)
    use(copy_cookie(lab.alice, lab.shop), by=lab.mallory)
    confirm(lab.alice, lab.shop)
    sees_it = lab.mallory.navigate(lab.shop.payment).sees("Your card")
    return told(sees_it, "the id from before the confirmation shows Alice's card", "that id is dead")


@attack(flaw="count_upwards")
def guess_the_next(lab: Lab) -> Outcome:
    """Log in oneself, and try the ids around one's own."""
    log_in(lab.alice, lab.shop)
    log_in(lab.mallory, lab.shop)
    own = copy_cookie(lab.mallory, lab.shop)
    for session_id in neighbours(own.value):
        guess(session_id, like=own, by=lab.mallory)
        if is_logged_in(lab.mallory, lab.shop, as_=lab.alice):
            return Outcome(True, "an id near her own was Alice's.")

    return Outcome(False, "her own id says nothing about anybody else's.")


@attack(flaw="write_the_name_into_the_id")
def read_the_id(lab: Lab) -> Outcome:
    """Read somebody's id, and write one for somebody else."""
    log_in(lab.alice, lab.shop)
    log_in(lab.mallory, lab.shop)
    own = copy_cookie(lab.mallory, lab.shop)
    if lab.mallory.person.name not in decoded(own.value):
        return Outcome(False, "the id is random characters and nothing else.")

    for readable in neighbours(decoded(own.value)):
        forged = readable.replace(lab.mallory.person.name, lab.alice.person.name)
        guess(base64.urlsafe_b64encode(forged.encode()).decode().rstrip("="), like=own, by=lab.mallory)
        if is_logged_in(lab.mallory, lab.shop, as_=lab.alice):
            return Outcome(True, f"the id reads {forged!r}, so she could write Alice's herself.")

    return Outcome(False, "she can read the id, and not write Alice's.")


@attack(flaw="store_the_raw_id")
def use_the_stolen_table(lab: Lab) -> Outcome:
    """Read the table of sessions in a stolen backup, and use what it says."""
    log_in(lab.alice, lab.shop)
    like = copy_cookie(lab.alice, lab.shop)
    for row in lab.db.dump()["sessions"]:
        guess(str(row["_id"]), like=like, by=lab.mallory)
        if is_logged_in(lab.mallory, lab.shop, as_=lab.alice):
            return Outcome(True, "the stolen table holds the very ids that the browsers hold.")

    return Outcome(False, "the table holds fingerprints, and none of them is an id.")


@attack(flaw="let_scripts_read_it")
def read_by_script(lab: Lab) -> Outcome:
    """Run one line of script on a page of the shop: `document.cookie`."""
    log_in(lab.alice, lab.shop)
    lab.alice.navigate(lab.shop.account)
    sees_it = copy_cookie(lab.alice, lab.shop).value in lab.alice.script_cookies()
    return told(sees_it, "script on the page reads the session's cookie", "script on the page sees no such cookie")


@attack(flaw="leave_samesite_to_the_browser")
def send_a_form_from_elsewhere(lab: Lab) -> Outcome:
    """Get Alice, who has just logged in, to press a button on Mallory's page."""
    log_in(lab.alice, lab.shop)
    lab.alice.navigate(lab.sites["mallory"].url)
    lab.alice.submit("claim")
    diverted = lab.db.addresses.find_one({"_id": lab.alice.person.name, "line": {"$regex": "Mallory"}})
    return told(bool(diverted), "Alice's tea now goes to Mallory", "the browser sent the form without Alice's cookie")


@attack(flaw="let_sister_sites_set_it")
def toss_a_cookie(lab: Lab) -> Outcome:
    """From a sister site, give Alice's browser Mallory's own session: Alice then fills Mallory's account."""
    log_in(lab.mallory, lab.shop)
    lab.alice.jar.clear()  # she comes as a stranger
    look_at_teapot(lab.alice, lab, copy_cookie(lab.mallory, lab.shop))
    as_mallory = is_logged_in(lab.alice, lab.shop, as_=lab.mallory)
    return told(
        as_mallory, "Alice is in Mallory's account and does not know it", "the browser refused a cookie with that name"
    )


@attack(flaw="slide_for_ever")
def stay_for_a_week(lab: Lab) -> Outcome:
    """Come back every few minutes with a copied cookie, for a week."""
    log_in(lab.alice, lab.shop)
    use(copy_cookie(lab.alice, lab.shop), by=lab.mallory)
    for _ in range(7 * 24 * 3):
        lab.clock.advance(minutes=20)
        if not is_logged_in(lab.mallory, lab.shop, as_=lab.alice):
            return Outcome(False, f"the session ended after {since_login(lab)}, in use or not.")

    return Outcome(True, "a week later the copied cookie still opens Alice's account.")


@attack(flaw="trust_the_cookie_to_expire")
def come_back_after_lunch(lab: Lab) -> Outcome:
    """Use a cookie that Alice left behind on a shared computer, ten hours later."""
    log_in(lab.alice, lab.shop)
    use(copy_cookie(lab.alice, lab.shop), by=lab.mallory)
    lab.clock.advance(hours=10)
    return in_alices_account(lab, "a session that nobody used for ten hours")


@attack(flaw="let_the_heartbeat_count", given=("still_alive",))
def let_the_page_poll(lab: Lab) -> Outcome:
    """Find a page open that asks for news by itself, hours after Alice went home."""
    log_in(lab.alice, lab.shop)
    use(copy_cookie(lab.alice, lab.shop), by=lab.mallory)
    for _ in range(50):
        lab.clock.advance(minutes=10)
        lab.alice.fetch(lab.shop.heartbeat, method="POST", from_=lab.shop.url)
    return in_alices_account(lab, "a session that only a machine used")


@attack(flaw="bring_back_the_deleted", given=("end_session",))
def outlive_the_logout(lab: Lab) -> Outcome:
    """Have a request under way while Alice logs out."""
    log_in(lab.alice, lab.shop)
    use(copy_cookie(lab.alice, lab.shop), by=lab.mallory)
    with lab.db.hold("sessions", nth=1) as held:
        request = threading.Thread(target=put_in_basket, args=(lab.mallory, lab.shop))
        request.start()
        held.wait_reached(5)
        log_out(lab.alice, lab.shop)
        held.release()
        request.join()
    return in_alices_account(lab, "a session that a slow request wrote back")


@attack(flaw="forget_only_the_cookie")
def replay_after_logout(lab: Lab) -> Outcome:
    """Use a copied cookie after Alice has logged out."""
    log_in(lab.alice, lab.shop)
    use(copy_cookie(lab.alice, lab.shop), by=lab.mallory)
    log_out(lab.alice, lab.shop)
    return in_alices_account(lab, "a session that Alice ended")


@attack(flaw="end_only_this_one")
def survive_everywhere(lab: Lab) -> Outcome:
    """Be logged in as Alice elsewhere when she logs out everywhere."""
    break_in(lab)
    log_out_everywhere(lab.alice, lab.shop)
    return in_alices_account(lab, "a session elsewhere, after she logged out everywhere,")


@attack(flaw="leave_the_thief_logged_in")
def survive_the_new_password(lab: Lab) -> Outcome:
    """Be logged in as Alice when she changes her password."""
    break_in(lab)
    lab.alice.submit(lab.shop.password, current=lab.alice.person.password, new=NEW_PASSWORD)
    return in_alices_account(lab, "a session from before the new password")


@attack(flaw="guard_what_is_on_the_list")
def walk_in(lab: Lab) -> Outcome:
    """Type the address of a page that nobody put on the list of guarded ones."""
    page = lab.mallory.navigate(lab.shop.invoices)
    return told("invoice-" in page.text, "a stranger reads everyone's invoices", f"the shop sent her to {page.url}")


@attack(flaw="go_wherever_next_says")
def lure_with_next(lab: Lab) -> Outcome:
    """Send Alice a link to the real log-in page that leads on to Mallory's copy of it."""
    trap = lab.url("mallory", "/login")
    page = log_in(lab.alice, lab.shop, next=trap)
    return told(page.url == trap, "after the real login Alice is on Mallory's page", f"Alice arrived at {page.url}")


# How an attack tells what it came to.


def break_in(lab: Lab) -> None:
    """Log in as Alice with her password, once; and let Alice log in as well."""
    thief = lab.mallory
    thief.submit(lab.shop.login, name=lab.alice.person.name, password=lab.alice.person.password)
    log_in(lab.alice, lab.shop)


def in_alices_account(lab: Lab, what: str) -> Outcome:
    """Return whether Mallory sees Alice's account."""
    opens = is_logged_in(lab.mallory, lab.shop, as_=lab.alice)
    return Outcome(opens, f"{what} {'opens' if opens else 'does not open'} Alice's account.")


def told(succeeded: bool, yes: str, no: str) -> Outcome:
    """Return the outcome with the sentence that fits."""
    return Outcome(succeeded, f"{yes if succeeded else no}.")


def since_login(lab: Lab) -> timedelta:
    """Return for how long the lab's clock has been moved on, in whole minutes."""
    return timedelta(minutes=round(lab.clock.moved.total_seconds() / 60))
