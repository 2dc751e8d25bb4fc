"""The tea shop, which lets people in by a link or a code that it sends them.

GET  /                home             the teas
GET  /login           login            a link by mail, please
POST /login           ask_for_link
GET  /magic?token=…   magic            the link in the mail: a page with a button
POST /magic           magic            the button
GET  /code            code             a code by mail or text message, please
POST /code            ask_for_code
POST /code/check      check_code
GET  /password        password         with name and password
POST /password        check_password
GET  /forgot          forgot           forgot it
POST /forgot          ask_for_reset
GET  /reset?token=…   new_password     the link in that mail
POST /reset           reset
GET  /account         account          one's own page
POST /account/card    card             what one pays with
POST /logout          logout

asks ──▶ may_send ──▶ send_link ──▶ issue_link, base_url ──▶ the mailbox ──▶ is_meant ──▶ take_link, from_same_browser
                                    new_code ──▶ mailbox or phone ──▶ read_code ──▶ may_guess ──▶ check_code
                                    a link to a new password ──▶ take_link, from_same_browser ──▶ reset_password
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, Request, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.accounts import Accounts
from labsrv.kit.attempts import Attempts
from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.services import Services
from labsrv.kit.sessions import Sessions
from labsrv.kit.store.collection import Collection, Document
from labsrv.labs.passwordless.codes import let_people_in_by_code
from labsrv.labs.passwordless.desk import Desk, Links
from labsrv.labs.passwordless.people import TEAS, neighbour_sites, settle

__all__ = ["create_site", "neighbours", "settle"]

SHORTEST = 15
SHORT = f"A password has at least {SHORTEST} characters."
WRONG = "Name or password is wrong."
CHANGED = "The password of your account at the tea shop was changed. If that was not you, tell us at once."
neighbours = neighbour_sites


def create_site(
    lab: Services,
    *,
    issue_link: Callable[[Collection, str, str, datetime], str],
    take_link: Callable[[Collection, str, datetime], Document | None],
    is_meant: Callable[[Request], bool],
    from_same_browser: Callable[[Mapping[str, Any], Request], bool],
    base_url: Callable[[Request, str], str],
    send_link: Callable[[Callable[[str], str | None], Callable[[str], str], str], str],
    may_send: Callable[[Attempts, str, str], bool],
    new_code: Callable[[], str],
    read_code: Callable[[str], str | None],
    may_guess: Callable[[Attempts, str, str], bool],
    check_code: Callable[[Collection, str, str, datetime], str | None],
    reset_password: Callable[[Accounts, Sessions, Callable[[str], None], str, Mapping[str, str]], None],
) -> Flask:
    """Return the shop with these decisions made."""
    app = tea_shop("labsrv.labs.passwordless.site")
    desk = Desk.of(lab, may_send)
    links = Links(desk, issue_link, take_link, from_same_browser, base_url, send_link)

    # One desk for all ways in: each ends in the same session, and is counted at the same place.
    know_visitors(app, desk)
    show_pages(app, desk)
    let_people_in_by_link(app, desk, links, is_meant)
    let_people_in_by_code(app, desk, new_code, read_code, may_guess, check_code)
    let_people_in_by_password(app, desk)
    let_people_choose_another_password(app, desk, links, reset_password)
    return app


def know_visitors(app: Flask, desk: Desk) -> None:
    """Find out who is there, and keep strangers off what is somebody's own."""

    @app.before_request
    def recognise_the_visitor() -> AnyResponse | None:
        desk.recognise()
        own = request.path.startswith("/account")
        return redirect(url_for("login"), 303) if own and g.user is None else None

    @app.after_request
    def leave_no_trace(response: AnyResponse) -> AnyResponse:
        """Keep what stands in an address, a token for instance, out of caches and of other sites' logs."""
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


def show_pages(app: Flask, desk: Desk) -> None:
    """Show what needs no decision."""
    for address, name in {"/login": "login", "/code": "code", "/password": "password", "/forgot": "forgot"}.items():
        app.add_url_rule(address, name, lambda name=name: render_template(f"{name}.html"))

    @app.get("/")
    def home() -> str:
        return render_template("home.html", teas=TEAS)

    @app.get("/account")
    def account() -> str:
        return render_template("account.html", card=desk.lab.db.cards.find_one({"_id": g.user.name}))

    @app.post("/account/card")
    def card() -> AnyResponse:
        row = {"number": request.form.get("number", "")}
        desk.lab.db.cards.replace_one({"_id": g.user.name}, row, upsert=True)
        return redirect(url_for("account"), 303)

    @app.post("/logout")
    def logout() -> AnyResponse:
        return desk.goodbye()


def let_people_in_by_link(app: Flask, desk: Desk, links: Links, is_meant: Callable[[Request], bool]) -> None:
    """Send a link to whoever asks, and let in whoever follows it and means it."""
    table = desk.lab.db.links

    @app.post("/login")
    def ask_for_link() -> AnyResponse:
        return links.answer("login.html", table, "magic", "Your link to the tea shop")

    @app.route("/magic", methods=["GET", "POST"])
    def magic() -> AnyResponse | tuple[str, int]:
        token = request.values.get("token", "")
        if not is_meant(request):
            return links.landing(table, token)

        owner = links.take(table, token)
        return desk.welcome(owner) if owner else (render_template("spent.html"), 410)


def let_people_in_by_password(app: Flask, desk: Desk) -> None:
    """Let in whoever has a password and knows it: the lesson before this one is about that."""

    @app.post("/password")
    def check_password() -> AnyResponse | tuple[str, int]:
        name, password = request.form.get("name", ""), request.form.get("password", "")
        if not desk.may_try(name):
            return render_template("password.html", words="Too many attempts. Please wait a quarter of an hour."), 429

        user = desk.accounts.authenticate(name, password)
        if user is None:
            return render_template("password.html", words=WRONG), 401

        desk.attempts.forget("password", name)
        return desk.welcome(user.name)


def let_people_choose_another_password(
    app: Flask, desk: Desk, links: Links, reset_password: Callable[..., None]
) -> None:
    """Let people who forgot their password choose another one, and tell them that it was changed (ASVS 6.3.7)."""
    table = desk.lab.db.resets

    @app.post("/forgot")
    def ask_for_reset() -> AnyResponse:
        return links.answer("forgot.html", table, "new_password", "Choose another password")

    @app.get("/reset")
    def new_password() -> str:
        return render_template("reset.html", token=request.args.get("token", ""))

    @app.post("/reset")
    def reset() -> AnyResponse | tuple[str, int]:
        token = request.form.get("token", "")
        # A password that is refused must not cost the link: it is taken only afterwards.
        if len(request.form.get("password", "")) < SHORTEST:
            return render_template("reset.html", token=token, words=SHORT), 400

        owner = links.take(table, token)
        if owner is None:
            return render_template("spent.html"), 410

        # Told by mail, whoever did it: the owner may be somebody else.
        reset_password(desk.accounts, desk.sessions, links.forget, owner, request.form)
        desk.lab.mail.send(desk.address_of(owner), "Your password was changed", CHANGED)
        return redirect(url_for("password"), 303)
