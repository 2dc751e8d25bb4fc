"""The permission matrix of an office, as rows: who may ask for what. What is not said to be allowed is refused."""

from typing import Any

from labsrv.kit.asking import Row

EVERYBODY = ("employee", "manager", "hr", "payroll", "director", "hill", "nobody")
STAFF = EVERYBODY[:-1]
SEES_BRANCH = ("manager", "hr", "payroll", "director")


def rows_for(people: dict[str, dict[str, Any]], spare: dict[str, list[Any]]) -> list[Row]:
    """Return the rows for these people; `spare` has keys of records to delete and of raises to approve.

    The rows may be asked in any order: no reply depends on those before it.
    """
    own, other = f"/api/records/{people['employee']['record']}", f"/api/records/{people['colleague']['record']}"
    hills = f"/api/records/{people['hill']['record']}"
    (one, two), (first, second, third) = spare["leavers"], spare["raises"]
    raised = {"record": people["colleague"]["record"], "amount": 4321}
    note = {"note": "seen by the suite"}
    return [
        *rows("GET", "/api/records", STAFF),
        *rows("GET", "/api/records/export.csv", STAFF, asked_by=("employee", "hr", "nobody")),
        *rows("GET", own, ("employee", *SEES_BRANCH)),
        *rows("GET", other, SEES_BRANCH, asked_by=("employee", "manager", "hr", "hill", "nobody")),
        *rows("GET", hills, ("hill",), asked_by=("employee", "manager", "hr", "hill", "nobody")),
        *rows("PATCH", other, ("manager", "hr", "director"), note),
        *rows("DELETE", own, (), asked_by=("employee", "manager", "payroll", "hill", "nobody")),
        *rows("DELETE", f"/api/records/{one}", ("hr",), asked_by=("hr",)),
        *rows("DELETE", f"/api/records/{two}", ("director",), asked_by=("director",)),
        *rows("GET", "/api/raises", (*SEES_BRANCH, "hill")),
        *rows("POST", "/api/raises", ("manager", "hr", "director"), raised),
        *rows("POST", f"/api/raises/{first}/approve", (), asked_by=("employee", "manager", "hr", "hill", "nobody")),
        *rows("POST", f"/api/raises/{second}/approve", ("payroll",), asked_by=("payroll",)),
        *rows("POST", f"/api/raises/{third}/approve", ("director",), asked_by=("director",)),
        *rows("GET", "/api/roles", ("hr", "director", "hill")),
        *rows("GET", "/api/drafts", (), asked_by=("employee", "manager", "hr", "director", "nobody")),
    ]


def rows(
    verb: str,
    path: str,
    allowed: tuple[str, ...],
    body: Any = None,
    *,
    asked_by: tuple[str, ...] = EVERYBODY,
) -> list[Row]:
    """Return a row for each who asks."""
    more = {} if body is None else {"body": body}
    return [
        {"actor": actor, "verb": verb, "path": path, "allowed": actor in allowed, **more}  # type: ignore[typeddict-item]
        for actor in asked_by
    ]
