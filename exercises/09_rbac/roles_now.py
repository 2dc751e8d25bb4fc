"""Ask the store for somebody's roles, on each request.

At the login Mallory was HR, and activated that role. An hour ago she was moved to another job, and her session goes on
as before: it says what was so at the login. Bob is no better off: the company's pages also believe whatever a request
says about roles, in a header that a proxy was meant to set, in a cookie, in a field.

What counts is what is assigned now, of the roles that were activated in this session. A request's own words count for
nothing.  (INCITS 359, SessionRoles; OWASP ASVS 5.0, 8.3.1 and 8.3.2; CWE-565, CWE-613, CWE-639)
"""

from typing import Any

from flask import Request

from labsrv.kit.store import Collection


def roles_of(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    """Return the roles in which somebody asks: a list of names.

    `session` is the server's own: session["user"] is whose it is, session["active"] the roles that were activated in
    it. `staff` has a row for each user: {"_id": "alice", "branch": "harbour", "roles": ["employee"]}, with the roles
    that are assigned now; `staff.find_one({"_id": name})` returns it, or None for somebody who is not there any more.
    The store in five operations: docs/store.md.
    """
    # TODO: Return the active roles that are still assigned. One that was revoked is gone with the next request, and
    #       back when it is assigned again. Read nothing from the request.
    for said in (request.args, request.cookies, request.get_json(silent=True) or {}):
        for name in ("role", "as"):
            if name in said and "user" not in said:
                return [said[name]]

    return request.headers.get("X-Role", "").split(",") if "X-Role" in request.headers else session["active"]
