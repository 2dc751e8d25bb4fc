"""The tea company's documents: blends, recipes, contracts and price lists, as its staff use them.

GET    /                                  home          the front page                            public
GET    /login                             login                                                   public
POST   /login                             check_login   name and password                         public
POST   /logout                            logout                                                  public
GET    /documents                         pages         those that one may read                   read, of each
GET    /documents/<key>                   page          one, with the buttons that one may use    read
GET    /print/<key>                       printed       one, as text for the printer              read
GET    /api/documents                     documents                                               read, of each
POST   /api/documents                     documents     write a new one                           create
GET    /api/documents/count               count         how many these are                        read, of each
GET    /api/documents/export.csv          export                                                  read, of each
GET    /api/documents/<key>               document                                                read
PATCH  /api/documents/<key>               document      change it                                 edit, and more
DELETE /api/documents/<key>               document                                                delete
POST   /api/documents/<key>/hand-over     hand_over     to another owner: {"to": "bob"}           hand_over
POST   /api/documents/<key>/sign          sign          a contract                                sign
POST   /api/documents/<key>/break-glass   break_glass   an emergency: {"reason": "…"}             logged in
GET    /api/me                            me            what is known of whoever asks             logged in
POST   /api/confirm                       confirm       the password once more: a proof           logged in
GET    /policy                            policy_page   the policy, as a page                     read
GET    /api/policy                        policy                                                  read
PUT    /api/policy                        policy        put another in its place                  edit
GET    /api/log                           log           what was decided                          read

NIST SP 800-162 tells four points apart, and here each is a file:

PEP  enforcement.py       before each endpoint: asks, carries out, refuses     action_for, carry_out, answer_for,
                                                                               what_to_ask, store_change, still_good
PDP  decision_point.py    a pure function of policy and question               compare, outcome_of, combine
PIP  information.py       the attributes, and from whom                        client_address, attributes_of,
                                                                               during_hours, is_confirmed
PAP  administration.py    whoever edits the policy (policy.py)

request ──▶ PEP ──question?──▶ PIP ──attributes──▶ PEP ──question──▶ PDP ──decision──▶ PEP ──▶ 200, 401, 403, 404
                                                                      ▲
                                                          PAP ──policy┘

The same PDP answers other enforcement points over AuthZEN: the site "pdp".
"""

from collections.abc import Callable
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.accounts import Accounts
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.services import Services
from labsrv.kit.sessions import Sessions
from labsrv.kit.store import Collection
from labsrv.labs.abac.administration import show_policy
from labsrv.labs.abac.decision_point import DecisionPoint
from labsrv.labs.abac.documents import fitting, show_documents
from labsrv.labs.abac.enforcement import Enforcement
from labsrv.labs.abac.information import Information
from labsrv.labs.abac.over_authzen import neighbours
from labsrv.labs.abac.people import settle
from labsrv.labs.abac.places import country_of
from labsrv.labs.abac.shop import BAD, COOKIE, FORBIDDEN, Shop, is_text, refused, said_object

__all__ = ["create_site", "neighbours", "settle"]

Json = dict[str, Any]


def create_site(
    lab: Services,
    *,
    compare: Callable[[str, Any, Any], bool],
    outcome_of: Callable[[str, Any], str],
    combine: Callable[[list[Json]], str],
    client_address: Callable[[str, str | None, list[str]], str],
    attributes_of: Callable[[Json, Json], Json],
    during_hours: Callable[[datetime, Json], bool],
    is_confirmed: Callable[[Json | None, Json, datetime], bool],
    action_for: Callable[[str, str], str | None],
    carry_out: Callable[[Any, list[str]], list[Json] | None],
    answer_for: Callable[[str | None, bool, bool], str],
    what_to_ask: Callable[[Json, Json], list[list[Any]]],
    store_change: Callable[[Collection, Json, Json], bool],
    still_good: Callable[[Json, Json, int, datetime], bool],
) -> Flask:
    """Return the site with these decisions made."""
    app = tea_shop("labsrv.labs.abac.site")
    sessions = Sessions(
        lab.db.sessions, new_id=lambda user: token_urlsafe(32), fingerprint=fingerprint, now=lab.clock.now
    )
    shop = Shop(lab, Accounts(lab.db.users, lab.hasher), sessions)
    pdp = DecisionPoint(compare, outcome_of, combine)
    pip = Information(shop, client_address, attributes_of, during_hours, is_confirmed)
    pep = Enforcement(shop, pdp, pip, action_for, carry_out, answer_for, still_good)

    app.before_request(pep.look_at_request)
    app.after_request(keep_no_copy)
    let_people_in_and_out(app, shop, pip)
    let_people_prove_more(app, shop, pip)
    show_documents(app, shop, pep, what_to_ask, store_change)
    show_policy(app, shop, pep)
    return app


def keep_no_copy(response: Response) -> Response:
    """Let nobody on the way keep a copy of what was decided for one person."""
    response.headers["Cache-Control"] = "no-store"
    return response


def let_people_in_and_out(app: Flask, shop: Shop, pip: Information) -> None:
    """Log people in, and out."""

    @app.get("/")
    def home() -> str:
        return render_template("home.html")

    @app.get("/login")
    def login() -> str:
        return render_template("login.html")

    @app.post("/login")
    def check_login() -> AnyResponse:
        user = shop.accounts.authenticate(request.form.get("name", ""), request.form.get("password", ""))
        if user is None:
            return make_response(render_template("login.html", wrong=True), 401)

        # A new session for each login; with it, the country where it began.
        if g.session:
            shop.sessions.delete(g.session)
        session = shop.sessions.create(user.name)
        began = {"_id": shop.sessions.key(session.id), "country": country_of(pip.address())}
        shop.lab.db.visits.insert_one(began)

        answer = redirect(url_for("pages"), 303)
        answer.set_cookie(COOKIE, session.id, secure=True, httponly=True, samesite="Lax", path="/")
        return answer

    @app.post("/logout")
    def logout() -> AnyResponse:
        if g.session:
            shop.sessions.delete(g.session)
        answer = redirect(url_for("home"), 303)
        answer.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Lax", path="/")
        return answer


def let_people_prove_more(app: Flask, shop: Shop, pip: Information) -> None:
    """Tell people what is known of them, and take a second proof that it is they who ask."""

    @app.get("/api/me")
    def me() -> Response:
        return jsonify(pip.question("read").as_json())

    @app.post("/api/confirm")
    def confirm() -> Response | tuple[Response, int]:
        said = fitting(said_object(), {"password": is_text})
        if not said:
            return refused(BAD)
        if not shop.accounts.authenticate(g.user["name"], said["password"]):
            return refused(FORBIDDEN)

        key = token_urlsafe(16)
        row = {"_id": key, "user": g.user["name"], "session": shop.sessions.key(g.session.id)}
        shop.lab.db.proofs.insert_one(row | {"at": shop.lab.clock.now()})
        return jsonify(proof=key), 201
