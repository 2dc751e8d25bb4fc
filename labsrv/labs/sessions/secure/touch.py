"""Note that somebody is there."""

from datetime import datetime

from labsrv.kit.sessions import Session


def touch(session: Session, now: datetime, by_person: bool) -> None:
    """Slide the inactivity limit for a person's requests only: a page that polls is nobody (ASVS 7.3.1)."""
    if by_person:
        session.last_seen = now
