"""Caught by: test_a_page_that_polls_is_nobody. The limits are right, and a request is a request."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)


def still_alive(session: Session, now: datetime) -> bool:
    return now - session.last_seen < IDLE and now - session.created_at < ABSOLUTE


def touch(session: Session, now: datetime, by_person: bool) -> None:
    session.last_seen = now
