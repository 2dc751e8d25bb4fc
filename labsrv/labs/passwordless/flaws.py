"""What goes wrong with links and codes: each function is the flawed version of one decision, and its name confesses."""

import random
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import md5
from typing import Any

from flask import Request

from labsrv.kit.accounts import Accounts
from labsrv.kit.attempts import Attempts
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.sessions import Sessions
from labsrv.kit.store.collection import Collection, Document
from labsrv.labs import flaw
from labsrv.labs.passwordless.tutorial import compare_with_not_a_number, sign_a_note

TEN_MINUTES = timedelta(minutes=10)
SENT = "If that address belongs to a customer, a mail is on its way."


def keep(links: Collection, token: str, user: str, browser: str, until: datetime, **more: str) -> str:
    """Store a link in place of older ones, as the sound shop does."""
    links.delete_many({"user": user})
    links.insert_one({"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": until, **more})
    return token


@flaw(of="issue_link", cwe=340, asvs="6.5.3")
def make_it_from_the_time(links: Collection, user: str, browser: str, now: datetime) -> str:
    """Hash the name and the second, which looks random."""
    token = md5(f"{user} {int(now.timestamp())}".encode(), usedforsecurity=False).hexdigest()
    return keep(links, token, user, browser, now + TEN_MINUTES)


@flaw(of="issue_link", cwe=312, asvs="6.5.2")
def keep_the_token_beside_its_hash(links: Collection, user: str, browser: str, now: datetime) -> str:
    """Keep the token where support finds it, to send it once more."""
    token = secrets.token_urlsafe(32)
    return keep(links, token, user, browser, now + TEN_MINUTES, sent=token)


@flaw(of="issue_link", cwe=613, asvs="6.5.5")
def keep_it_for_a_day(links: Collection, user: str, browser: str, now: datetime) -> str:
    """Give people time."""
    return keep(links, secrets.token_urlsafe(32), user, browser, now + timedelta(days=1))


@flaw(of="issue_link", cwe=613, asvs="6.6.2")
def let_older_links_live(links: Collection, user: str, browser: str, now: datetime) -> str:
    """Add a link to those that are out already."""
    token = secrets.token_urlsafe(32)
    row = {"_id": fingerprint(token), "user": user, "browser": browser, "expires_at": now + TEN_MINUTES}
    links.insert_one(row)
    return token


@flaw(of="take_link", cwe=294, asvs="6.5.1")
def leave_it_usable(links: Collection, token: str, now: datetime) -> Document | None:
    """Look the link up, and leave it there."""
    row: Document | None = links.find_one({"_id": fingerprint(token)})
    return row if row and now < row["expires_at"] else None


@flaw(of="take_link", cwe=367, asvs="6.5.1")
def look_then_remove(links: Collection, token: str, now: datetime) -> Document | None:
    """Look whether the link is there, and remove it afterwards."""
    row: Document | None = links.find_one({"_id": fingerprint(token)})
    if row is None:
        return None

    links.delete_one({"_id": row["_id"]})
    return row if now < row["expires_at"] else None


@flaw(of="take_link", cwe=613, asvs="6.5.5")
def see_that_there_is_a_date(links: Collection, token: str, now: datetime) -> Document | None:
    """Make sure that the link has a date of expiry."""
    row: Document | None = links.find_one_and_delete({"_id": fingerprint(token)})
    return row if row and row["expires_at"] else None


@flaw(of="is_meant", cwe=650, asvs="3.5.3")
def take_every_visit_for_a_click(request: Request) -> bool:
    """Log in whoever opens the link, with whatever method."""
    return True


@flaw(of="from_same_browser", cwe=352, asvs="6.6.2")
def let_any_browser_finish(row: Mapping[str, Any], request: Request) -> bool:
    """Take the link for all the proof there has to be."""
    return True


@flaw(of="base_url", cwe=644, asvs="4.1.3")
def believe_the_forwarded_host(request: Request, configured: str) -> str:
    """Write links to the host that the request says it was for."""
    return f"{request.scheme}://{request.headers.get('X-Forwarded-Host', request.host)}"


