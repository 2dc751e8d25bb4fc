"""The house's APIs. Whoever comes brings an access token; there are no cookies here, and no pages.

GET  /pay      pay          `read`: my own pay; everybody's for those who work in HR
POST /pay      change_pay   `edit`, working in HR, and a login of the last five minutes: `employee`, `pay`
GET  /orders   orders       `read`: my orders
POST /orders   cancel       `cancel`: no more orders

token ─▶ read_access_token ─▶ challenge_for ─▶ login_wanted ─▶ the employee, by issuer and subject
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import jwt
from flask import Flask, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from labsrv.kit.services import Services
from labsrv.labs.sso.names import HOUSE
from labsrv.provider.outgoing import Outgoing
from labsrv.relying_party.at_provider import AtProvider, NotInOrder

Row = dict[str, Any]
# How one has to have logged in for what.
ANY = {"max_age": None, "acr_values": ""}
FRESH = {"max_age": 300, "acr_values": ""}


def create_api(
    lab: Services,
    *,
    read_access_token: Callable[[str, list[Row], str, str], Row],
    challenge_for: Callable[[bool, Row | None, str], tuple[int, dict[str, str]] | None],
    login_wanted: Callable[[Row, Row, datetime], dict[str, str]],
) -> Flask:
    """Return the APIs with these decisions made."""
    app = Flask("labsrv.labs.sso.api", static_folder=None)

    def guard(scope: str, how: Row = ANY) -> Response | None:
        """Return a refusal, or None: then `g.claims` has whom the token is about."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        sent = scheme.lower() == "bearer" and bool(token)
        g.claims = claims_of(token) if sent else None
        refusal = challenge_for(sent, g.claims, scope)
        if refusal is not None:
            return refused(*refusal)
        asked = login_wanted(g.claims, how, lab.clock.now()) if g.claims else {}
        if asked:
            return refused(401, {"error": "insufficient_user_authentication", **asked})
        return None

    def claims_of(token: str) -> Row | None:
        provider = AtProvider({"issuer": lab.url(HOUSE, ""), "label": "Tea Identity"}, Outgoing("api", lab))
        try:
            return read_access_token(token, provider.keys(), provider.issuer, lab.url("api", request.path))
        except (NotInOrder, jwt.PyJWTError):
            return None

    def employee() -> Row | None:
        """Return whose token it is: by issuer and subject, and by nothing that a person chooses (ASVS 10.3.3)."""
        found: Row | None = lab.db.api_employees.find_one({"iss": g.claims.get("iss"), "sub": g.claims.get("sub")})
        return found

    @app.get("/pay")
    def pay() -> ResponseReturnValue:
        refusal = guard("read")
        if refusal:
            return refusal
        me = employee()
        if me is None:
            return jsonify(error="nobody of ours"), 403
        rows = lab.db.api_employees.find() if me["role"] == "hr" else [me]
        return jsonify(name=me["name"], pay=me["pay"], everybody={row["name"]: row["pay"] for row in rows})

    @app.post("/pay")
    def change_pay() -> ResponseReturnValue:
        refusal = guard("edit", FRESH)
        if refusal:
            return refusal
        me, amount = employee(), request.form.get("pay", "")
        # A scope is what an application may; what a person may is another matter (ASVS 8.2.1).
        if me is None or me["role"] != "hr":
            return jsonify(error="not your business"), 403
        if not amount.isdecimal() or len(amount) > 6:
            return jsonify(error="no amount"), 400
        lab.db.api_employees.update_one({"name": request.form.get("employee", "")}, {"$set": {"pay": int(amount)}})
        return jsonify(ok=True)

    @app.get("/orders")
    def orders() -> ResponseReturnValue:
        refusal = guard("read")
        if refusal:
            return refusal
        mine = lab.db.api_orders.find({"iss": g.claims["iss"], "sub": g.claims["sub"]})
        return jsonify(orders=[row["tea"] for row in mine])

    @app.post("/orders")
    def cancel() -> ResponseReturnValue:
        refusal = guard("cancel")
        if refusal:
            return refusal
        lab.db.api_orders.delete_many({"iss": g.claims["iss"], "sub": g.claims["sub"]})
        return jsonify(ok=True)

    return app


def refused(status: int, parameters: dict[str, str]) -> Response:
    """Return a refusal that says what would help (RFC 6750, 3; RFC 9470, 3)."""
    said = ", ".join(f'{name}="{value}"' for name, value in parameters.items())
    response = jsonify(error=parameters.get("error", "token_needed"))
    response.status_code = status
    response.headers["WWW-Authenticate"] = f"Bearer {said}" if said else "Bearer"
    return response
