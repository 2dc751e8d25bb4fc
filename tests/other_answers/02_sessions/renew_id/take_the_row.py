"""The old row is taken out in one operation, which also gives the basket; one helper serves both functions."""

from labsrv.kit.sessions import Session, Sessions


def begin_session(sessions: Sessions, presented_id: str | None, user: str) -> Session:
    return in_place_of(sessions, presented_id, user)


def raise_privilege(sessions: Sessions, session: Session) -> Session:
    return in_place_of(sessions, session.id, session.user)


def in_place_of(sessions, old_id, user):
    row = sessions.rows.find_one_and_delete({"_id": sessions.key(old_id)}) if old_id else None
    return sessions.create(user=user, basket=row["basket"] if row else [])
