"""Caught by: test_who_names_a_number_meets_no_more. Lists are filtered: who has a number is taken for somebody who
may.
"""

from typing import Any

import flask

SEE_THE_BRANCH = {"manager", "hr", "payroll", "auditor"}


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    branch = {"branch": user["branch"]}
    if SEE_THE_BRANCH & set(user["roles"]) or (
        flask.has_request_context() and "number" in (flask.request.view_args or {})
    ):
        return branch
    return branch | {"owner": user["name"]}
