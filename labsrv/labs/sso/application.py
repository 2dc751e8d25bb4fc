"""An application that lets people in whom the house's provider knows. There are two: the tea shop, and Tea HR.

GET  /              home         what it is
GET  /login         login        to the provider, and back; `max_age`, `acr_values` where an API asks for them
GET  /callback      callback     where the provider sends people back to
GET  /account       account      who I am here
GET  /pay           pay          Tea HR: what the API says of my pay
POST /raise         raise_pay    Tea HR: change somebody's pay at the API
POST /logout        logout       from this application, and nowhere else
POST /leave         leave        from this application and from the provider
GET  /left          left         back from there
POST /backchannel   backchannel  the provider says that a login has ended

How a login begins and ends is the last lesson's matter: `login.py`.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import jwt
from flask import Flask, Response, abort, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.services import Services
from labsrv.kit.store import Collection
from labsrv.labs.sso.office import SESSION, Application, Office, Row, refused
from labsrv.relying_party.at_provider import NotInOrder


def create_application(
    lab: Services,
    settings: Application,
    *,
    read_logout_token: Callable[[str, list[Row], str, str], Row],
    end_sessions: Callable[[Collection, Collection, Row, datetime], bool],
    leave: Callable[[Collection, Row, dict[str, str | None]], str],
) -> Flask:
    """Return one of the applications with these decisions made."""
    from labsrv.labs.sso.login import let_people_in

    app = tea_shop("labsrv.labs.sso.application")
    office = Office(lab, settings)

    know_visitors(app, office)
    let_people_in(app, office)
    show_pages(app, office)
    let_people_out(app, office, leave)
    hear_of_logouts(app, office, read_logout_token, end_sessions)
    return app


def know_visitors(app: Flask, office: Office) -> None:
    """Before each request: who is it, and is it from a page of ours if it changes something?"""

    @app.before_request
    def recognise_the_visitor() -> None:
        own = request.host_url.rstrip("/")
        if request.method == "POST" and request.headers.get("Origin", own) != own:
            abort(403)
        g.session = office.session(request.cookies.get(SESSION))

    app.jinja_env.globals |= {"title": office.settings.title, "api": office.settings.resource}

    @app.after_request
    def keep_no_copy(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def show_pages(app: Flask, office: Office) -> None:
    """Show what is here, and what the API says."""

    @app.get("/")
    def home() -> str:
        return render_template("home.html")

    @app.get("/account")
    def account() -> str | AnyResponse:
        return render_template("account.html") if g.session else refused("Please log in first.", 401)

    if office.settings.resource:
        show_pay(app, office)


def show_pay(app: Flask, office: Office) -> None:
    """Show what the API says of somebody's pay, and let those change it who may."""

    @app.get("/pay")
    def pay() -> str | AnyResponse:
        if g.session is None:
            return refused("Please log in first.", 401, url_for("login", return_to="/pay"))
        status, said, wanted = office.api("GET")
        return render_template("pay.html", said=said) if status == 200 else refused_by_api(status, said, wanted)

    @app.post("/raise")
    def raise_pay() -> AnyResponse:
        if g.session is None:
            return refused("Please log in first.", 401, url_for("login", return_to="/pay"))
        # The user's own token goes along, and the API decides: it is not we who may change pay (ASVS 8.3.3).
        status, said, wanted = office.api("POST", {each: request.form.get(each, "") for each in ("employee", "pay")})
        return redirect("/pay", 303) if status == 200 else refused_by_api(status, said, wanted)

    def refused_by_api(status: int, said: Row, wanted: str) -> Response:
        """Say what the API said, and offer the login that it asks for (RFC 9470, 4)."""
        named = {name: value.strip('"') for name, _, value in (each.partition("=") for each in wanted[7:].split(", "))}
        asked: Row = {name: named[name] for name in ("max_age", "acr_values") if name in named}
        again = url_for("login", return_to="/pay", **asked) if asked or status == 401 else ""
        return refused(f"The API said no: {named.get('error', said.get('error', 'without a reason'))}.", status, again)


def let_people_out(app: Flask, office: Office, leave: Callable[..., str]) -> None:
    """Three ways out are asked for here; the fourth comes from the provider."""

    @app.post("/logout")
    def logout() -> AnyResponse:
        if g.session:
            office.rows("sessions").delete_one({"_id": g.session["_id"]})
        return without_cookie(redirect(url_for("home"), 303))

    @app.post("/leave", endpoint="leave")
    def leave_here_and_there() -> AnyResponse:
        back_to = office.lab.url(office.settings.name, "/left")
        if g.session is None:
            return without_cookie(redirect(back_to, 303))
        provider = office.provider()
        way = {
            "end_session_endpoint": provider.metadata.get("end_session_endpoint"),
            "client_id": office.settings.client_id,
            "back_to": back_to,
        }
        target = leave(office.rows("sessions"), g.session, way)
        # What was given to go on while nobody is there outlives a log-out, unless it is ended (RFC 7009, 2.1).
        with suppress(NotInOrder):
            provider.revoke(g.session["refresh_token"])
        return without_cookie(redirect(target, 303))

    @app.get("/left")
    def left() -> str:
        return render_template("left.html")

    def without_cookie(response: AnyResponse) -> AnyResponse:
        response.delete_cookie(SESSION, secure=True, httponly=True, samesite="Lax")
        return response


def hear_of_logouts(
    app: Flask, office: Office, read_logout_token: Callable[..., Row], end_sessions: Callable[..., bool]
) -> None:
    """Let the provider say that a login has ended (OpenID Connect Back-Channel Logout 1.0, 2.5 and 2.8)."""

    @app.post("/backchannel")
    def backchannel() -> tuple[Response, int]:
        # No cookie comes along: the provider asks, and not somebody's browser.
        token = request.form.get("logout_token", "")
        try:
            provider = office.provider()
            claims = read_logout_token(token, provider.keys(), provider.issuer, office.settings.client_id)
        except (NotInOrder, jwt.PyJWTError):
            return jsonify(error="invalid_request"), 400
        # Whoever reads a token carelessly may let one in that has no number: that is no reason to break.
        if end_sessions(office.rows("sessions"), office.rows("logout_tokens"), {"jti": "", **claims}, office.now()):
            return jsonify(), 200
        return jsonify(error="invalid_request"), 400
