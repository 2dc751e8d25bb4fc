"""Put whose records they are into every query.

The branch is a part of every filter, and not of some: whichever role is added one day, tenants stay apart.
"""

from typing import Any

SEE_THE_BRANCH = {"manager", "hr", "payroll", "auditor"}


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    """Return the filter of the records that the user may meet, as MongoDB has it."""
    branch = {"branch": user["branch"]}
    if SEE_THE_BRANCH & set(user["roles"]):
        return branch

    # Whoever is not known to see more sees what is theirs.
    return branch | {"owner": user["name"]}
