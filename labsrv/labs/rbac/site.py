"""The tea company's pay records, as its staff use them.

GET    /                              home          the front page                                public
GET    /login                         login                                                       public
POST   /login                         check_login   name and password, and which role to begin in  public
POST   /logout                        logout                                                      public
GET    /pay                           pay           one's records, as a page                      records:read
GET    /pay/<number>                  pay_record    one of them, with the buttons that one may use  records:read
GET    /api/records                   records       ?owner= ?band=                                records:read
GET    /api/records/count             count         how many these are                            records:read
GET    /api/records/export.csv        export                                                      records:read
POST   /api/records/bulk              bulk          several: {"ids": [1001, 1002]}                records:read
GET    /api/records/<number>          record                                                      records:read
PATCH  /api/records/<number>          record        change fields of it                           records:edit
DELETE /api/records/<number>          record                                                      records:delete
GET    /api/records/<number>/slips    slips         its pay slips                                 slips:read
GET    /api/records/<number>/slips/<file>  slip     one, to download                              slips:read
GET    /api/raises                    raises                                                      raises:read
POST   /api/raises                    raises        prepare one: {"record": 1001, "amount": 3100}  raises:prepare
POST   /api/raises/<key>/approve      approve       the record has the new amount                 raises:approve
GET    /api/roles                     roles         who has which, in one's branch                roles:read
POST   /api/roles                     roles         assign: {"user": "alice", "role": "manager"}  roles:assign
DELETE /api/roles/<user>/<role>       role          revoke                                        roles:assign
POST   /api/groups                    groups        found a group, a role without any permission  groups:found
GET    /api/session                   session       who one is here, and in which roles           logged in
POST   /api/session/roles             active_roles  activate one: {"role": "payroll"}             logged in
DELETE /api/session/roles             active_roles  drop one                                      logged in
GET    /api/log                       log           who was refused what                          log:read
GET    /api/drafts                    drafts        mounted after the start, declared by nobody
PUT    /api/drafts/<number>           record        as well: what is declared for it are other methods

visitor ──cookie──▶ session ──▶ roles_of ──▶ inherited ──▶ permitted ──▶ what one may
request ──▶ needed_for ──▶ answer_for ──▶ 401, 403, or the endpoint ──▶ own_records, readable, changes ──▶ store
"""

from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

from flask import Flask, Request, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.accounts import Accounts
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.services import Services
from labsrv.kit.sessions import Sessions
from labsrv.labs.rbac.declared import DECLARED, DYNAMIC
from labsrv.labs.rbac.people import settle
from labsrv.labs.rbac.raises import let_people_raise_pay
from labsrv.labs.rbac.records import show_records
from labsrv.labs.rbac.roles import let_people_change_roles
from labsrv.labs.rbac.shop import COOKIE, Shop, refused

__all__ = ["create_site", "settle"]

# What an exercise asks for and the site does not call: a suite of tests that is held against sites.
BESIDE = {"examine": ("ask", "rows", "people")}


def create_site(
    lab: Services,
    *,
    permitted: Callable[[str, list[str], dict[str, list[str]]], bool],
    needed_for: Callable[[Request, dict[str, dict[str, str]]], str | None],
    answer_for: Callable[[str | None, dict[str, Any] | None], int],
    roles_of: Callable[[Request, dict[str, Any], Any], list[str]],
    inherited: Callable[[str, dict[str, list[str]]], list[str]],
    may_assign: Callable[[list[str], str, dict[str, list[str]], list[dict[str, Any]]], bool],
    may_activate: Callable[[list[str], str, list[str], dict[str, list[str]], list[dict[str, Any]]], bool],
    may_approve: Callable[[dict[str, Any], dict[str, Any]], bool],
    own_records: Callable[[dict[str, Any]], dict[str, Any]],
    readable: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]],
    changes: Callable[[str, dict[str, Any]], dict[str, Any] | None],
) -> Flask:
    """Return the site with these decisions made; raises `LookupError` for an endpoint that declares nothing."""
    app = tea_shop("labsrv.labs.rbac.site")
    sessions = Sessions(
        lab.db.sessions, new_id=lambda user: token_urlsafe(32), fingerprint=fingerprint, now=lab.clock.now
    )
    shop = Shop(lab, Accounts(lab.db.users, lab.hasher), sessions, permitted, roles_of, inherited)

    guard(app, shop, needed_for, answer_for)
    let_people_in_and_out(app, shop, may_activate)
    show_records(app, shop, own_records, readable, changes)
    let_people_raise_pay(app, shop, own_records, may_approve)
    let_people_change_roles(app, shop, may_assign, may_activate)
    check_declarations(app)

    # What is mounted later no check at the start can see: the question before each request has to cover it.
    mount_drafts(app, shop)
    return app


