"""Caught by: test_each_click_gives_another_half_hour. The shop has a second process, and that one saw nobody click."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

SEEN: dict[str, datetime] = {}


def still_alive(session: Session, now: datetime) -> bool:
    seen = SEEN.get(session.id, session.last_seen)
    return now - seen < timedelta(minutes=30) and now - session.created_at < timedelta(hours=12)


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if by_person:
        SEEN[session.id] = now
