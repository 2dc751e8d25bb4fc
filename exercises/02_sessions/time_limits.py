"""End sessions that nobody uses, and sessions that have been used for too long.

The shop gave its cookie a day to live and thought that was that. But a date in a cookie is a request to the browser,
and Mallory's copy has none. On the server a session lives as long as somebody comes by within a day, so Mallory comes
by every twenty hours. And the account page, left open in the library, asks the shop for news every minute: for the
shop, Alice has never gone home.

After 30 minutes without Alice, or 12 hours after her login in any case, her session is over. When she types her
password again to see her card, she gets a new id, and no further hours.  (OWASP ASVS 5.0, 7.3.1, 7.3.2; CWE-613)
"""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

ONE_DAY = timedelta(days=1)


def still_alive(session: Session, now: datetime) -> bool:
    """Tell whether the session may still be used; the shop removes it if not.

    What a session knows, `last_seen` for one, is in labsrv/kit/sessions.py.
    """
    # TODO: False, also for a visitor's, after 30 minutes in which nobody came, and 12 hours after the login
    #       (`created_at`) whoever came.
    return now - session.last_seen < ONE_DAY


def touch(session: Session, now: datetime, by_person: bool) -> None:
    """Note a visit. `by_person` is False when a page asked by itself."""
    # TODO: What counts as somebody being there?
    session.last_seen = now
