"""Caught by: test_half_an_hour_without_use_ends_it. Whoever has chosen a tea will come back and buy it."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session


def still_alive(session: Session, now: datetime) -> bool:
    idle = timedelta(hours=12) if session.basket else timedelta(minutes=30)
    return now - session.last_seen < idle and now - session.created_at < timedelta(hours=12)


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        session.last_seen = now
