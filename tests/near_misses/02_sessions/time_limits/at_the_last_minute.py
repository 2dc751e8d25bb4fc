"""Caught by: test_a_page_that_polls_is_nobody. A page counts for a person when the time is nearly over."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session


def still_alive(session: Session, now: datetime) -> bool:
    return now - session.last_seen < timedelta(minutes=30) and now - session.created_at < timedelta(hours=12)


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person or now - session.last_seen > timedelta(minutes=29):
        session.last_seen = now
