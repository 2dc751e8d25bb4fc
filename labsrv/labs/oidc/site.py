"""The tea shop as a relying party: it has no passwords, and lets people in whom a provider knows.

GET  /                  home          the teas
GET  /login             login         to the house's provider, and back
GET  /signup            signup        the same, with the page for newcomers first
GET  /login/<provider>  login_at      to another provider
GET  /again             again         show once more who you are
GET  /callback          callback      where providers send people back to
GET  /profile           profile       what the shop knows of me
GET  /account           account       my ways in
POST /link              link_another  one more way in
POST /unlink            unlink_one    one less
POST /logout            logout        from the shop, not from the provider

browser            shop                                                    provider
  │ ─ GET /login ─▶ │ new_transaction, code_challenge, authorization_request  │
  │ ◀─ 303 ──────── │ browser_cookie                                          │
  │ ──────────────────────────── GET /authorize ───────────────────────────▶ │  who are you?
  │ ◀─────────────────────────── 303, code, state, iss ───────────────────── │
  │ ─ GET /callback ▶ take_transaction ─────── code, verifier ─────────────▶ │
  │                 │ read_id_token, fits ◀── ID token, access token ─────── │
  │                 │ profile_of ◀─────────── claims ─────────────────────── │
  │ ◀─ 303 ──────── │ account_for, or link; keep_tokens                       │
"""

import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import jwt
from flask import Flask, Response, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.services import Services
from labsrv.kit.store import Collection
from labsrv.labs.oidc.people import TEAS, neighbour_sites, settle
from labsrv.labs.oidc.shop import HOUSE, SESSION, Shop
from labsrv.relying_party.at_provider import AtProvider, NotInOrder

__all__ = ["create_site", "neighbours", "settle"]

Row = dict[str, Any]
neighbours = neighbour_sites
# Seconds. Whoever changes how one gets into an account has shown who they are not longer ago than this.
FRESH = 300
LOCAL = re.compile(r"/(?:[A-Za-z0-9._~-][A-Za-z0-9._~/?&=-]*)?")


def create_site(
    lab: Services,
    *,
    code_challenge: Callable[[str], str],
    new_transaction: Callable[[str, Row, datetime], Row],
    authorization_request: Callable[[Row, Row, str], dict[str, str]],
    browser_cookie: Callable[[str], Row],
    take_transaction: Callable[[Collection, str, dict[str, str], datetime], Row | None],
    trusts: Callable[[Row, str], bool],
    read_id_token: Callable[[str, list[Row], str, str], Row],
    fits: Callable[[Row, Row, str, datetime], bool],
    profile_of: Callable[[Row, Row], dict[str, str] | None],
    account_for: Callable[[Collection, Collection, str, Row], str | None],
    link: Callable[[Collection, Row | None, Row, dict[str, str], datetime], bool],
    unlink: Callable[[Collection, str, dict[str, str]], bool],
    keep_tokens: Callable[[Row, datetime], tuple[Row, Row]],
) -> Flask:
    """Return the shop with these decisions made."""
    app = tea_shop("labsrv.labs.oidc.site")
    shop = Shop(lab, trusts)

    know_visitors(app, shop)
    show_pages(app, shop)
    send_people_to_providers(app, shop, code_challenge, new_transaction, authorization_request, browser_cookie)
    take_people_back(
        app, shop, code_challenge, browser_cookie, take_transaction, read_id_token, fits, profile_of, account_for,
        link, keep_tokens,
    )  # fmt: skip
    let_people_leave(app, shop, unlink)
    return app


