"""What all parts of the site need: tables, who is asking, and the words for a refusal."""

from dataclasses import dataclass
from typing import Any

from flask import Response, g, make_response, render_template, request

from labsrv.kit.accounts import Accounts
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.services import Services
from labsrv.kit.sessions import Session, Sessions

COOKIE, DEVICE = "__Host-staff", "__Host-device"
LOG_IN, PROVE_MORE, FORBIDDEN, NOT_FOUND = "log in", "prove more", "forbidden", "not found"
BAD, CONFLICT = "bad", "conflict"
STATUS = {LOG_IN: 401, PROVE_MORE: 401, FORBIDDEN: 403, NOT_FOUND: 404, BAD: 400, CONFLICT: 409}
WORDS = {
    LOG_IN: "Log in first.",
    PROVE_MORE: "Prove once more that it is you.",
    FORBIDDEN: "You may not do this.",
    NOT_FOUND: "There is nothing here for you.",
    BAD: "This is not what can be asked here.",
    CONFLICT: "Somebody has changed it in the meantime: look again.",
}
LONGEST = 2_000  # characters of a text


@dataclass(frozen=True)
class Shop:
    """The site's services, and who has an account."""

    lab: Services
    accounts: Accounts
    sessions: Sessions

    def look_who_asks(self) -> None:
        """Note session and user of this request: from the store, on every request (ASVS 8.3.2)."""
        g.session = self.sessions.find(request.cookies.get(COOKIE))
        g.user = self.staff_of(g.session)

    def staff_of(self, session: Session | None) -> dict[str, Any] | None:
        """Return the row of whom a session belongs to, with `name`; None for strangers."""
        account = self.accounts.get(session.user) if session and session.user else None
        row = self.lab.db.staff.find_one({"_id": account.name}) if account and not account.disabled else None
        return {("name" if each == "_id" else each): value for each, value in row.items()} if row else None

    def session_row(self) -> dict[str, Any]:
        """Return the session of this request as plain data: `user`, `id`, `began`, `country`."""
        key = self.sessions.key(g.session.id)
        began = self.lab.db.visits.find_one({"_id": key}) or {}
        about = {"user": g.session.user, "id": key, "began": g.session.created_at}
        return about | {"country": began.get("country", "")}

    def device(self) -> dict[str, Any] | None:
        """Return the record of the device that this request comes from, whoever's it is: `user`, `trusted`."""
        row = self.lab.db.devices.find_one({"_id": fingerprint(request.cookies.get(DEVICE, ""))})
        return {"user": row["user"], "trusted": row["trusted"]} if row else None


def refused(word: str, says: str = "") -> Response:
    """Return the answer to somebody who is refused: JSON for programs, a page for people.

    Who has to prove more reads how in the header (RFC 9470, 3).
    """
    status, words = STATUS.get(word, 403), says or WORDS.get(word, WORDS[FORBIDDEN])
    if request.path.startswith("/api/"):
        answer = make_response({"error": word if word in STATUS else FORBIDDEN, "says": words}, status)
    else:
        answer = make_response(render_template("refused.html", words=words), status)
    if word == PROVE_MORE:
        challenge = 'Bearer error="insufficient_user_authentication", acr_values="mfa"'
        answer.headers["WWW-Authenticate"] = challenge
    return answer


def said_object() -> dict[str, Any] | None:
    """Return the request's JSON object, None where it is something else."""
    said = request.get_json(silent=True)
    return said if isinstance(said, dict) else None


def is_text(value: Any, longest: int = LONGEST) -> bool:
    """Return whether it is text that a page can show."""
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= longest and value.isprintable()
