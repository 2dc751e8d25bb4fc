"""Caught by: test_each_click_gives_another_half_hour. It saves writing; so the last click may not be the one noted."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session


def still_alive(session: Session, now: datetime) -> bool:
    return now - session.last_seen < timedelta(minutes=30) and now - session.created_at < timedelta(hours=12)


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person and now - session.last_seen > timedelta(minutes=11):
        session.last_seen = now
