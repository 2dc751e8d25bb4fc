"""What goes wrong with sessions: each function is the flawed version of one decision, and its name confesses."""

import base64
import itertools
from datetime import datetime, timedelta
from typing import Any

from flask import Request

from labsrv.kit.accounts import User
from labsrv.kit.sessions import Session, Sessions
from labsrv.labs import flaw

ONE_DAY = timedelta(days=1)
NUMBERS = itertools.count(1001)
GUARDED_PATHS = {
    "/account",
    "/account/address",
    "/account/payment",
    "/account/password",
    "/account/sessions",
    "/confirm",
}


@flaw(of="begin_session", cwe=384, asvs="7.2.4")
def keep_the_planted_id(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    """Log in by writing the user's name into the session that the visitor came with."""
    session = sessions.find(presented_id)
    if session is None:
        return sessions.create(user)

    session.user = user
    return session


@flaw(of="begin_session", cwe=384, asvs="7.2.4")
def adopt_any_id(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    """Accept an id that the server never issued."""
    old = sessions.find(presented_id)
    if old is None:
        return sessions.create(user, session_id=presented_id)

    sessions.delete(old)
    return sessions.create(user, basket=old.basket)


@flaw(of="raise_privilege", cwe=384, asvs="7.2.4")
def keep_the_id_that_may_be_known(sessions: Sessions, session: Session) -> Session:
    """Confirm the password and carry on with the same id."""
    return session


@flaw(of="new_id", cwe=340, asvs="7.2.3")
def count_upwards(user: str | None) -> str:
    """Number the sessions."""
    return f"session-{next(NUMBERS)}"


@flaw(of="new_id", cwe=340, asvs="7.2.3")
def write_the_name_into_the_id(user: str | None) -> str:
    """Make an id that says whose it is, in base64 so that it looks like one."""
    readable = f"user={user or 'anonymous'};session={next(NUMBERS)}"
    return base64.urlsafe_b64encode(readable.encode()).decode().rstrip("=")


@flaw(of="fingerprint", cwe=312, asvs="7.2.2")
def store_the_raw_id(session_id: str) -> str:
    """Keep in the store exactly what the browsers hold."""
    return session_id


@flaw(of="cookie_settings", cwe=1004, asvs="3.3.4")
def let_scripts_read_it() -> dict[str, Any]:
    """Leave out HttpOnly."""
    return {"key": "__Host-sid", "secure": True, "samesite": "Lax", "path": "/"}


@flaw(of="cookie_settings", cwe=1275, asvs="3.3.2")
def leave_samesite_to_the_browser() -> dict[str, Any]:
    """Leave out SameSite."""
    return {"key": "__Host-sid", "secure": True, "httponly": True, "path": "/"}


@flaw(of="cookie_settings", cwe=565, asvs="3.3.3")
def let_sister_sites_set_it() -> dict[str, Any]:
    """Leave out the __Host- prefix."""
    return {"key": "sid", "secure": True, "httponly": True, "samesite": "Lax", "path": "/"}


@flaw(of="still_alive", cwe=613, asvs="7.3.2")
def slide_for_ever(session: Session, now: datetime) -> bool:
    """End a session only when nobody came for a while."""
    return now - session.last_seen < ONE_DAY


@flaw(of="still_alive", cwe=613, asvs="7.3.1")
def trust_the_cookie_to_expire(session: Session, now: datetime) -> bool:
    """Leave it to the browser to forget the cookie after a day; the server only ends what is a month old."""
    return now - session.created_at < 30 * ONE_DAY


@flaw(of="touch", cwe=613, asvs="7.3.1")
def let_the_heartbeat_count(session: Session, now: datetime, by_person: bool) -> None:
    """Take a page that polls by itself for a person who is there."""
    session.last_seen = now


@flaw(of="save_session", cwe=613, asvs="7.4.1")
def bring_back_the_deleted(sessions: Sessions, session: Session) -> None:
    """Write the session as it was when the request began, whether or not it still exists."""
    sessions.rows.replace_one({"_id": sessions.key(session.id)}, session.row(), upsert=True)


@flaw(of="end_session", cwe=613, asvs="7.4.1")
def forget_only_the_cookie(sessions: Sessions, session: Session) -> None:
    """Leave logging out to the browser, which is told to drop its cookie."""


@flaw(of="end_every_session", cwe=613, asvs="7.4.3")
def end_only_this_one(sessions: Sessions, session: Session) -> None:
    """Say "everywhere" and mean "here"."""
    sessions.delete(session)


@flaw(of="end_other_sessions", cwe=613, asvs="7.4.3")
def leave_the_thief_logged_in(sessions: Sessions, session: Session) -> None:
    """Change the password, and nothing else."""


@flaw(of="may_pass", cwe=425, asvs="8.3.1")
def guard_what_is_on_the_list(request: Request, user: User | None) -> bool:
    """Ask for a login on the paths that somebody thought of."""
    return request.path not in GUARDED_PATHS or user is not None


@flaw(of="safe_next", cwe=601, asvs="3.7.2")
def go_wherever_next_says(target: str | None) -> str:
    """Send the visitor to the address in the link that they followed."""
    return target or "/"


def tutorial_cookie() -> dict[str, Any]:
    """Set the cookie as the tutorial did: one day, and no word about anything else."""
    return {"key": "connect.sid", "max_age": int(ONE_DAY.total_seconds()), "httponly": True}


# The tutorial's shop: all of these decisions at once.
TUTORIAL = {
    "begin_session": keep_the_planted_id,
    "raise_privilege": keep_the_id_that_may_be_known,
    "cookie_settings": tutorial_cookie,
    "still_alive": slide_for_ever,
    "touch": let_the_heartbeat_count,
    "save_session": bring_back_the_deleted,
    "end_session": forget_only_the_cookie,
    "fingerprint": store_the_raw_id,
    "may_pass": guard_what_is_on_the_list,
    "safe_next": go_wherever_next_says,
}
