"""Caught by: test_no_role_from_headers_or_cookies. The page keeps the role in a cookie."""


def roles_of(request, session, staff):
    row = staff.find_one({"_id": session["user"]})
    assigned = row["roles"] if row else []
    now = [role for role in session["active"] if role in assigned]
    return [request.cookies["role"]] if request.cookies.get("role") else now
