"""Stricter: after a new password the session that is left gets a new id as well; rows go by filters of one's own."""


def end_session(sessions, session):
    sessions.rows.delete_many({"_id": {"$in": [sessions.key(session.id)]}})


def end_every_session(sessions, session):
    keys = [row["_id"] for row in sessions.rows.find({"user": session.user})]
    sessions.rows.delete_many({"_id": {"$in": keys}})


def end_other_sessions(sessions, session):
    end_every_session(sessions, session)
    session.id = sessions.new_id(session.user)
    sessions.rows.insert_one({"_id": sessions.key(session.id), **session.row()})
