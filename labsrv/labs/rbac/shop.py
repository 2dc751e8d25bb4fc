"""What all of the staff's pages need: who is asking, in which roles, and how they are refused."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, make_response, render_template, request

from labsrv.kit.accounts import Accounts
from labsrv.kit.services import Services
from labsrv.kit.sessions import Session, Sessions
from labsrv.labs.rbac.declared import GRANTS, JUNIORS, PERMISSIONS

COOKIE = "__Host-staff"
LARGEST = 1_000_000_000  # numbers from here on are no record's, and nobody's pay
WORDS = {
    400: "This is not what can be asked here.",
    401: "Log in first.",
    403: "You may not do this.",
    404: "There is nothing here for you.",
    409: "This is not possible as things are.",
}


@dataclass(frozen=True)
class Shop:
    """The shop's tables, and the decisions on who somebody is."""

    lab: Services
    accounts: Accounts
    sessions: Sessions
    permitted: Callable[..., bool]
    roles_of: Callable[..., list[str]]
    inherited: Callable[..., list[str]]

    def below(self) -> dict[str, list[str]]:
        """Return for each role what comes with it: the role itself, and all that it inherits."""
        return {role: list(self.inherited(role, JUNIORS)) for role in JUNIORS}

    def user_of(self, session: Session | None) -> dict[str, Any] | None:
        """Return who asks, with the active roles, what these inherit, and what all of them permit; None for strangers.

        Asked on every request: a change of roles is there with the next one (ASVS 8.3.2).
        """
        account = self.accounts.get(session.user) if session and session.user else None
        if session is None or account is None or account.disabled:
            return None

        # Whoever is not among the staff any more belongs to no branch; the roles are the decision's business.
        row = self.lab.db.staff.find_one({"_id": account.name}) or {"branch": ""}
        active = list(self.roles_of(request, self.as_data(session), self.lab.db.staff))
        below = self.below()
        roles = list(dict.fromkeys(each for role in active for each in below.get(role, [role])))
        permissions = [each for each in PERMISSIONS if self.permitted(each, roles, GRANTS)]
        return {"name": account.name, "branch": row["branch"], "roles": roles, "permissions": permissions}

    def as_data(self, session: Session) -> dict[str, Any]:
        """Return a session as plain data: whose it is, and which roles were activated in it."""
        return {"user": session.user, "active": self.active_in(session)}

    def active_in(self, session: Session) -> list[str]:
        """Return the roles that were activated in a session."""
        row = self.lab.db.activations.find_one({"_id": self.sessions.key(session.id)})
        return list(row["roles"]) if row else []

    def activate(self, session: Session, roles: list[str]) -> None:
        """Note which roles are active in a session from now on."""
        key = self.sessions.key(session.id)
        self.lab.db.activations.replace_one({"_id": key}, {"roles": roles}, upsert=True)

    def assigned_to(self, name: str) -> list[str]:
        """Return the roles that a user is assigned; none for one who does not work here."""
        row = self.lab.db.staff.find_one({"_id": name})
        return list(row["roles"]) if row else []

    def note(self, status: int) -> None:
        """Write down a refusal: who, what, when (ASVS 16.3.2)."""
        self.lab.db.log.insert_one(
            {
                "who": g.user["name"] if g.user else None,
                "branch": g.user["branch"] if g.user else None,
                "what": f"{request.method} {request.path}",
                "status": status,
                "at": self.lab.clock.now(),
            }
        )


def refused(status: int) -> Response:
    """Return the answer to somebody who is refused: JSON for programs, a page for people."""
    if request.path.startswith("/api/"):
        return Response(json.dumps({"error": WORDS[status]}), status, mimetype="application/json")

    return make_response(render_template("refused.html", words=WORDS[status]), status)


def fields(**kinds: type) -> dict[str, Any] | None:
    """Return these members of the request's JSON, each of its kind; None if one is missing or is something else."""
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        return None

    found = {name: said.get(name) for name in kinds}
    return found if all(is_sound(found[name], kind) for name, kind in kinds.items()) else None


def is_sound(value: Any, kind: type) -> bool:
    """Return whether a value is of a kind, and such as the store can keep: no huge number, no half of a character."""
    if type(value) is not kind:
        return False
    if isinstance(value, int):
        return 0 <= value < LARGEST
    if isinstance(value, str):
        return value.isprintable()

    return True
