"""The tea shop on its first day: a shop window, and a tasting room that asks for a ticket.

GET  /          home      the shop window, with the form for the ticket's number
POST /tasting   tasting   200 inside, 403 outside

visitor ──number──▶ may enter? ──▶ the tasting room, or the door
"""

from collections.abc import Callable

from flask import Flask, render_template, request

from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.services import Services
from labsrv.labs.start_here.people import settle

__all__ = ["create_site", "settle"]


def create_site(lab: Services, *, may_enter: Callable[[list[str], str], bool]) -> Flask:
    """Return the shop with its one decision made: `may_enter(tickets, number)`."""
    app = tea_shop("labsrv.labs.start_here.site")

    @app.get("/")
    def home() -> str:
        return render_template("home.html")

    @app.post("/tasting")
    def tasting() -> str | tuple[str, int]:
        # The decision gets plain values: nothing of Flask or of the store is needed to make it.
        tickets = [ticket["number"] for ticket in lab.db.tickets.find({})]
        if may_enter(tickets, request.form.get("number", "")):
            return render_template("tasting.html")

        return render_template("home.html", refused=True), 403

    return app
