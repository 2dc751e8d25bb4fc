"""The policy information point: what is true of subject, resource and environment, and who says so.

    the socket, or the company's proxy    client_address, country
    the server's clock                    office_hours, in the document's zone
    the staff directory                   department, clearance, limit
    the document as stored                owner, department, sensitivity, state, amount
    the session, and its proof            login_country, confirmed
    the device record                     device_trusted
    the break-glass record                reason

All of it is collected here, and in no other place. What a request says of itself comes along as `said`, and it is
`attributes_of` that has to know whom to believe.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import g, request

from labsrv.kit.access.questions import Action, Entity, Question
from labsrv.labs.abac.places import PROXIES, country_of
from labsrv.labs.abac.shop import Shop

Json = dict[str, Any]


class Information:
    """The information point with these decisions made."""

    def __init__(
        self,
        shop: Shop,
        client_address: Callable[[str, str | None, list[str]], str],
        attributes_of: Callable[[Json, Json], Json],
        during_hours: Callable[[datetime, Json], bool],
        is_confirmed: Callable[[Json | None, Json, datetime], bool],
    ):
        self.shop = shop
        self.client_address = client_address
        self.attributes_of = attributes_of
        self.during_hours = during_hours
        self.is_confirmed = is_confirmed

    def question(self, action: str, document: Json | None = None, kind: str = "policy") -> Question:
        """Return the question whether the user may do this to a document; without one, to the policy or the log."""
        found = self.attributes_of(self.said(), self.stored(document))
        subject, resource, context = (members(found, part) for part in ("subject", "resource", "context"))
        kind, key = (document["kind"], document["_id"]) if document else (kind, kind)
        return Question(Entity("user", g.user["name"], subject), Action(action), Entity(kind, key, resource), context)

    def said(self) -> Json:
        """Return what the request says: whoever sends it may write anything into it."""
        headers = {name: value for name, value in request.headers.items() if name != "Cookie"}
        body = request.get_json(silent=True)
        return {
            "headers": headers,
            "query": dict(request.args),
            "cookies": dict(request.cookies),
            "body": body if isinstance(body, dict) else {},
        }

    def stored(self, document: Json | None) -> Json:
        """Return what the company knows: of the user, the document, the session, the device, and this moment."""
        known = self.known()
        return known | {
            "document": document,
            "office_hours": self.during_hours(known["now"], document) if document else None,
            "emergency": self.emergency(document, known["now"]) if document else None,
        }

    def known(self) -> Json:
        """Return what is the same for all documents of one request; it is looked up once."""
        if "known" not in g:
            session, now, address = self.shop.session_row(), self.shop.lab.clock.now(), self.address()
            g.known = {
                "user": g.user,
                "session": session,
                "device": self.shop.device(),
                "address": address,
                "country": country_of(address),
                "now": now,
                "confirmed": self.is_confirmed(self.proof(), session, now),
            }
        return dict(g.known)

    def address(self) -> str:
        """Return the address that the request comes from."""
        return self.client_address(request.remote_addr or "", request.headers.get("X-Forwarded-For"), PROXIES)

    def proof(self) -> Json | None:
        """Return the proof that the request names, whoever's it is: `user`, `session`, `at`."""
        row = self.shop.lab.db.proofs.find_one({"_id": request.headers.get("X-Proof", "")})
        return {"user": row["user"], "session": row["session"], "at": row["at"]} if row else None

    def emergency(self, document: Json, now: datetime) -> Json | None:
        """Return the open break-glass record of this user and document; it ends by itself."""
        asked = {"user": g.user["name"], "document": document["_id"], "until": {"$gt": now}}
        row = self.shop.lab.db.emergencies.find_one(asked)
        return {"reason": row["reason"]} if row else None


def members(found: Any, part: str) -> Json:
    """Return the attributes of one part: those that have a value."""
    said = found.get(part) if isinstance(found, dict) else None
    return {name: value for name, value in said.items() if value is not None} if isinstance(said, dict) else {}
