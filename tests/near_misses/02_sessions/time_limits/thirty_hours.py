"""Caught by: test_half_an_hour_without_use_ends_it. Two limits, 30 and 12, in a unit that nobody read twice."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

IDLE = timedelta(hours=30)
ABSOLUTE = timedelta(hours=12)


def still_alive(session: Session, now: datetime) -> bool:
    return now - session.last_seen < IDLE and now - session.created_at < ABSOLUTE


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
