"""The tea shop, which remembers its visitors with sessions on the server.

GET  /                    home               the teas                         public
POST /basket              basket             a tea into the basket            public
GET  /login               login              who are you?                     public
POST /login               check_login                                         public
POST /logout              logout             end this session                 public
POST /logout/everywhere   logout_everywhere  end all of one's sessions
GET  /account             account            one's own page
POST /account/address     address            where the tea goes
GET  /confirm             confirm            the password again
POST /confirm             check_confirm
GET  /account/payment     payment            one's card; wants a fresh password
GET  /account/password    password           change it
POST /account/password    change_password
GET  /account/sessions    sessions           where one is logged in
GET  /invoices            invoices           added on a Friday afternoon
GET  /login-history       login_history      added on a Monday morning
GET  /api/orders          orders             for the app: JSON
POST /heartbeat           heartbeat          an open page asks for news by itself, every minute

visitor ──cookie──▶ find the session ──▶ still alive? ──▶ may pass? ──▶ page ──▶ touch, save ──▶ visitor
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from flask import Flask, Request, Response, abort, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.services import Services
from labsrv.kit.sessions import Session, Sessions
from labsrv.labs.sessions.people import TEAS, neighbour_sites, settle

__all__ = ["create_site", "neighbours", "settle"]

FRESH = timedelta(minutes=5)
neighbours = neighbour_sites


def create_site(
    lab: Services,
    *,
    new_id: Callable[[str | None], str],
    fingerprint: Callable[[str], str],
    cookie_settings: Callable[[], dict[str, Any]],
    begin_session: Callable[[Sessions, str | None, str], Session],
    raise_privilege: Callable[[Sessions, Session], Session],
    still_alive: Callable[[Session, datetime], bool],
    touch: Callable[[Session, datetime, bool], None],
    save_session: Callable[[Sessions, Session], None],
    end_session: Callable[[Sessions, Session], None],
    end_every_session: Callable[[Sessions, Session], None],
    end_other_sessions: Callable[[Sessions, Session], None],
    may_pass: Callable[[Request, User | None], bool],
    safe_next: Callable[[str | None], str],
) -> Flask:
    """Return the shop with these decisions made."""
    app = tea_shop("labsrv.labs.sessions.site")
    sessions = Sessions(lab.db.sessions, new_id=new_id, fingerprint=fingerprint, now=lab.clock.now)
    shop = Shop(lab, Accounts(lab.db.users, lab.hasher), sessions)

    cookie = cache(cookie_settings)  # decided when the first visitor comes, and then once and for all
    know_visitors(app, shop, cookie, still_alive, may_pass)
    remember_visitors(app, shop, cookie, touch, save_session)
    show_teas(app, shop)
    let_people_in_and_out(app, shop, begin_session, end_session, end_every_session, safe_next)
    show_accounts(app, shop)
    guard_what_is_worth_more(app, shop, raise_privilege, end_other_sessions)
    answer_the_rest(app, shop)
    return app


@dataclass(frozen=True)
class Shop:
    """What all of the shop's pages need."""

    lab: Services
    accounts: Accounts
    sessions: Sessions

    def user_of(self, session: Session | None) -> User | None:
        """Load the user on every request: a closed account has no sessions from then on (ASVS 7.4.2)."""
        user = self.accounts.get(session.user) if session and session.user else None
        return user if user and not user.disabled else None


def know_visitors(
    app: Flask,
    shop: Shop,
    cookie: Callable[[], dict[str, Any]],
    still_alive: Callable[..., bool],
    may_pass: Callable[..., bool],
) -> None:
    """Before each request: find the visitor's session, end it if its time is over, and ask whether they may pass."""
    sessions, clock = shop.sessions, shop.lab.clock

    @app.before_request
    def recognise_the_visitor() -> AnyResponse | None:
        # What was presented is kept beside the session: only where they differ is there a cookie to set.
        g.presented = request.cookies.get(cookie()["key"])
        g.session = sessions.find(g.presented)
        g.expired = bool(g.session and not still_alive(g.session, clock.now()))
        if g.expired:
            sessions.delete(g.session)
            g.session = None
        g.user = shop.user_of(g.session)

        # One question for all routes, those to come included.
        return None if may_pass(request, g.user) else ask_to_log_in()


def ask_to_log_in() -> AnyResponse:
    """Send a page's visitor to the login, and tell an app that it needs one."""
    if request.path.startswith("/api/"):
        return Response('{"error": "log in first"}', 401, mimetype="application/json")

    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    reason = "session-expired" if g.expired else None
    return redirect(url_for("login", next=wanted, q=reason), 303)


def remember_visitors(
    app: Flask,
    shop: Shop,
    cookie: Callable[[], dict[str, Any]],
    touch: Callable[..., None],
    save_session: Callable[..., None],
) -> None:
    """After each request: note the visit, save the session, and set or remove the cookie where it changed."""

    @app.after_request
    def remember_the_visitor(response: Response) -> Response:
        session: Session | None = g.get("session")
        if session:
            # A page that asks for news by itself is no sign of a person.
            touch(session, shop.lab.clock.now(), request.endpoint != "heartbeat")
            save_session(shop.sessions, session)
            if session.id != g.presented:
                response.set_cookie(value=session.id, **cookie())
        elif g.get("leaving"):
            without_dates = {name: value for name, value in cookie().items() if name not in ("max_age", "expires")}
            response.delete_cookie(**without_dates)

        # The back button shows nobody's page after log-out (ASVS 14.3.2).
        response.headers["Cache-Control"] = "no-store"
        return response


