"""Raises: one person prepares them, another approves, and then the record has the new amount."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from flask import Flask, Response, g, jsonify, request

from labsrv.labs.rbac.shop import Shop, fields, refused


def let_people_raise_pay(
    app: Flask, shop: Shop, own_records: Callable[..., dict[str, Any]], may_approve: Callable[..., bool]
) -> None:
    """Let people prepare raises and approve those of others."""
    db = shop.lab.db

    def mine(**asked: Any) -> dict[str, Any]:
        return {"$and": [own_records(g.user), asked]}

    @app.route("/api/raises", methods=["GET", "POST"])
    def raises() -> Response | tuple[Response, int]:
        if request.method == "POST":
            return prepare()

        return jsonify(raises=[with_id(row) for row in db.raises.find(mine(), sort=[("_id", 1)])])

    def prepare() -> Response | tuple[Response, int]:
        said = fields(record=int, amount=int)
        if said is None or said["amount"] <= 0:
            return refused(400)
        record = db.records.find_one(mine(_id=said["record"]))
        if record is None:
            return refused(404)

        row = {"_id": token_hex(6), "owner": record["owner"], "branch": record["branch"], "approved_by": None}
        row |= said | {"prepared_by": g.user["name"], "prepared_as": g.user["roles"]}
        db.raises.insert_one(row)
        return jsonify(with_id(row)), 201

    @app.post("/api/raises/<key>/approve")
    def approve(key: str) -> Response:
        row = db.raises.find_one(mine(_id=key))
        if row is None:
            return refused(404)
        if not may_approve(with_id(row), g.user):
            shop.note(403)
            return refused(403)

        # Once: of two who approve at the same moment, one comes too late.
        done = db.raises.find_one_and_update(
            {"_id": key, "approved_by": None}, {"$set": {"approved_by": g.user["name"]}}
        )
        if done is None:
            return refused(409)
        db.records.update_one({"_id": row["record"]}, {"$set": {"amount": row["amount"]}})
        return jsonify(approved=key)


def with_id(row: dict[str, Any]) -> dict[str, Any]:
    """Return a raise's row with its key as `id`."""
    return {("id" if name == "_id" else name): value for name, value in row.items()}
