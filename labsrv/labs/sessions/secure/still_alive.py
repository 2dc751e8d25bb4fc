"""End a session that nobody uses, and one that has been used for too long."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)


def still_alive(session: Session, now: datetime) -> bool:
    """Enforce the inactivity timeout (ASVS 7.3.1) and the absolute maximum lifetime (ASVS 7.3.2)."""
    return now - session.last_seen < IDLE and now - session.created_at < ABSOLUTE
