"""Caught by: test_what_is_left_stays. The session is as it was, or it is over."""


def roles_of(request, session, staff):
    row = staff.find_one({"_id": session["user"]})
    assigned = row["roles"] if row else []
    now = [role for role in session["active"] if role in assigned]
    return now if len(now) == len(session["active"]) else []
