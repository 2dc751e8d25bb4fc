"""The session that was read gets another id, and is stored anew before its old row goes; what it knew goes along."""


def begin_session(sessions, presented_id, user):
    session = sessions.find(presented_id)
    if not session:
        return sessions.create(user)
    was_somebody_else = session.user not in (None, user)
    session.user = user
    session.created_at = session.last_seen = sessions.now()
    session.confirmed_at = None
    if was_somebody_else:
        session.basket = []
    return renamed(sessions, session)


def raise_privilege(sessions, session):
    return renamed(sessions, session)


def renamed(sessions, session):
    old_key = sessions.key(session.id)
    session.id = sessions.new_id(session.user)
    sessions.rows.insert_one({**session.row(), "_id": sessions.key(session.id)})
    sessions.rows.delete_one({"_id": old_key})
    return session
