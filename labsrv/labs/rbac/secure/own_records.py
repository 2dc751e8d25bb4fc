"""Say which records are somebody's business, as a part of every query."""

from typing import Any

SEE_THE_BRANCH = {"manager", "hr", "payroll", "auditor"}


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    """Return the filter of the records that the user may meet: of one branch, and else only one's own (ASVS 8.2.2).

    Tenants are kept apart for every role (ASVS 8.4.1).
    """
    branch = {"branch": user["branch"]}
    if SEE_THE_BRANCH & set(user["roles"]):
        return branch

    return branch | {"owner": user["name"]}
