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

How a login begins and ends is the last lesson's matter: its sound decisions are in `labsrv/relying_party`.
"""

import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import jwt
from flask import Flask, Response, abort, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.http.transport import Unreachable
from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.services import Services
from labsrv.kit.store import Collection
from labsrv.labs.sso.names import CLIENT_SECRETS, HOUSE
from labsrv.provider.outgoing import Outgoing
from labsrv.relying_party.at_provider import AtProvider, NotInOrder
from labsrv.relying_party.secure.authorization_request import authorization_request
from labsrv.relying_party.secure.browser_cookie import browser_cookie
from labsrv.relying_party.secure.code_challenge import code_challenge
from labsrv.relying_party.secure.fits import fits
from labsrv.relying_party.secure.keep_tokens import keep_tokens
from labsrv.relying_party.secure.new_transaction import new_transaction
from labsrv.relying_party.secure.read_id_token import read_id_token
from labsrv.relying_party.secure.take_transaction import take_transaction
from labsrv.relying_party.secure.trusts import trusts

Row = dict[str, Any]
SESSION = "__Host-sid"
LIFE = timedelta(hours=8)  # of a session, in use or not (ASVS 7.3.2, 7.6.1); the provider's is twelve
PLACES = ("/account", "/pay")


@dataclass(frozen=True, kw_only=True)
class Application:
    """What is different in one of them. `resource` is the path of the API that its access tokens are for, or ""."""

    name: str
    title: str
    client_id: str
    scope: str
    resource: str = ""


SHOP = Application(name="shop", title="The tea shop", client_id="tea-shop", scope="openid profile email offline_access")
HR = Application(name="hr", title="Tea HR", client_id="tea-hr", scope="openid profile read edit", resource="/pay")


class Office:
    """One application's tables, and its provider."""

    def __init__(self, lab: Services, settings: Application):
        self.lab = lab
        self.settings = settings

    def rows(self, name: str) -> Collection:
        """Return a table of this application's own; the shop's have no name before theirs."""
        own = self.settings.name
        return self.lab.db[name if own == "shop" else f"{own}_{name}"]

    def now(self) -> datetime:
        """Return the lab's time."""
        return self.lab.clock.now()

    def session(self, cookie: str | None) -> Row | None:
        """Return the session that a cookie stands for, or None."""
        row = self.rows("sessions").find_one({"_id": fingerprint(cookie)}) if cookie else None
        return dict(row) if row and self.now() < row["until"] else None

    def provider(self) -> AtProvider:
        """Return the house's provider, which has said what it is; raises `NotInOrder`."""
        row = {
            "_id": HOUSE,
            "label": "Tea Identity",
            "issuer": self.lab.url(HOUSE, ""),
            "client_id": self.settings.client_id,
            "client_secret": CLIENT_SECRETS[self.settings.client_id],
            "redirect_uri": self.lab.url(self.settings.name, "/callback"),
        }
        there = AtProvider(row, Outgoing(self.settings.name, self.lab))
        if trusts(there.metadata, row["issuer"]):
            return there
        raise NotInOrder("Tea Identity says that it is somebody else.")

    def api(self, method: str, fields: Row | None = None, token: str | None = None) -> tuple[int, Row, str]:
        """Return status, JSON and `WWW-Authenticate` of the API's answer."""
        url = self.lab.url("api", self.settings.resource)
        token = token or g.session["access_token"]
        bearer = {"Authorization": f"Bearer {token}"}
        outgoing = Outgoing(self.settings.name, self.lab)
        answer = (
            outgoing.post_form(url, fields or {}, bearer) if method == "POST" else outgoing.send("GET", url, bearer)
        )
        said = json.loads(answer.body) if answer.body[:1] == b"{" else {}
        wanted = next((value for name, value in answer.headers if name.lower() == "www-authenticate"), "")
        return answer.status, said, wanted


