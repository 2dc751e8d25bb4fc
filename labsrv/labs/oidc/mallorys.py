"""Mallory's site: a tea club that people join with the house's provider, and a provider of its own.

GET  /                      home         join the tea club
GET  /join, /joined         join         she is a client of the house's provider, like the shop
GET  /authorize             authorize    at her provider nobody has to log in
POST /token                 token        what she is sent here, she keeps
GET  /userinfo, /jwks.json

What she answers is her plan: a row `{"_id": "plan", …}` with `metadata`, `claims` and `userinfo` to change, `nonce` for
those who join her club, and `mix_up`, whether she sends people on to another provider.
"""

import json
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import jwt
from flask import Flask, Response, jsonify, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.lessons.small_page import mallorys_page
from labsrv.kit.services import Services
from labsrv.provider.outgoing import Outgoing, json_of
from labsrv.provider.rows.signing import key_pair, public_jwk
from labsrv.relying_party.secure.code_challenge import code_challenge

CLUB_ID, CLUB_SECRET = "tea-club", "club-secret-not-a-real-one"
HER_SUBJECT, HER_KEY = "mallory-1", "mallory-ec-1"


def plan_of(lab: Services) -> dict[str, Any]:
    """Return what Mallory is up to."""
    nothing = {"metadata": {}, "claims": {}, "userinfo": {}, "nonce": "", "mix_up": False}
    row = lab.db.mallory_plans.find_one({"_id": "plan"})
    return nothing | (json.loads(row["changes"]) if row else {})


def plan(lab: Services, **changes: Any) -> None:
    """Let Mallory be up to something."""
    # As text: she claims what no store would keep as a document.
    row = {"_id": "plan", "changes": json.dumps(changes)}
    lab.db.mallory_plans.replace_one({"_id": "plan"}, row, upsert=True)


def mallorys_site(lab: Services) -> Flask:
    """Return Mallory's site."""
    site = Flask("mallory")

    @site.get("/")
    def home() -> str:
        return mallorys_page(
            "The tea club", Markup('<p><a href="/join">Join with Tea Identity.</a></p>'), name="The tea club"
        )

    run_the_club(site, lab)
    be_a_provider(site, lab)
    return site


def run_the_club(site: Flask, lab: Services) -> None:
    """Let people join with the house's provider: an application like any other, and what it gets is Mallory's."""

    @site.get("/join")
    def join() -> AnyResponse:
        verifier, nonce = secrets.token_urlsafe(32), plan_of(lab)["nonce"] or secrets.token_urlsafe(24)
        lab.db.mallory_verifiers.replace_one({"_id": "last"}, {"_id": "last", "verifier": verifier}, upsert=True)
        asked = {
            "client_id": CLUB_ID,
            "redirect_uri": lab.url("mallory", "/joined"),
            "response_type": "code",
            "scope": "openid profile email",
            "nonce": nonce,
            "code_challenge": code_challenge(verifier),
            "code_challenge_method": "S256",
        }
        return redirect(f"{lab.url('idp', '/authorize')}?{urlencode(asked)}", 303)

    @site.get("/joined")
    def joined() -> str:
        row = lab.db.mallory_verifiers.find_one({"_id": "last"}) or {"verifier": ""}
        fields = {
            "grant_type": "authorization_code",
            "code": request.args.get("code", ""),
            "redirect_uri": lab.url("mallory", "/joined"),
            "code_verifier": row["verifier"],
            "client_id": CLUB_ID,
            "client_secret": CLUB_SECRET,
        }
        tokens = json_of(Outgoing("mallory", lab).post_form(lab.url("idp", "/token"), fields))
        lab.db.mallory_members.insert_one(dict(tokens))
        return mallorys_page("Welcome to the tea club", "We are glad to know you.", name="The tea club")


def be_a_provider(site: Flask, lab: Services) -> None:
    """Be a provider that says of people whatever Mallory wants."""

    def me(path: str = "") -> str:
        return lab.url("mallory", path)

    @site.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        paths = {"authorization": "/authorize", "token": "/token", "userinfo": "/userinfo"}
        said = {
            "issuer": me(),
            "jwks_uri": me("/jwks.json"),
            "authorization_response_iss_parameter_supported": True,
            **{f"{name}_endpoint": me(path) for name, path in paths.items()},
        }
        return jsonify(said | plan_of(lab)["metadata"])

    @site.get("/authorize")
    def authorize() -> AnyResponse:
        asked = request.args.to_dict()
        if plan_of(lab)["mix_up"]:
            # The shop has the same client_id at both, as she wished.
            return redirect(f"{lab.url('idp', '/authorize')}?{urlencode(asked)}", 303)

        code = secrets.token_urlsafe(24)
        lab.db.mallory_codes.insert_one({"_id": code, "nonce": asked.get("nonce"), "client_id": asked["client_id"]})
        iss = plan_of(lab)["metadata"].get("issuer", me())
        answer = {"code": code, "state": asked.get("state", ""), "iss": iss}
        return redirect(f"{asked['redirect_uri']}?{urlencode(answer)}", 303)

    @site.post("/token")
    def token() -> Response:
        lab.db.mallory_caught.insert_one(request.form.to_dict())
        row = lab.db.mallory_codes.find_one({"_id": request.form.get("code", "")})
        if row is None:
            return Response('{"error": "invalid_grant"}', 400, mimetype="application/json")

        now = lab.clock.now()
        claims = {"iss": me(), "sub": HER_SUBJECT, "aud": row["client_id"], "nonce": row["nonce"], "iat": now}
        claims |= {"exp": now + timedelta(minutes=10), "auth_time": int(now.timestamp())} | plan_of(lab)["claims"]
        signed = jwt.encode(claims, key_pair("mallory", "ES256"), "ES256", headers={"kid": HER_KEY, "typ": "JWT"})
        return jsonify(access_token="mallorys", token_type="Bearer", id_token=signed)

    @site.get("/userinfo")
    def userinfo() -> Response:
        changes = plan_of(lab)
        sub = changes["claims"].get("sub", HER_SUBJECT)
        return jsonify({"sub": sub, "name": "Mallory"} | changes["userinfo"])

    @site.get("/jwks.json")
    def jwks() -> Response:
        key = public_jwk(key_pair("mallory", "ES256"), "ES256")
        return jsonify(keys=[key | {"kid": HER_KEY, "use": "sig", "alg": "ES256"}])