def know_visitors(app: Flask, shop: Shop) -> None:
    """Before each request: who is it, and is it from a page of ours if it changes something?"""

    @app.before_request
    def recognise_the_visitor() -> None:
        own = request.host_url.rstrip("/")
        if request.method == "POST" and request.headers.get("Origin", own) != own:
            abort(403)
        g.session = shop.session(request.cookies.get(SESSION))
        g.user = shop.account(g.session)

    @app.after_request
    def keep_no_copy(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        # The address of a callback has a code in it.
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def show_pages(app: Flask, shop: Shop) -> None:
    """Show what needs no decision."""

    @app.get("/")
    def home() -> str:
        return render_template("home.html", teas=TEAS)

    @app.get("/profile")
    def profile() -> str | AnyResponse:
        if g.user is None:
            return refused(FIRST, 401)
        return render_template("profile.html")

    @app.get("/account")
    def account() -> str | AnyResponse:
        if g.user is None:
            return refused(FIRST, 401)
        others = [row for row in shop.db.providers.find() if row["_id"] != HOUSE]
        return render_template("account.html", ways=shop.ways_in(g.user["_id"]), others=others)


def send_people_to_providers(
    app: Flask,
    shop: Shop,
    code_challenge: Callable[[str], str],
    new_transaction: Callable[..., Row],
    authorization_request: Callable[..., dict[str, str]],
    browser_cookie: Callable[[str], Row],
) -> None:
    """Begin logins."""

    @app.get("/login")
    def login() -> AnyResponse:
        return send_to(HOUSE)

    @app.get("/signup")
    def signup() -> AnyResponse:
        return send_to(HOUSE, {"screen_hint": "signup"})

    @app.get("/login/<provider>")
    def login_at(provider: str) -> AnyResponse:
        return send_to(provider)

    @app.get("/again")
    def again() -> AnyResponse:
        return send_to(g.session["provider"] if g.session else HOUSE, max_age=FRESH)

    @app.post("/link")
    def link_another() -> AnyResponse:
        if g.session is None:
            return refused(FIRST, 401)
        return send_to(request.form.get("provider", ""), link=g.session["_id"])

    def send_to(name: str, more: dict[str, str] | None = None, **wanted: Any) -> AnyResponse:
        provider = known(shop, name)
        browser = request.cookies.get(browser_cookie("")["key"]) or secrets.token_urlsafe(32)
        transaction = new_transaction(fingerprint(browser), asked(provider, wanted), shop.now())
        shop.db.transactions.insert_one(transaction)

        challenge = code_challenge(transaction["verifier"])
        sent = authorization_request(provider.row, transaction, challenge) | (more or {})
        if not challenge:
            sent = {name: value for name, value in sent.items() if not name.startswith("code_challenge")}
        response = redirect(f"{provider.metadata['authorization_endpoint']}?{urlencode(sent)}", 303)
        response.set_cookie(**browser_cookie(browser))
        return response


def asked(provider: AtProvider, wanted: Row) -> Row:
    """Return what a login begins with, besides what is drawn for it."""
    return_to = request.args.get("return_to", "/account")
    return {
        "provider": provider.row["_id"],
        "iss": provider.answers_as,
        "return_to": return_to if LOCAL.fullmatch(return_to) else "/account",
        "max_age": None,
        "acr_values": provider.row["acr_values"],
        "link": None,
    } | wanted


def known(shop: Shop, name: str) -> AtProvider:
    """Return a provider of the shop's, or answer that there is none, or that it is not in order."""
    try:
        provider = shop.provider(name)
    except NotInOrder as error:
        abort(refused(str(error)))
    if provider is None:
        abort(404)
    return provider


def refused(words: str, status: int = 400) -> Response:
    """Return the page for a login that came to nothing. What exactly did not fit stays with us (ASVS 16.5.1)."""
    return Response(render_template("refused.html", words=words), status, mimetype="text/html")


FIRST = "Please log in first."
NOT_YOURS = "This login was begun elsewhere, or too long ago. Please begin again."
NOT_IN_ORDER = "What came back is not the answer to this login. Please begin again."


def take_people_back(
    app: Flask,
    shop: Shop,
    code_challenge: Callable[[str], str],
    browser_cookie: Callable[[str], Row],
    take_transaction: Callable[..., Row | None],
    read_id_token: Callable[..., Row],
    fits: Callable[..., bool],
    profile_of: Callable[..., dict[str, str] | None],
    account_for: Callable[..., str | None],
    link: Callable[..., bool],
    keep_tokens: Callable[..., tuple[Row, Row]],
) -> None:
    """Take what people bring back from a provider, and let them in."""

    @app.get("/callback")
    def callback() -> AnyResponse:
        answer = request.args.to_dict()
        # Of two values, one part of a program reads the first and another the last.
        if any(len(values) > 1 for values in request.args.listvalues()):
            return refused(NOT_YOURS)
        browser = fingerprint(request.cookies.get(browser_cookie("")["key"], ""))
        transaction = take_transaction(shop.db.transactions, browser, answer, shop.now())
        if transaction is None:
            return refused(NOT_YOURS)
        if "code" not in answer:
            return refused(f"You were not let in ({answer.get('error', 'without a reason')[:40]}).")

        provider = known(shop, transaction["provider"])
        try:
            tokens, claims, userinfo = what_it_says(provider, transaction, answer["code"])
        except (NotInOrder, jwt.PyJWTError):
            return refused(NOT_IN_ORDER)
        fitting = fits(claims, transaction, tokens["access_token"], shop.now())
        profile = profile_of(claims, userinfo) if fitting else None
        if profile is None:
            return refused(NOT_IN_ORDER)

        identity = {"iss": provider.issuer, "sub": claims["sub"]}
        if transaction["link"]:
            return linked(transaction, identity)
        return let_in(provider, transaction, tokens, userinfo | claims, profile)

    def what_it_says(provider: AtProvider, transaction: Row, code: str) -> tuple[Row, Row, Row]:
        """Return tokens, claims, and what userinfo has; raises `NotInOrder` or `jwt.PyJWTError`."""
        # Who challenged nobody has nothing to answer a challenge with.
        challenged = bool(code_challenge(transaction["verifier"]))
        tokens = provider.redeem(code, transaction["verifier"] if challenged else "")
        claims = read_id_token(tokens["id_token"], provider.keys(), provider.issuer, provider.row["client_id"])
        return tokens, provider.legible(claims), provider.userinfo(tokens["access_token"])

    def linked(transaction: Row, identity: dict[str, str]) -> AnyResponse:
        """Link an identity to the account that asked for it."""
        if link(shop.db.identities, g.session, transaction, identity, shop.now()):
            return redirect(url_for("account"), 303)

        return refused("Show once more who you are, and add this way in then; if it is nobody else's.", 409)

    def let_in(
        provider: AtProvider, transaction: Row, tokens: Row, claims: Row, profile: dict[str, str]
    ) -> AnyResponse:
        """Begin a session, in the place of an earlier one."""
        account = account_for(shop.db.identities, shop.db.accounts, provider.issuer, claims)
        if account is None:
            words = "There is an account with your e-mail address. Log in to it as usual, and add this way in there."
            return refused(words, 409)

        shop.remember(account, profile)
        # Fresh is who was asked for it by us: a provider that knows somebody lets them through without a word.
        login = {
            "account": account,
            "provider": provider.row["_id"],
            "iss": provider.issuer,
            "sub": claims["sub"],
            "sid": claims.get("sid"),
            "proved_at": None if transaction["max_age"] is None else shop.now(),
            "tokens": tokens,
        }
        row, cookie = keep_tokens(login, shop.now())
        if g.session:
            shop.db.sessions.delete_one({"_id": g.session["_id"]})
        shop.db.sessions.replace_one({"_id": row["_id"]}, row, upsert=True)
        response = redirect(transaction["return_to"], 303)
        response.set_cookie(**cookie)
        return response


def let_people_leave(app: Flask, shop: Shop, unlink: Callable[..., bool]) -> None:
    """Take a way in out of an account, and end a session."""

    @app.post("/unlink")
    def unlink_one() -> AnyResponse:
        if g.session is None:
            return refused(FIRST, 401)
        identity = {"iss": request.form.get("iss", ""), "sub": request.form.get("sub", "")}
        if unlink(shop.db.identities, g.session["account"], identity):
            return redirect(url_for("account"), 303)
        return refused("That is not yours to take out, or your only way in.", 409)

    @app.post("/logout")
    def logout() -> AnyResponse:
        if g.session:
            shop.db.sessions.delete_one({"_id": g.session["_id"]})
        response = redirect(url_for("home"), 303)
        response.delete_cookie(SESSION, secure=True, httponly=True, samesite="Lax")
        return response
