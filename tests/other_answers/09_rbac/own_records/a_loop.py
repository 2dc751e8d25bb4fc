"""One role after the other, and a filter that grows."""


def own_records(user):
    wanted = {"owner": user["name"], "branch": user["branch"]}
    for role in user["roles"]:
        if role in ("auditor", "payroll", "hr", "manager"):
            wanted.pop("owner", None)
    return wanted
