"""Caught by: test_no_role_from_body_or_address. A client says as what it asks."""


def roles_of(request, session, staff):
    row = staff.find_one({"_id": session["user"]})
    assigned = row["roles"] if row else []
    now = [role for role in session["active"] if role in assigned]
    said = request.get_json(silent=True) or {}
    return said.get("roles") or now