def create_application(
    lab: Services,
    settings: Application,
    *,
    read_logout_token: Callable[[str, list[Row], str, str], Row],
    end_sessions: Callable[[Collection, Collection, Row, datetime], bool],
    leave: Callable[[Collection, Row, dict[str, str | None]], str],
) -> Flask:
    """Return one of the applications with these decisions made."""
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


def refused(words: str, status: int = 400, again: str = "") -> Response:
    """Return the page for what came to nothing, with the address of a login that would help."""
    return Response(render_template("refused.html", words=words, again=again), status, mimetype="text/html")


def let_people_in(app: Flask, office: Office) -> None:
    """Begin and end logins, as in the last lesson."""

    @app.get("/login")
    def login() -> AnyResponse:
        try:
            provider = office.provider()
        except NotInOrder as error:
            return refused(str(error), 502)
        age = request.args.get("max_age", "")
        place = request.args.get("return_to", "")
        asked = {
            "iss": provider.answers_as,
            "return_to": place if place in PLACES else "/account",
            "max_age": int(age) if age.isdecimal() and len(age) < 6 else None,
            "acr_values": request.args.get("acr_values", ""),
        }
        browser = request.cookies.get(browser_cookie("")["key"]) or secrets.token_urlsafe(32)
        transaction = new_transaction(fingerprint(browser), asked, office.now())
        office.rows("transactions").insert_one(transaction)

        sent = authorization_request(provider.row, transaction, code_challenge(transaction["verifier"]))
        sent["scope"] = office.settings.scope
        if office.settings.resource:
            sent["resource"] = office.lab.url("api", office.settings.resource)
        # Whoever knows already who it is need not be asked: `prompt=none` (OpenID Connect Core, 3.1.2.1).
        sent |= {"prompt": "none"} if "silent" in request.args else {}
        response = redirect(f"{provider.metadata['authorization_endpoint']}?{urlencode(sent)}", 303)
        response.set_cookie(**browser_cookie(browser))
        return response

    @app.get("/callback")
    def callback() -> AnyResponse:
        answer = request.args.to_dict()
        browser = fingerprint(request.cookies.get(browser_cookie("")["key"], ""))
        transaction = take_transaction(office.rows("transactions"), browser, answer, office.now())
        if transaction is None:
            return refused("This login was begun elsewhere, or too long ago. Please begin again.")
        if "code" not in answer:
            return refused(f"You were not let in ({answer.get('error', 'without a reason')[:40]}).")
        try:
            provider = office.provider()
            tokens = provider.redeem(answer["code"], transaction["verifier"])
            claims = read_id_token(tokens["id_token"], provider.keys(), provider.issuer, office.settings.client_id)
            name = name_of(provider, claims, tokens["access_token"])
        except (NotInOrder, Unreachable, jwt.PyJWTError):
            return refused("What came back is not the answer to this login. Please begin again.")
        if not fits(claims, transaction, tokens["access_token"], office.now()):
            return refused("What came back is not the answer to this login. Please begin again.")
        return let_in(claims, tokens, name, transaction["return_to"])

    def name_of(provider: AtProvider, claims: Row, token: str) -> str:
        """Return what to call somebody: the API for pay knows it, or else the provider."""
        if office.settings.resource:
            return str(office.api("GET", token=token)[1].get("name", "stranger"))
        said = provider.userinfo(token)
        return str(said.get("name", "stranger")) if said.get("sub") == claims["sub"] else "stranger"

    def let_in(claims: Row, tokens: Row, name: str, return_to: str) -> AnyResponse:
        """Begin a session, in the place of an earlier one. What the provider calls this login is kept beside it."""
        known = {
            **{each: claims[each] for each in ("iss", "sub")},
            "sid": claims.get("sid"),
            "name": name,
            "until": office.now() + LIFE,
            **{each: tokens.get(each, "") for each in ("access_token", "refresh_token", "id_token")},
        }
        row, cookie = keep_tokens(known, office.now())
        if g.session:
            office.rows("sessions").delete_one({"_id": g.session["_id"]})
        office.rows("sessions").insert_one(row)
        response = redirect(return_to, 303)
        response.set_cookie(**cookie)
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
