"""What goes wrong with roles: each function is the flawed version of one decision, and its name confesses."""

import json
from typing import Any

import flask
from flask import Request

from labsrv.kit.store import Collection
from labsrv.labs import flaw
from labsrv.labs.rbac.secure.inherited import inherited
from labsrv.labs.rbac.secure.own_records import own_records
from labsrv.labs.rbac.secure.roles_of import roles_of

# Who has a permission.


@flaw(of="permitted", cwe=178, asvs="8.2.1")
def compare_as_people_read(permission: str, roles: list[str], grants: dict[str, list[str]]) -> bool:
    """Take `HR ` and `hr` for the same role, as a person would."""
    tidy = {role.strip().casefold() for role in roles}
    return any(permission in granted for role, granted in grants.items() if role in tidy)


@flaw(of="permitted", cwe=863, asvs="8.2.1")
def look_for_it_in_the_text(permission: str, roles: list[str], grants: dict[str, list[str]]) -> bool:
    """Look whether a role's name occurs in what the user has."""
    text = ",".join(roles)
    return any(permission in granted for role, granted in grants.items() if role in text)


# What is asked.


@flaw(of="needed_for", cwe=650, asvs="8.3.1")
def ask_as_for_reading(request: Request, declared: dict[str, dict[str, str]]) -> str | None:
    """Let who may read a thing do everything with it: one permission an endpoint."""
    by_method = declared.get(request.endpoint or "", {})
    return by_method.get("GET") or by_method.get(request.method)


@flaw(of="needed_for", cwe=650, asvs="8.3.1")
def believe_the_override(request: Request, declared: dict[str, dict[str, str]]) -> str | None:
    """Take the method from the header of clients that can send no other."""
    method = request.headers.get("X-HTTP-Method-Override", request.method)
    return declared.get(request.endpoint or "", {}).get("GET" if method == "HEAD" else method)


@flaw(of="answer_for", cwe=862, asvs="8.3.1")
def let_in_what_nobody_declared(needed: str | None, user: dict[str, Any] | None) -> int:
    """Refuse where something is declared and not permitted, and nowhere else."""
    if needed in (None, "public"):
        return 200
    if user is None:
        return 401
    return 200 if needed == "logged in" or needed in user["permissions"] else 403


@flaw(of="answer_for", cwe=602, asvs="8.3.1")
def leave_it_to_the_page(needed: str | None, user: dict[str, Any] | None) -> int:
    """Ask for a login, and let the page hide the buttons of what somebody may not do."""
    if needed == "public":
        return 200
    if user is None:
        return 401
    return 200 if needed else 403


# In which roles.


