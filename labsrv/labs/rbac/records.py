"""Pay records: lists, counts, exports, one record and what hangs on it. Every query has `own_records` in it."""

import csv
import io
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, jsonify, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from labsrv.labs.rbac.shop import Shop, fields, is_sound, refused

COLUMNS = ("id", "owner", "branch", "band", "amount", "note")
MOST_IDS = 100


def show_records(
    app: Flask,
    shop: Shop,
    own_records: Callable[..., dict[str, Any]],
    readable: Callable[..., dict[str, Any]],
    changes: Callable[..., dict[str, Any] | None],
) -> None:
    """Let people see and change the pay records that are theirs to see and change."""
    see = Seeing(shop, own_records, readable)
    show_pages(app, see)
    show_several(app, see)
    show_one(app, see, changes)
    show_slips(app, see)


class Seeing:
    """The records as the person who asks may see them."""

    def __init__(self, shop: Shop, own_records: Callable[..., dict[str, Any]], readable: Callable[..., dict[str, Any]]):
        self.rows = shop.lab.db.records
        self.slips = shop.lab.db.slips
        self.own_records = own_records
        self.readable = readable

    def mine(self, **asked: Any) -> dict[str, Any]:
        """Return the filter of a query: what is asked for, of what is theirs."""
        return {"$and": [self.own_records(g.user), asked]}

    def asked(self) -> dict[str, Any]:
        """Return what the query string asks for."""
        return {name: request.args[name] for name in ("owner", "band") if name in request.args}

    def find(self, **asked: Any) -> list[dict[str, Any]]:
        """Return records as they may be read, by number."""
        return [self.shown(row) for row in self.rows.find(self.mine(**asked), sort=[("_id", 1)])]

    def one(self, number: int) -> dict[str, Any] | None:
        """Return a record as it may be read; None where there is none for who asks (ASVS 8.2.2)."""
        row = self.rows.find_one(self.mine(_id=number))
        return self.shown(row) if row else None

    def shown(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of a record that may be read, its number among them."""
        record = {("id" if name == "_id" else name): value for name, value in row.items()}
        return self.readable(record, g.user)


def show_pages(app: Flask, see: Seeing) -> None:
    """Show records as pages. Buttons are there for whoever may use them; what counts is what the API says."""

    @app.get("/pay")
    def pay() -> str:
        return render_template("pay.html", records=see.find())

    @app.get("/pay/<int(max=999999999):number>")
    def pay_record(number: int) -> str | Response:
        record = see.one(number)
        return refused(404) if record is None else render_template("pay_record.html", record=record, number=number)


def show_several(app: Flask, see: Seeing) -> None:
    """Show several records: filtered before they are counted, exported, or picked by number."""

    @app.get("/api/records")
    def records() -> Response:
        return jsonify(records=see.find(**see.asked()))

    @app.get("/api/records/count")
    def count() -> Response:
        return jsonify(count=see.rows.count_documents(see.mine(**see.asked())))

    @app.get("/api/records/export.csv")
    def export() -> Response:
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(see.find(**see.asked()))
        return Response(text.getvalue(), mimetype="text/csv")

    @app.post("/api/records/bulk")
    def bulk() -> Response:
        said = fields(ids=list)
        if said is None or len(said["ids"]) > MOST_IDS or not all(is_sound(each, int) for each in said["ids"]):
            return refused(400)

        return jsonify(records=see.find(_id={"$in": said["ids"]}))


def show_one(app: Flask, see: Seeing, changes: Callable[..., dict[str, Any] | None]) -> None:
    """Show, change and remove one record. The filter is part of each write."""

    @app.route("/api/records/<int(max=999999999):number>", methods=["GET", "PATCH", "DELETE"])
    def record(number: int) -> Response | tuple[str, int]:
        if request.method == "PATCH":
            return change(number)
        if request.method == "DELETE":
            return remove(number)

        found = see.one(number)
        return refused(404) if found is None else jsonify(found)

    def change(number: int) -> Response:
        given = changes(request.get_data(as_text=True), g.user)
        if not given:
            return refused(400)

        done = see.rows.update_one(see.mine(_id=number), {"$set": given})
        return jsonify(changed=sorted(given)) if done.matched_count else refused(404)

    def remove(number: int) -> Response | tuple[str, int]:
        done = see.rows.delete_one(see.mine(_id=number))
        return ("", 204) if done.deleted_count else refused(404)


def show_slips(app: Flask, see: Seeing) -> None:
    """Show what hangs on a record: its pay slips, as a list and to download."""

    @app.get("/api/records/<int(max=999999999):number>/slips")
    def slips(number: int) -> Response:
        if see.one(number) is None:
            return refused(404)

        return jsonify(slips=[row["name"] for row in see.slips.find({"record": number}, sort=[("name", 1)])])

    @app.get("/api/records/<int(max=999999999):number>/slips/<file>")
    def slip(number: int, file: str) -> AnyResponse:
        found = see.slips.find_one({"record": number, "name": file})
        if found is None or see.one(number) is None:
            return refused(404)

        answer = Response(found["text"], mimetype="text/plain")
        answer.headers["Content-Disposition"] = f'attachment; filename="{found["name"]}"'
        return answer
