"""Caught by: test_what_is_left_stays. As long as one of them is still there."""


def roles_of(request, session, staff):
    row = staff.find_one({"_id": session["user"]})
    assigned = row["roles"] if row else []
    now = [role for role in session["active"] if role in assigned]
    return session["active"] if now else []