def show_teas(app: Flask, shop: Shop) -> None:
    """Show the teas and fill baskets; a stranger's basket needs a session too."""

    @app.get("/")
    def home() -> str:
        return render_template("home.html", teas=TEAS)

    @app.post("/basket")
    def basket() -> AnyResponse:
        g.session = g.session or shop.sessions.create()
        g.session.basket.append(request.form.get("tea", TEAS[0]))
        return redirect(url_for("home"), 303)


def let_people_in_and_out(
    app: Flask,
    shop: Shop,
    begin_session: Callable[..., Session],
    end_session: Callable[..., None],
    end_every_session: Callable[..., None],
    safe_next: Callable[[str | None], str],
) -> None:
    """Log people in and out."""

    @app.get("/login")
    def login() -> str:
        return render_template("login.html", next=request.args.get("next", ""), q=request.args.get("q"))

    @app.post("/login")
    def check_login() -> AnyResponse | tuple[str, int]:
        target = request.form.get("next") or request.args.get("next")
        # A wrong name and a wrong password are one answer.
        user = shop.accounts.authenticate(request.form.get("name", ""), request.form.get("password", ""))
        if user is None:
            return render_template("login.html", next=target or "", wrong=True), 401

        g.session = begin_session(shop.sessions, g.presented, user.name)
        return redirect(safe_next(target), 303)

    @app.post("/logout")
    def logout() -> AnyResponse:
        return leave(end_session)

    @app.post("/logout/everywhere")
    def logout_everywhere() -> AnyResponse:
        return leave(end_every_session)

    def leave(end: Callable[..., None]) -> AnyResponse:
        # The cookie is removed on the way out, where all answers pass.
        if g.session:
            end(shop.sessions, g.session)
        g.session, g.leaving = None, True
        return redirect(url_for("home"), 303)


def show_accounts(app: Flask, shop: Shop) -> None:
    """Show people what is theirs."""
    db = shop.lab.db

    @app.get("/account")
    def account() -> str:
        return render_template("account.html", address=db.addresses.find_one({"_id": g.user.name}))

    @app.post("/account/address")
    def address() -> AnyResponse:
        db.addresses.replace_one({"_id": g.user.name}, {"line": request.form["line"]}, upsert=True)
        return redirect(url_for("account"), 303)

    @app.get("/account/sessions", endpoint="sessions")
    def own_sessions() -> str:
        rows, own = shop.sessions.of(g.user.name), shop.sessions.key(g.session.id)
        return render_template("sessions.html", rows=rows, own=own)


def guard_what_is_worth_more(
    app: Flask, shop: Shop, raise_privilege: Callable[..., Session], end_other_sessions: Callable[..., None]
) -> None:
    """Ask for the password again before the card is shown, and before the password is changed (ASVS 7.5.1)."""
    clock = shop.lab.clock

    @app.get("/confirm")
    def confirm() -> str:
        return render_template("confirm.html")

    @app.post("/confirm")
    def check_confirm() -> AnyResponse | tuple[str, int]:
        if not shop.accounts.authenticate(g.user.name, request.form.get("password", "")):
            return render_template("confirm.html", wrong=True), 401

        # The session has a new id and is no younger: its time runs from the login (ASVS 7.3.2).
        began = g.session.created_at
        g.session = raise_privilege(shop.sessions, g.session)
        g.session.created_at, g.session.confirmed_at = began, clock.now()
        return redirect(url_for("payment"), 303)

    @app.get("/account/payment")
    def payment() -> AnyResponse | str:
        if g.session.confirmed_at and clock.now() - g.session.confirmed_at < FRESH:
            return render_template("payment.html", card=shop.lab.db.cards.find_one({"_id": g.user.name}))

        return redirect(url_for("confirm"), 303)

    @app.get("/account/password")
    def password() -> str:
        return render_template("password.html")

    @app.post("/account/password")
    def change_password() -> AnyResponse | tuple[str, int]:
        if not shop.accounts.authenticate(g.user.name, request.form.get("current", "")):
            return render_template("password.html", wrong=True), 401

        # Who changes a password may be locking a thief out.
        shop.accounts.set_password(g.user.name, request.form["new"])
        end_other_sessions(shop.sessions, g.session)
        return redirect(url_for("account"), 303)


def answer_the_rest(app: Flask, shop: Shop) -> None:
    """Answer what was added later, and what programs ask for."""

    # These carry no guard of their own: the one question in front has to cover them.
    @app.get("/invoices")
    def invoices() -> AnyResponse:
        return jsonify(list(shop.lab.db.invoices.find({})))

    @app.get("/login-history")
    def login_history() -> AnyResponse:
        rows = shop.sessions.rows.find({})
        return jsonify([{"user": row["user"], "at": row["created_at"].isoformat()} for row in rows])

    @app.get("/api/orders")
    def orders() -> AnyResponse:
        return jsonify(owner=g.user.name, orders=["100 g oolong", "50 g sencha"]) if g.user else abort(401)

    @app.post("/heartbeat")
    def heartbeat() -> AnyResponse:
        return jsonify(news=0)
