"""Mallory's site: a tea club that people join with Tea Identity, and a page that sends them somewhere.

GET  /            home      join the tea club
GET  /join        join      she is a client of the house's provider, like the shop; `scope` says what she asks for
GET  /joined      joined    what she gets, she keeps
GET  /go          go        on to wherever she has planned: a row `{"_id": "go", "url": …}`
"""

import secrets
from urllib.parse import urlencode

from flask import Flask, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from labsrv.kit.lessons.small_page import mallorys_page
from labsrv.kit.services import Services
from labsrv.labs.sso.names import CLIENT_SECRETS, HOUSE
from labsrv.provider.outgoing import Outgoing, json_of
from labsrv.relying_party.secure.code_challenge import code_challenge

CLUB_ID = "tea-club"


def mallorys_site(lab: Services) -> Flask:
    """Return Mallory's site."""
    site = Flask("mallory")

    @site.get("/")
    def home() -> str:
        return mallorys_page("The tea club", Markup('<p><a href="/join">Join with Tea Identity.</a></p>'))

    @site.get("/join")
    def join() -> Response:
        verifier, api = secrets.token_urlsafe(32), request.args.get("api", "/orders")
        kept = {"_id": "last", "verifier": verifier}
        lab.db.mallory_verifiers.replace_one({"_id": "last"}, kept, upsert=True)
        asked = {
            "client_id": CLUB_ID,
            "redirect_uri": lab.url("mallory", "/joined"),
            "response_type": "code",
            "scope": request.args.get("scope", "openid offline_access read"),
            "resource": lab.url("api", api),
            "nonce": secrets.token_urlsafe(24),
            "code_challenge": code_challenge(verifier),
            "code_challenge_method": "S256",
        }
        return redirect(f"{lab.url(HOUSE, '/authorize')}?{urlencode(asked)}", 303)

    @site.get("/joined")
    def joined() -> str:
        row = lab.db.mallory_verifiers.find_one({"_id": "last"}) or {"verifier": ""}
        lab.db.mallory_caught.insert_one({**request.args.to_dict(), "verifier": row["verifier"]})
        tokens = as_the_club(lab, grant_type="authorization_code", code=request.args.get("code", ""),
                             redirect_uri=lab.url("mallory", "/joined"), code_verifier=row["verifier"])  # fmt: skip
        if tokens:
            lab.db.mallory_members.insert_one(dict(tokens))
        return mallorys_page("Welcome to the tea club", "We are glad to know you.")

    @site.get("/go")
    def go() -> Response:
        row = lab.db.mallory_plans.find_one({"_id": "go"})
        return redirect(row["url"] if row else "/", 303)

    return site


def as_the_club(lab: Services, **fields: str) -> dict[str, str]:
    """Return what the house's token endpoint gives the club, {} for a refusal."""
    known = {"client_id": CLUB_ID, "client_secret": CLIENT_SECRETS[CLUB_ID]}
    try:
        return dict(json_of(Outgoing("mallory", lab).post_form(lab.url(HOUSE, "/token"), fields | known)))
    except ValueError:
        return {}