@flaw(of="send_link", cwe=204, asvs="6.3.8")
def say_who_is_unknown(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    """Tell people that they mistyped their address."""
    user = find(address)
    if user is None:
        return "There is no address that matches this."

    post(user)
    return SENT


@flaw(of="send_link", cwe=201, asvs="6.3.8")
def show_the_link_to_whoever_asks(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    """Answer with what was sent, as one does while one tries things out."""
    user = find(address)
    return f"Sent: {post(user)}" if user else SENT


@flaw(of="may_send", cwe=770, asvs="2.4.1")
def send_whenever_asked(attempts: Attempts, address: str, source: str) -> bool:
    """Send a mail for every request."""
    return True


@flaw(of="may_send", cwe=770, asvs="2.4.1")
def count_who_asks_alone(attempts: Attempts, address: str, source: str) -> bool:
    """Count by source, and forget who gets the mail."""
    return attempts.note("source", source) <= 20


@flaw(of="new_code", cwe=338, asvs="6.5.3")
def seed_with_the_time() -> str:
    """Draw a code from a generator that begins at the time of day."""
    return f"{random.Random(int(datetime.now().timestamp())).randrange(1_000_000):06}"


@flaw(of="read_code", cwe=1287, asvs="2.2.1")
def let_int_read_it(text: str) -> str | None:
    """Let Python find a number in it."""
    try:
        return f"{int(text):06}"
    except ValueError:
        return None


@flaw(of="may_guess", cwe=307, asvs="6.6.3")
def count_by_challenge(attempts: Attempts, account: str, challenge: str) -> bool:
    """Allow five guesses at each code."""
    return attempts.note("challenge", challenge) <= 5


@flaw(of="may_guess", cwe=367, asvs="6.6.3")
def look_first_and_count_later(attempts: Attempts, account: str, challenge: str) -> bool:
    """Look whether there were too many, and count this one afterwards."""
    if attempts.seen("account", account) >= 5:
        return False

    attempts.note("account", account)
    return True


@flaw(of="check_code", cwe=639, asvs="6.6.2")
def look_for_the_code_anywhere(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    """See whether it is a code that the shop gave out, and then whom the challenge is about."""
    known = codes.find_one_and_delete({"code": sealed, "expires_at": {"$gt": now}})
    about = known and (codes.find_one({"_id": challenge}) or known)
    return about["user"] if about else None


@flaw(of="check_code", cwe=294, asvs="6.5.1")
def leave_the_code_usable(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    """Compare, and leave the challenge open."""
    row = codes.find_one({"_id": challenge, "code": sealed, "expires_at": {"$gt": now}})
    return row["user"] if row else None


@flaw(of="reset_password", cwe=640, asvs="6.4.3")
def change_whom_the_form_names(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    """Take the user from a field of the form, which the page fills in."""
    user = form.get("user", owner)
    accounts.set_password(user, form["password"])
    sessions.delete_all(user)
    forget_links(user)


@flaw(of="reset_password", cwe=613, asvs="7.4.3")
def leave_the_thief_logged_in(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    """Change the password, and leave every session as it is."""
    accounts.set_password(owner, form["password"])
    forget_links(owner)


@flaw(of="reset_password", cwe=613, asvs="6.4.3")
def leave_what_was_sent_before(
    accounts: Accounts, sessions: Sessions, forget_links: Callable[[str], None], owner: str, form: Mapping[str, str]
) -> None:
    """Change the password, and leave the links and codes that are out."""
    accounts.set_password(owner, form["password"])
    sessions.delete_all(owner)


# The tutorial's shop: all of these decisions at once.
TUTORIAL = {
    "issue_link": sign_a_note,
    "take_link": compare_with_not_a_number,
    "is_meant": take_every_visit_for_a_click,
    "from_same_browser": let_any_browser_finish,
    "base_url": believe_the_forwarded_host,
    "send_link": say_who_is_unknown,
    "may_send": send_whenever_asked,
    "new_code": seed_with_the_time,
    "read_code": let_int_read_it,
    "may_guess": count_by_challenge,
    "check_code": leave_the_code_usable,
    "reset_password": leave_the_thief_logged_in,
}
