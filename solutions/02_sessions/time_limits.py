"""End sessions that nobody uses, and sessions that have been used for too long."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)


def still_alive(session: Session, now: datetime) -> bool:
    """Tell whether the session may still be used; the shop removes it if not."""
    # Two limits: the second one holds however busy the session is, since a thief keeps it busy.
    return now - session.last_seen < IDLE and now - session.created_at < ABSOLUTE


def touch(session: Session, now: datetime, by_person: bool) -> None:
    """Note a visit. `by_person` is False when a page asked by itself."""
    # A machine that asks is nobody who is there.
    if by_person:
        session.last_seen = now
