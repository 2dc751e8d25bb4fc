"""The policy administration point: the policy to be read and edited, and the log of what was decided by it."""

import json

from flask import Flask, Response, g, jsonify, render_template, request

from labsrv.labs.abac.enforcement import Enforcement
from labsrv.labs.abac.policy import current, keep
from labsrv.labs.abac.shop import BAD, Shop, refused
from labsrv.policy.conditions.parsing import BadPolicy
from labsrv.policy.policy import Policy

SHOWN = ("user", "action", "resource", "outcome", "allowed")
MOST_LINES = 100


def show_policy(app: Flask, shop: Shop, pep: Enforcement) -> None:
    """Show the policy, take another, and show the log, to those for whom the policy itself permits that."""

    @app.get("/policy")
    def policy_page() -> str | Response:
        return pep.guard(None) or render_template("policy.html", policy=json.loads(current(shop.lab)[0]))

    @app.route("/api/policy", methods=["GET", "PUT"])
    def policy() -> Response:
        if refusal := pep.guard(None):
            return refusal
        if g.action == "read":
            text, number = current(shop.lab)
            return jsonify(policy=json.loads(text), number=number)

        said = request.get_data(as_text=True)
        try:
            Policy.read(said)
        except BadPolicy as error:
            return refused(BAD, str(error))
        return jsonify(number=keep(shop.lab, said))

    @app.get("/api/log")
    def log() -> Response:
        if refusal := pep.guard(None, kind="log"):
            return refusal

        rows = shop.lab.db.decisions.find({}, sort=[("at", -1)], limit=MOST_LINES)
        return jsonify(log=[{name: row[name] for name in SHOWN} | {"at": row["at"].isoformat()} for row in rows])
