"""How a login at the house's provider begins and ends: the last lesson's matter, with its sound decisions.

Imported when an application is built, and not with its module: they are answers to other exercises, and what is
imported with a lesson's site is in the memory of every submission.
"""

import secrets
from urllib.parse import urlencode

import jwt
from flask import Flask, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.http.transport import Unreachable
from labsrv.labs.sso.office import LIFE, PLACES, Office, Row, refused
from labsrv.relying_party.at_provider import AtProvider, NotInOrder
from labsrv.relying_party.secure.authorization_request import authorization_request
from labsrv.relying_party.secure.browser_cookie import browser_cookie
from labsrv.relying_party.secure.code_challenge import code_challenge
from labsrv.relying_party.secure.fits import fits
from labsrv.relying_party.secure.keep_tokens import keep_tokens
from labsrv.relying_party.secure.new_transaction import new_transaction
from labsrv.relying_party.secure.read_id_token import read_id_token
from labsrv.relying_party.secure.take_transaction import take_transaction


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
