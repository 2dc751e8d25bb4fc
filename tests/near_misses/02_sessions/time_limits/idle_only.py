"""Caught by: test_twelve_hours_end_it_in_any_case. Nobody can use a session that was left behind."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)


def still_alive(session: Session, now: datetime) -> bool:
    return now - session.last_seen < IDLE


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
