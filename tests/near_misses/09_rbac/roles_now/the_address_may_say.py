"""Caught by: test_no_role_from_body_or_address. The page has a switch for it."""


def roles_of(request, session, staff):
    row = staff.find_one({"_id": session["user"]})
    assigned = row["roles"] if row else []
    now = [role for role in session["active"] if role in assigned]
    return [request.args["as"]] if request.args.get("as") else now
