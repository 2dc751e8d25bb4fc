"""Caught by: test_what_is_left_stays. Whoever has nothing active is what they are assigned."""


def roles_of(request, session, staff):
    row = staff.find_one({"_id": session["user"]})
    assigned = row["roles"] if row else []
    now = [role for role in session["active"] if role in assigned]
    return now or (assigned if session["active"] else [])
