"""Conditions in the place of a table."""


def readable(record, user):
    roles = user["roles"]
    hr = "hr" in roles
    keep = ["id", "owner", "branch", "band"]
    if hr or "manager" in roles:
        keep.append("note")
    if hr or "payroll" in roles or "auditor" in roles or user["name"] == record["owner"]:
        keep.append("amount")
    return {field: record[field] for field in keep if field in record}
