"""Caught by: test_each_click_gives_another_half_hour. Both limits are there; each has the other's length."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(minutes=30)


def still_alive(session: Session, now: datetime) -> bool:
    return now - session.last_seen < IDLE and now - session.created_at < ABSOLUTE


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
