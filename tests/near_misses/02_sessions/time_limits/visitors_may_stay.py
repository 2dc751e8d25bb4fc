"""Caught by: test_half_an_hour_without_use_ends_it. The half hour is only for those who are logged in."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session


def still_alive(session: Session, now: datetime) -> bool:
    if session.user is None:
        return now - session.created_at < timedelta(hours=12)
    return now - session.last_seen < timedelta(minutes=30) and now - session.created_at < timedelta(hours=12)


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
