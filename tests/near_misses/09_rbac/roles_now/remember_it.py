"""Caught by: test_it_is_asked_each_time. What was revoked is noted, so as not to ask again."""

REVOKED = set()


def roles_of(request, session, staff):
    assigned = staff.find_one({"_id": session["user"]})["roles"]
    REVOKED.update((session["user"], role) for role in session["active"] if role not in assigned)
    return [role for role in session["active"] if (session["user"], role) not in REVOKED]
