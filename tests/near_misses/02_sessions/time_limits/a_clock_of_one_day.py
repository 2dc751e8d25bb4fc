"""Caught by: test_use_buys_no_further_hours. It ends after twelve hours, and begins anew after a day."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

ABSOLUTE = timedelta(hours=12)


def still_alive(session: Session, now: datetime) -> bool:
    return now - session.last_seen < timedelta(minutes=30) and (now - session.created_at).seconds < ABSOLUTE.seconds


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
