"""Caught by: test_a_page_that_polls_is_nobody. Whoever is asked about must be there, so the visit is noted at once."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)


def still_alive(session: Session, now: datetime) -> bool:
    alive = now - session.last_seen < IDLE and now - session.created_at < ABSOLUTE
    session.last_seen = now
    return alive


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
