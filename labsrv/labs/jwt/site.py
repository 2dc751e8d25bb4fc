"""The tea shop's API, which knows its callers by tokens, and redeems gift vouchers.

GET  /                        home       the shop window
POST /token                   token      name, password → an access token, an ID token, a refresh token
POST /refresh                 refresh    a refresh token → the same three anew
POST /logout                  logout     Bearer            end this login
GET  /api/me                  me         Bearer            where my tea goes
GET  /api/orders              orders     orders:read       what I bought
POST /api/refunds             refunds    refunds:write     for the shop's own people
GET  /.well-known/jwks.json   jwks       the public keys   RFC 7517
GET  /voucher                 voucher    a gift voucher of 5
POST /voucher                 redeem     a voucher → credit, once

caller ──Authorization──▶ bearer_token ──▶ find_key ──▶ read_access_token ──▶ is_revoked? ──▶ scope? ──▶ answer
                              └───── refusal: 401, or 403 where the token is good and does not suffice ◀───┘
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
from flask import Flask, Response, g, jsonify, make_response, render_template, request

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.grants import Grant, Grants
from labsrv.kit.keys import Key, Keys
from labsrv.kit.lessons.tea_shop import tea_shop
from labsrv.kit.services import Services
from labsrv.kit.store import Collection
from labsrv.labs.jwt.compact import peek_unverified
from labsrv.labs.jwt.people import AUDIENCES, SCOPES, SHOP, neighbour_sites, settle
from labsrv.labs.jwt.vouchers import give_and_redeem_vouchers

__all__ = ["create_site", "neighbours", "settle"]

REFRESH_COOKIE = "__Host-refresh"
ID_TOKEN_LIFE = timedelta(hours=1)
neighbours = neighbour_sites


def create_site(
    lab: Services,
    *,
    base64url_decode: Callable[[str], bytes],
    verify_hs256: Callable[[str, bytes], bytes],
    new_key: Callable[[], bytes],
    access_claims: Callable[[dict[str, str], User, datetime], dict[str, Any]],
    hand_over: Callable[[str, str, str], tuple[dict[str, Any], dict[str, Any]]],
    bearer_token: Callable[[str | None], str | None],
    refusal: Callable[[str, Exception | None, str], tuple[int, str, dict[str, str]]],
    find_key: Callable[[Keys, dict[str, Any]], Key | None],
    read_access_token: Callable[[str, Key, str, str], dict[str, Any]],
    rotate: Callable[[Grants, str], Grant | None],
    log_out: Callable[[Grants, dict[str, Any]], None],
    is_revoked: Callable[[Grants, dict[str, Any]], bool],
) -> Flask:
    """Return the shop with these decisions made."""
    app = tea_shop("labsrv.labs.jwt.site")
    shop = Shop(lab, Accounts(lab.db.users, lab.hasher), Keys(lab.db, lab.clock.now), Grants(lab.db, lab.clock.now))

    # Four decisions, asked in this order wherever a token comes in: no route has a way around one of them.
    def claims_of(token: str) -> dict[str, Any]:
        """Return the claims of a good token; raises `jwt.InvalidTokenError`."""
        key = find_key(shop.keys, peek_unverified(token))
        if key is None:
            raise jwt.InvalidTokenError("There is no key of that name.")

        claims = read_access_token(token, key, shop.issuer, SHOP)
        if not is_revoked(shop.grants, claims):
            return claims

        raise jwt.InvalidTokenError("The login has ended.")

    show_the_window(app, shop)
    hand_out_tokens(app, shop, access_claims, hand_over, rotate)
    guard_the_api(app, shop, bearer_token, claims_of, refusal)
    answer_the_api(app, shop, log_out)
    give_and_redeem_vouchers(app, lab.db, base64url_decode, verify_hs256, new_key)
    return app


@dataclass(frozen=True)
class Shop:
    """What all of the shop's rooms need."""

    lab: Services
    accounts: Accounts
    keys: Keys
    grants: Grants

    @property
    def issuer(self) -> str:
        """Return the name under which the shop issues tokens: its own address."""
        return self.lab.url("shop", "")

    def sign(self, typ: str, claims: dict[str, Any]) -> str:
        """Return a token of ours, with the name of the key in its header."""
        kid, private = self.keys.signing()
        return jwt.encode(claims, private, "RS256", headers={"kid": kid, "typ": typ})

    def id_token(self, grant: Grant) -> str:
        """Return what tells an app who has logged in (OpenID Connect Core, 2). It opens nothing."""
        now = self.lab.clock.now()
        claims = {"iss": self.issuer, "aud": SHOP, "sub": grant.user, "sid": grant.family}
        return self.sign("JWT", claims | {"iat": now, "exp": now + ID_TOKEN_LIFE})

    def known(self, grant: Grant, user: User, audience: str) -> dict[str, str]:
        """Return the claims that do not depend on the time."""
        scope = SCOPES[user.role]
        return {"iss": self.issuer, "aud": audience, "sub": user.name, "scope": scope, "sid": grant.family}


