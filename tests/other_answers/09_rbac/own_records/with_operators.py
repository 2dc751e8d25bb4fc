"""The two cases written with operators, as queries are put together elsewhere."""


def own_records(user):
    theirs = [{"branch": {"$eq": user["branch"]}}]
    if not {"manager", "hr", "payroll", "auditor"}.intersection(user["roles"]):
        theirs.append({"owner": {"$in": [user["name"]]}})
    return {"$and": theirs}
