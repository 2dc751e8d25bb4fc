"""Documents: lists, counts, exports, one document and what one does with it. Each is asked for at the PEP."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex
from typing import Any

from flask import Flask, Response, g, jsonify, render_template
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.store import Collection
from labsrv.labs.abac.enforcement import Enforcement, add_mark
from labsrv.labs.abac.policy import KINDS
from labsrv.labs.abac.shop import BAD, CONFLICT, FORBIDDEN, NOT_FOUND, Shop, is_text, refused, said_object

Json = dict[str, Any]
STATES = ("draft", "final", "archived")
COLUMNS = ("key", "kind", "title", "owner", "department", "sensitivity", "state")
HIGHEST = 3
MOST_MONEY = 1_000_000_000
CHANGES: dict[str, Callable[[Any], bool]] = {
    "title": lambda value: is_text(value, 100),
    "text": is_text,
    "owner": lambda value: is_text(value, 100),
    "department": lambda value: is_text(value, 100),
    "state": lambda value: isinstance(value, str) and value in STATES,
    "sensitivity": lambda value: type(value) is int and 1 <= value <= HIGHEST,
    "amount": lambda value: type(value) is int and 0 <= value < MOST_MONEY,
}
NEW: dict[str, Callable[[Any], bool]] = CHANGES | {"kind": lambda value: isinstance(value, str) and value in KINDS}
LONGEST_REASON, SHORTEST_REASON = 200, 10
EMERGENCY_MINUTES = 15

Asks = Callable[[Json, Json], list[list[Any]]]
Stores = Callable[[Collection, Json, Json], bool]


def show_documents(app: Flask, shop: Shop, pep: Enforcement, what_to_ask: Asks, store_change: Stores) -> None:
    """Let people see, change and hand over the documents that they may see, change and hand over."""
    show_several(app, shop, pep)
    show_one(app, shop, pep)
    change_one(app, shop, pep, what_to_ask, store_change)
    hand_over_and_sign(app, shop, pep, store_change)
    break_the_glass(app, shop)


def all_of(shop: Shop) -> list[Json]:
    """Return all documents, by key."""
    return shop.lab.db.documents.find({}, sort=[("_id", 1)])


def one_of(shop: Shop, key: str) -> Json | None:
    """Return a document as it is stored."""
    found: Json | None = shop.lab.db.documents.find_one({"_id": key})
    return found


def shown(document: Json) -> Json:
    """Return a document as the API shows it, marked where that is demanded."""
    said = {("key" if name == "_id" else name): value for name, value in document.items()}
    return said | {"text": add_mark(document["text"])}


def show_several(app: Flask, shop: Shop, pep: Enforcement) -> None:
    """Show several documents: each is asked for before it is listed, counted or exported."""

    @app.get("/documents")
    def pages() -> str:
        return render_template("documents.html", documents=pep.among(all_of(shop)))

    @app.route("/api/documents", methods=["GET", "POST"])
    def documents() -> Response | tuple[Response, int]:
        if g.action == "create":
            return create()

        return jsonify(documents=[line(each) for each in pep.among(all_of(shop))])

    def create() -> Response | tuple[Response, int]:
        said = fitting(said_object(), NEW)
        if said is None or not {"kind", "title", "text", "sensitivity"} <= set(said):
            return refused(BAD)

        own = {"owner": g.user["name"], "department": g.user.get("department"), "state": "draft"}
        new = {"_id": f"doc-{token_hex(4)}"} | own | {"zone": "Europe/Berlin", "version": 1} | said
        if refusal := pep.guard(new):
            return refusal
        shop.lab.db.documents.insert_one(dict(new))
        return jsonify(shown(new)), 201

    @app.get("/api/documents/count")
    def count() -> Response:
        return jsonify(count=len(pep.among(all_of(shop))))

    @app.get("/api/documents/export.csv")
    def export() -> Response:
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(line(each) for each in pep.among(all_of(shop)))
        return Response(text.getvalue(), mimetype="text/csv")


def line(document: Json) -> Json:
    """Return what a list shows of a document: no text."""
    return {name: document.get("_id" if name == "key" else name) for name in COLUMNS}


def show_one(app: Flask, shop: Shop, pep: Enforcement) -> None:
    """Show one document: as a page, to programs, and to the printer, which has had its own route for years."""

    @app.get("/documents/<key>")
    def page(key: str) -> str | Response:
        found = one_of(shop, key)
        if found is None:
            return refused(NOT_FOUND)
        if refusal := pep.guard(found):
            return refusal
        may = [
            action for action in ("edit", "delete", "hand_over", "sign") if pep.ask(action, found, keep=False).allowed
        ]
        return render_template("document.html", document=shown(found), may=may)

    @app.get("/print/<key>")
    def printed(key: str) -> AnyResponse:
        found = one_of(shop, key)
        if found is None:
            return refused(NOT_FOUND)
        return pep.guard(found) or Response(f"{found['title']}\n\n{add_mark(found['text'])}\n", mimetype="text/plain")


def change_one(app: Flask, shop: Shop, pep: Enforcement, what_to_ask: Asks, store_change: Stores) -> None:
    """Show, change and remove one document over the API."""
    documents = shop.lab.db.documents

    @app.route("/api/documents/<key>", methods=["GET", "PATCH", "DELETE"])
    def document(key: str) -> Response | tuple[str, int]:
        found = one_of(shop, key)
        if found is None:
            return refused(NOT_FOUND)
        if g.action == "edit":
            return change(found)
        if refusal := pep.guard(found):
            return refusal
        if g.action == "read":
            return jsonify(shown(found))

        done = documents.delete_one({"_id": key, "version": found["version"]})
        return ("", 204) if done.deleted_count else refused(CONFLICT)

    def change(old: Json) -> Response:
        given = fitting(said_object(), CHANGES)
        if not given:
            return refused(BAD)

        new = old | given
        questions = what_to_ask(old, new)
        if not questions:
            return refused(FORBIDDEN)
        for action, asked in questions:
            if refusal := pep.guard(asked, action, there=old):
                return refusal
        return jsonify(changed=sorted(given)) if store_change(documents, old, new) else refused(CONFLICT)


def hand_over_and_sign(app: Flask, shop: Shop, pep: Enforcement, store_change: Stores) -> None:
    """Hand a document over to somebody else, and sign a contract."""
    db = shop.lab.db

    @app.post("/api/documents/<key>/hand-over")
    def hand_over(key: str) -> Response:
        found, said = one_of(shop, key), fitting(said_object(), {"to": is_text})
        if found is None:
            return refused(NOT_FOUND)
        if refusal := pep.guard(found):
            return refusal
        if not said or db.staff.find_one({"_id": said["to"]}) is None:
            return refused(BAD)
        done = store_change(db.documents, found, found | {"owner": said["to"]})
        return jsonify(owner=said["to"]) if done else refused(CONFLICT)

    @app.post("/api/documents/<key>/sign")
    def sign(key: str) -> Response:
        found = one_of(shop, key)
        if found is None:
            return refused(NOT_FOUND)
        if refusal := pep.guard(found):
            return refusal
        done = store_change(db.documents, found, found | {"signed_by": g.user["name"]})
        return jsonify(signed_by=g.user["name"]) if done else refused(CONFLICT)


def break_the_glass(app: Flask, shop: Shop) -> None:
    """Let people write down an emergency and its reason. What it opens, and for whom, is the policy's."""

    @app.post("/api/documents/<key>/break-glass")
    def break_glass(key: str) -> Response | tuple[Response, int]:
        said = fitting(said_object(), {"reason": lambda value: is_text(value, LONGEST_REASON)})
        if not said or len(said["reason"].strip()) < SHORTEST_REASON:
            return refused(BAD)

        # Also for what is not there: the answer does not tell.
        until = shop.lab.clock.now() + timedelta(minutes=EMERGENCY_MINUTES)
        row = {"user": g.user["name"], "document": key, "reason": said["reason"], "until": until}
        shop.lab.db.emergencies.insert_one(row)
        return jsonify(until=until.isoformat()), 201


def fitting(said: Json | None, known: dict[str, Callable[[Any], bool]]) -> Json | None:
    """Return what was said if each member is known and fits; None otherwise."""
    if said is not None and all(name in known and known[name](value) for name, value in said.items()):
        return said

    return None