def show_the_window(app: Flask, shop: Shop) -> None:
    """Show what is public: the front page and the keys."""

    @app.get("/")
    def home() -> str:
        return render_template("home.html")

    @app.get("/.well-known/jwks.json")
    def jwks() -> Response:
        return jsonify(keys=shop.keys.published())


def hand_out_tokens(
    app: Flask,
    shop: Shop,
    access_claims: Callable[..., dict[str, Any]],
    hand_over: Callable[..., tuple[dict[str, Any], dict[str, Any]]],
    rotate: Callable[..., Grant | None],
) -> None:
    """Give tokens for a password, and for a refresh token (RFC 6749, 5)."""

    @app.post("/token")
    def token() -> Response | tuple[Response, int]:
        user = shop.accounts.authenticate(request.form.get("name", ""), request.form.get("password", ""))
        audience = request.form.get("audience", SHOP)
        # A wrong password and an audience that nobody knows read the same.
        if user is None or audience not in AUDIENCES:
            return jsonify(error="invalid_grant"), 400

        return tokens_for(shop.grants.begin(user.name), user, audience)

    @app.post("/refresh")
    def refresh() -> Response | tuple[Response, int]:
        presented = request.cookies.get(REFRESH_COOKIE) or request.form.get("refresh_token", "")
        # An account may have been closed since the grant was given.
        grant = rotate(shop.grants, presented)
        user = shop.accounts.get(grant.user) if grant else None
        if grant is None or user is None or user.disabled:
            return jsonify(error="invalid_grant"), 400

        return tokens_for(grant, user, SHOP)

    def tokens_for(grant: Grant, user: User, audience: str) -> Response:
        claims = access_claims(shop.known(grant, user, audience), user, shop.lab.clock.now())
        body, cookie = hand_over(shop.sign("at+jwt", claims), shop.id_token(grant), grant.token)
        # RFC 6749, 5.1: no cache keeps an answer with a token in it.
        answer = jsonify(body)
        answer.headers["Cache-Control"] = "no-store"
        if cookie:
            answer.set_cookie(**cookie)
        return answer


def guard_the_api(
    app: Flask,
    shop: Shop,
    bearer_token: Callable[[str | None], str | None],
    claims_of: Callable[[str], dict[str, Any]],
    refusal: Callable[..., tuple[int, str, dict[str, str]]],
) -> None:
    """Ask whoever comes to the API for a token, whatever it is that they want there (RFC 6750)."""

    @app.before_request
    def ask_for_a_token() -> Response | None:
        # All below /api/ asks for a token: also a route that somebody adds, and forgets to name.
        scope = NEEDED.get(request.endpoint or "")
        if scope is None and not request.path.startswith("/api/"):
            return None

        # RFC 6750, 3.1: no token, a bad one and one that does not suffice are three answers.
        said = request.headers.get("Authorization")
        token = bearer_token(said)
        if token is None:
            return refused("missing", None, scope or "")
        try:
            g.claims = claims_of(token)
        except jwt.InvalidTokenError as error:
            return refused("invalid", error, scope or "")
        if scope and scope not in str(g.claims.get("scope", "")).split():
            return refused("scope", None, scope)

        note(shop.lab.db.log, said or "")
        return None

    def refused(why: str, error: Exception | None, scope: str) -> Response:
        status, challenge, body = refusal(why, error, scope)
        answer = make_response(jsonify(body), status)
        if challenge:
            answer.headers["WWW-Authenticate"] = challenge
        return answer


def note(log: Collection, said: str) -> None:
    """Write the access log, in which no token may stand: what follows `Bearer` is blotted out."""
    masked = re.sub(r"(?i)^(bearer) .*", r"\1 …", said)
    log.insert_one({"path": request.path, "authorization": masked})


# Which scope a route of the API wants; "" is any good token.
NEEDED = {"logout": "", "me": "", "orders": "orders:read", "refunds": "refunds:write"}


def answer_the_api(app: Flask, shop: Shop, log_out: Callable[..., None]) -> None:
    """Answer callers whose token is good."""
    db = shop.lab.db

    @app.get("/api/me")
    def me() -> Response:
        row = db.addresses.find_one({"_id": g.claims["sub"]}) or {}
        return jsonify(name=g.claims["sub"], address=row.get("line", ""))

    @app.get("/api/orders")
    def orders() -> Response:
        return jsonify(owner=g.claims["sub"], orders=["100 g oolong", "50 g sencha"])

    @app.post("/api/refunds")
    def refunds() -> Response:
        db.refunds.insert_one({"to": request.form.get("to", ""), "by": g.claims["sub"]})
        return jsonify(refunded=True)

    @app.post("/logout")
    def logout() -> Response:
        log_out(shop.grants, g.claims)
        answer = jsonify(goodbye=True)
        # Without Secure a browser refuses every cookie of this name, one that is to remove it as well.
        answer.delete_cookie(REFRESH_COOKIE, secure=True, httponly=True, samesite="Strict")
        return answer
