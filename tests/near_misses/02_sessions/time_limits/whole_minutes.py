"""Caught by: test_half_an_hour_without_use_ends_it. It counts whole minutes, and 30 are not more than 30."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session


def still_alive(session: Session, now: datetime) -> bool:
    idle = (now - session.last_seen) // timedelta(minutes=1)
    return idle <= 30 and now - session.created_at < timedelta(hours=12)


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
