"""Two deadlines are worked out, and the earlier one counts; a session that is exactly as old as a limit still lives."""

from datetime import datetime, timedelta

from labsrv.kit.sessions import Session


def still_alive(session: Session, now: datetime) -> bool:
    deadlines = [session.last_seen + timedelta(minutes=30), session.created_at + timedelta(hours=12)]
    return now <= min(deadlines)


def touch(session: Session, now: datetime, by_person: bool) -> None:
    if not by_person:
        return
    session.last_seen = max(session.last_seen, now)
