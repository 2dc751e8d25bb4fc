"""One update names each field that a session has."""

from labsrv.kit.sessions import Session, Sessions

FIELDS = ("user", "created_at", "last_seen", "confirmed_at", "basket")


def save_session(sessions: Sessions, session: Session) -> None:
    change = {"$set": {name: getattr(session, name) for name in FIELDS}}
    sessions.rows.find_one_and_update({"_id": {"$eq": sessions.key(session.id)}}, change, upsert=False)