@flaw(of="roles_of", cwe=639, asvs="8.3.1")
def believe_the_body(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    """Take the role that the request's JSON names, if it names one."""
    said = request.get_json(silent=True)
    named = said.get("as") if isinstance(said, dict) else None
    return [named] if isinstance(named, str) else roles_of(request, session, staff)


@flaw(of="roles_of", cwe=565, asvs="8.3.1")
def believe_the_cookie(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    """Take the role from the cookie in which the page keeps it."""
    return [request.cookies["role"]] if "role" in request.cookies else roles_of(request, session, staff)


@flaw(of="roles_of", cwe=290, asvs="8.3.1")
def believe_the_header(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    """Take the role that a proxy in front is said to have found out."""
    return [request.headers["X-Role"]] if "X-Role" in request.headers else roles_of(request, session, staff)


@flaw(of="roles_of", cwe=613, asvs="8.3.2")
def as_it_was_when_activated(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    """Keep to what the session says, whatever has been revoked since: the roles in a token, until it expires."""
    return list(session["active"])


@flaw(of="inherited", cwe=266, asvs="8.1.1")
def seniors_as_well(role: str, juniors: dict[str, list[str]]) -> list[str]:
    """Give a role what is right above it, and all that is below."""
    above = [senior for senior, below in juniors.items() if role in below]
    return list(dict.fromkeys([*inherited(role, juniors), *above]))


# Separation of duty.


@flaw(of="may_assign", cwe=266, asvs="8.1.1")
def assign_whatever_there_is(
    held: list[str], new: str, below: dict[str, list[str]], constraints: list[dict[str, Any]]
) -> bool:
    """Look whether the role exists, and not beside which it would stand."""
    return new in below


@flaw(of="may_assign", cwe=266, asvs="8.1.1")
def count_the_names_alone(
    held: list[str], new: str, below: dict[str, list[str]], constraints: list[dict[str, Any]]
) -> bool:
    """Count the roles that are assigned, and not what comes with them."""
    return new in below and all(len({*held, new} & set(each["roles"])) < each["n"] for each in constraints)


@flaw(of="may_activate", cwe=266, asvs="8.1.1")
def activate_all_that_is_assigned(
    active: list[str], wanted: str, assigned: list[str], below: dict[str, list[str]], constraints: list[dict[str, Any]]
) -> bool:
    """Look at whether it was assigned, and not at what it would stand beside."""
    return wanted in assigned


@flaw(of="may_approve", cwe=841, asvs="2.3.5")
def ask_for_another_role(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    """Want another role than the one that prepared it, and not another person."""
    return not {"manager", "hr"} & set(raise_["prepared_as"]) & set(user["roles"])


# Whose records. Each forgets the filter in one place, as it happens where every query has one of its own.


def all_of_the_branch(user: dict[str, Any]) -> dict[str, Any]:
    """Let everybody meet all records of the branch."""
    return {"branch": user["branch"]}


def own_but_in(user: dict[str, Any], *places: str) -> dict[str, Any]:
    """Filter by owner, but not in these endpoints."""
    return all_of_the_branch(user) if flask.request.endpoint in places else own_records(user)


@flaw(of="own_records", cwe=639, asvs="8.2.2")
def forget_the_list(user: dict[str, Any]) -> dict[str, Any]:
    """Filter everything but the list, and the page that shows it."""
    return own_but_in(user, "records", "pay")


@flaw(of="own_records", cwe=639, asvs="8.2.2")
def forget_the_count(user: dict[str, Any]) -> dict[str, Any]:
    """Filter everything but the count: a number tells nobody anything."""
    return own_but_in(user, "count")


@flaw(of="own_records", cwe=639, asvs="8.2.2")
def forget_the_export(user: dict[str, Any]) -> dict[str, Any]:
    """Filter everything but the export, which somebody else has written."""
    return own_but_in(user, "export")


@flaw(of="own_records", cwe=639, asvs="8.2.2")
def forget_the_single_record(user: dict[str, Any]) -> dict[str, Any]:
    """Filter the lists: nobody has the number of a record that is not in theirs."""
    return own_but_in(user, "record", "pay_record")


@flaw(of="own_records", cwe=639, asvs="8.2.2")
def forget_the_bulk(user: dict[str, Any]) -> dict[str, Any]:
    """Filter everything but what is asked for by several numbers."""
    return own_but_in(user, "bulk")


@flaw(of="own_records", cwe=639, asvs="8.2.2")
def forget_what_hangs_on_it(user: dict[str, Any]) -> dict[str, Any]:
    """Filter records, and not the list of their slips."""
    return own_but_in(user, "slips")


@flaw(of="own_records", cwe=639, asvs="8.2.2")
def forget_the_download(user: dict[str, Any]) -> dict[str, Any]:
    """Filter everything but files: who has their address has been shown it."""
    return own_but_in(user, "slip")


@flaw(of="own_records", cwe=639, asvs="8.4.1")
def forget_the_branch(user: dict[str, Any]) -> dict[str, Any]:
    """Let who sees a branch see the others as well."""
    own = own_records(user)
    return own if "owner" in own else {}


@flaw(of="readable", cwe=213, asvs="8.2.3")
def leave_fields_to_the_page(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    """Return the whole record, of which the page shows a part."""
    return dict(record)


@flaw(of="changes", cwe=915, asvs="15.3.3")
def take_whatever_comes(body: str, user: dict[str, Any]) -> dict[str, Any] | None:
    """Write what the body says into the record."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and "_id" not in said else None


def believe_whatever_names_a_role(request: Request, session: dict[str, Any], staff: Collection) -> list[str]:
    """Take the role as the tutorial took it: from the body, else from what was there at the login."""
    said = request.get_json(silent=True)
    named = said.get("role") if isinstance(said, dict) else None
    return [named] if isinstance(named, str) else list(session["active"])


# The tutorial's pages: employees read pay, HR edits it, and nothing is said of whose.
TUTORIAL = {
    "needed_for": ask_as_for_reading,
    "answer_for": let_in_what_nobody_declared,
    "roles_of": believe_whatever_names_a_role,
    "may_assign": assign_whatever_there_is,
    "may_activate": activate_all_that_is_assigned,
    "may_approve": ask_for_another_role,
    "own_records": all_of_the_branch,
    "readable": leave_fields_to_the_page,
    "changes": take_whatever_comes,
}
