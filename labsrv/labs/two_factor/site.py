"""The tea shop, which asks for a second factor.

GET  /                        home             the teas                                            open
GET  /login                   login            name and password                                   open
POST /login                   check_login                                                          open
GET  /login/second            second           what one has: a code                                half way
POST /login/second            check_second                                                         half way
POST /login/second/text       text_me          a code by text message                              half way
GET  /mail                    mail             a link by mail, or a new password                   open
POST /mail                    send_mail                                                            open
GET  /mail/<purpose>/<token>  open_mail        what the link leads to                              open
POST /mail/<purpose>/<token>  use_mail                                                             open
POST /api/token               api_token        for the app: JSON                                   open
GET  /api/orders              orders           for the app, with its token
POST /logout                  logout                                                               open
GET  /account                 account          one's own page
GET  /confirm                 confirm          password and code again
POST /confirm                 check_confirm
GET  /account/second          new_app          set up an app: the QR code                          fresh
POST /account/second          confirm_app      a code shows that the app has it                    fresh
POST /account/second/remove   remove_app                                                           fresh
POST /account/second/codes    new_codes        a sheet of recovery codes                           fresh

stranger ──password, link, reset, api──▶ needs a second step? ──yes──▶ half way ──code──▶ logged in
                                          known_device   └──────────no─────────────────────────▲
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, Request, Response, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.attempts import Attempts
from labsrv.kit.factors import Factor, Factors
from labsrv.kit.lessons.qr import qr_svg
from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.passwords import Hasher
from labsrv.kit.services import Services
from labsrv.kit.store import Collection
from labsrv.kit.visits import Visit
from labsrv.labs.two_factor.changes import ask_again, let_people_change_the_rest, let_people_set_up_apps
from labsrv.labs.two_factor.letters import let_people_in_by_mail
from labsrv.labs.two_factor.people import TEAS, neighbour_sites, settle
from labsrv.labs.two_factor.second_step import Proofs, make_the_second_step
from labsrv.labs.two_factor.shop import COOKIE, SESSION, Shop

__all__ = ["create_site", "neighbours", "settle"]

FRESH = {"new_app", "confirm_app", "remove_app", "new_codes"}
neighbours = neighbour_sites


def create_site(
    lab: Services,
    *,
    hotp: Callable[[bytes, int, int, str], str],
    new_secret: Callable[[str], str],
    set_up: Callable[[Factors, str, str], None],
    time_of: Callable[[Request, float], float],
    step_of: Callable[[Factor, str, float], int | None],
    use_step: Callable[[Collection, str, int], bool],
    may_try: Callable[[Attempts, str, str], bool],
    may_pass: Callable[[str | None, Visit | None], bool],
    who_enters: Callable[[Visit, Mapping[str, str]], str],
    needs_second_step: Callable[[str, bool], bool],
    known_device: Callable[[Collection, str | None, str, datetime], bool],
    keep_codes: Callable[[Collection, Hasher, str, list[str]], None],
    redeem: Callable[[Collection, Hasher, str, str], bool],
    may_change: Callable[[Visit, datetime], bool],
    tell: Callable[[Any, str, str], None],
) -> Flask:
    """Return the shop with these decisions made."""
    app = tea_shop("labsrv.labs.two_factor.site")
    shop = Shop(lab, needs_second_step, known_device, tell)
    proofs = Proofs(shop, hotp, time_of, step_of, use_step, may_try, redeem)

    # Three ways in, and each ends at the second step: a way that forgets it is a flaw of its own.
    know_visitors(app, shop, may_pass, may_change)
    show_pages(app, shop)
    let_people_in_and_out(app, shop)
    let_people_in_by_mail(app, shop)
    let_the_app_in(app, shop, proofs)
    make_the_second_step(app, shop, proofs, who_enters)
    let_people_set_up_apps(app, shop, proofs, new_secret, set_up)
    let_people_change_the_rest(app, shop, keep_codes)
    ask_again(app, shop, proofs)
    return app


def know_visitors(
    app: Flask, shop: Shop, may_pass: Callable[..., bool], may_change: Callable[[Visit, datetime], bool]
) -> None:
    """Before each request: find the visit, ask whether it may pass, and whether it is fresh where that matters."""

    @app.before_request
    def recognise_the_visitor() -> AnyResponse | None:
        # The phone's app has no cookies: its token names the same kind of visit.
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        g.visit = shop.visits.find(request.cookies.get(SESSION) or bearer)
        g.name = g.visit.user if g.visit else ""

        # By the route's name, before any route runs: half way is somewhere, and not inside.
        if not may_pass(request.endpoint, g.visit):
            return turned_away()
        if request.endpoint in FRESH and not (g.visit and may_change(g.visit, shop.lab.clock.now())):
            return redirect(url_for("confirm"), 303)
        return None

    @app.after_request
    def keep_no_copy(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response


def turned_away() -> AnyResponse:
    """Tell an app what it needs; send a person to the step that is missing."""
    if request.path.startswith("/api/"):
        return Response('{"error": "log in first"}', 401, mimetype="application/json")

    return redirect(url_for("second" if g.visit and not g.visit.full else "login"), 303)


def show_pages(app: Flask, shop: Shop) -> None:
    """Show what needs no decision."""
    app.add_template_global(qr_svg)

    @app.get("/")
    def home() -> str:
        return render_template("home.html", teas=TEAS, guests=shop.lab.db.guests.find({}))

    @app.get("/login")
    def login() -> str:
        return render_template("login.html")

    @app.get("/api/orders")
    def orders() -> AnyResponse:
        return jsonify(owner=g.name, orders=["100 g oolong", "50 g sencha"])


def let_people_in_and_out(app: Flask, shop: Shop) -> None:
    """Make the first step, and leave."""

    @app.post("/login")
    def check_login() -> AnyResponse | tuple[str, int]:
        user = shop.accounts.authenticate(request.form.get("name", ""), request.form.get("password", ""))
        if user is None:
            return render_template("login.html", words="Name or password is wrong."), 401

        return shop.enter(user.name, "password")

    @app.post("/logout")
    def logout() -> AnyResponse:
        shop.visits.end(g.visit)
        response = redirect(url_for("home"), 303)
        response.delete_cookie(SESSION, **COOKIE)
        return response

    @app.get("/account")
    def account() -> str:
        left = shop.lab.db.recovery.count_documents({"user": g.name, "kind": "code"})
        return render_template("account.html", app=shop.factors.active(g.name), left=left)


def let_the_app_in(app: Flask, shop: Shop, proofs: Proofs) -> None:
    """Give the app on one's phone a token: name, password and, where it is missing, a code."""

    @app.post("/api/token")
    def api_token() -> AnyResponse | tuple[AnyResponse, int]:
        user = shop.accounts.authenticate(request.form.get("name", ""), request.form.get("password", ""))
        if user is None:
            return jsonify(error="name or password is wrong"), 401
        if shop.misses_a_step(user.name, "api", False):
            shown = proofs.shown(user.name, "api", request.form)
            if shown is None:
                return jsonify(error="too many tries"), 429
            if not shown:
                return jsonify(error="a code is missing or wrong"), 401

        return jsonify(token=shop.visits.begin(user.name, full=True, proved=False).id)
