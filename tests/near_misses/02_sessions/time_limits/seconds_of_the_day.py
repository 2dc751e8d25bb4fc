"""Caught by: test_it_stays_over. `seconds` sounds like the whole difference and leaves out its days."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)


def still_alive(session: Session, now: datetime) -> bool:
    return (now - session.last_seen).seconds < 1800 and (now - session.created_at).seconds < 12 * 3600


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
