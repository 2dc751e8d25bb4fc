"""Caught by: test_half_an_hour_without_use_ends_it. There is a limit on the server, and no session outlives it."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)


def still_alive(session: Session, now: datetime) -> bool:
    return now - session.created_at < ABSOLUTE


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
