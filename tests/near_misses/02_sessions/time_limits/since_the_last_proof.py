"""Caught by: test_twelve_hours_end_it_in_any_case. Who typed the password again is there; the login is no younger."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session


def still_alive(session: Session, now: datetime) -> bool:
    proved = session.confirmed_at or session.created_at
    return now - session.last_seen < timedelta(minutes=30) and now - proved < timedelta(hours=12)


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