def guard(app: Flask, shop: Shop, needed_for: Callable[..., str | None], answer_for: Callable[..., int]) -> None:
    """Before each request: find out who asks and in which roles, and what this needs (ASVS 8.3.1)."""

    @app.before_request
    def ask_first() -> Response | None:
        g.session = shop.sessions.find(request.cookies.get(COOKIE))
        g.user = shop.user_of(g.session)
        # No endpoint: there is nothing to guard, and the framework says 404 or 405.
        if request.endpoint is None:
            return None

        status = answer_for(needed_for(request, DECLARED), g.user)
        if status == 200:
            return None

        shop.note(status)
        return refused(401 if status == 401 else 403)

    @app.after_request
    def keep_no_copy(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response


def undeclared(app: Flask) -> list[str]:
    """Return the endpoints and methods for which nothing is declared: `["GET drafts"]`."""
    implied = {"HEAD", "OPTIONS"}
    pairs = {(rule.endpoint, method) for rule in app.url_map.iter_rules() for method in (rule.methods or ())}
    return sorted(
        f"{method} {endpoint}"
        for endpoint, method in pairs
        if method not in implied and method not in DECLARED.get(endpoint, {})
    )


def check_declarations(app: Flask) -> None:
    """Refuse to start with an endpoint that nothing is declared for."""
    missing = undeclared(app)
    if missing:
        raise LookupError(f"Nothing is declared for {', '.join(missing)}: say in DECLARED what each needs.")


def let_people_in_and_out(app: Flask, shop: Shop, may_activate: Callable[..., bool]) -> None:
    """Log people in, in one of their roles, and out."""

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

        # A new session for each login, of whoever it was before.
        if g.session:
            shop.sessions.delete(g.session)
        session, assigned = shop.sessions.create(user.name), shop.assigned_to(user.name)

        # Least privilege: one role to begin with, the first if nobody says which; more when they are needed.
        begin = assigned[:1]
        if wanted := request.form.get("role"):
            may = may_activate([], wanted, assigned, shop.below(), DYNAMIC)
            begin = [wanted] if may else []
        shop.activate(session, begin)

        answer = redirect(url_for("pay"), 303)
        answer.set_cookie(COOKIE, session.id, secure=True, httponly=True, samesite="Lax", path="/")
        return answer

    @app.post("/logout")
    def logout() -> AnyResponse:
        if g.session:
            shop.sessions.delete(g.session)
        answer = redirect(url_for("home"), 303)
        answer.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Lax", path="/")
        return answer


def mount_drafts(app: Flask, shop: Shop) -> None:
    """Mount what another office has written: next year's pay, to be looked at before it is announced."""

    @app.get("/api/drafts")
    def drafts() -> Response:
        return jsonify(drafts=shop.lab.db.drafts.find({}))

    # An endpoint of ours under an address of theirs, by a method that nobody has declared for it.
    app.add_url_rule("/api/drafts/<int(max=999999999):number>", "record", app.view_functions["record"], methods=["PUT"])
