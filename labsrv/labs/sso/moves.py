"""Mallory's moves against single sign-on, a line or two each. Whole attacks are made of them."""

import base64
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt

from labsrv.kit.browser.browser import Browser
from labsrv.kit.http.transport import RawResponse
from labsrv.kit.lessons.attacks import Outcome
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.sso.names import CLIENT_SECRETS, HOUSE
from labsrv.labs.sso.neighbours import house
from labsrv.labs.sso.people import pass_the_providers
from labsrv.provider.outgoing import Outgoing, json_of
from labsrv.provider.rows.signing import key_pair
from labsrv.relying_party.secure.code_challenge import code_challenge

Claims = dict[str, Any]
# What she makes her own challenges of.
HER_VERIFIER = "mallorys-own-verifier-of-at-least-43-characters"


def authorize_url(lab: Lab, **changes: str | None) -> str:
    """Return an address that asks for a code for the shop: everything in it is public. None takes a part out."""
    usual: dict[str, str | None] = {
        "client_id": "tea-shop",
        "redirect_uri": lab.url("shop", "/callback"),
        "response_type": "code",
        "scope": "openid profile email offline_access",
        "state": "mallorys-own-state",
        "nonce": "mallorys-own-nonce",
        "code_challenge": code_challenge(HER_VERIFIER),
        "code_challenge_method": "S256",
    }
    sent = {name: value for name, value in (usual | changes).items() if value is not None}
    return f"{lab.url(HOUSE, '/authorize')}?{urlencode(sent)}"


def lure(lab: Lab, browser: Browser, url: str) -> None:
    """Have somebody open an address from Mallory's page; they log in and agree where they are asked."""
    browser.navigate(url, from_=lab.sites["mallory"].url)
    pass_the_providers(browser)


def code_in_the_log(lab: Lab, who: Browser) -> str:
    """Return the last code that somebody's browser brought to the shop: its log has the address; "" for none."""
    for each in reversed(list(lab.traffic)):
        parts = urlsplit(each.url)
        if each.who == who.name and parts.path == "/callback" and "shop" in parts.netloc:
            return dict(parse_qsl(parts.query)).get("code", "")
    return ""


def as_the_shop(lab: Lab, **fields: str) -> Claims:
    """Go to the token endpoint with the shop's secret, which was in an old repository; return what comes."""
    secret = base64.b64encode(f"tea-shop:{CLIENT_SECRETS['tea-shop']}".encode()).decode()
    asked = Outgoing("mallory", lab).post_form(lab.url(HOUSE, "/token"), fields, {"Authorization": f"Basic {secret}"})
    with suppress(ValueError):
        return dict(json_of(asked))
    return {}


def redeem(lab: Lab, code: str, **more: str) -> Claims:
    """Redeem a code for the shop."""
    return as_the_shop(
        lab, grant_type="authorization_code", code=code, redirect_uri=lab.url("shop", "/callback"), **more
    )


def ask_api(lab: Lab, method: str, path: str, token: str, fields: Mapping[str, str] | None = None) -> RawResponse:
    """Ask the API with a token."""
    bearer = {"Authorization": f"Bearer {token}"} if token else {}
    outgoing, url = Outgoing("mallory", lab), lab.url("api", path)
    return outgoing.post_form(url, fields or {}, bearer) if method == "POST" else outgoing.send(method, url, bearer)


def her_name(lab: Lab) -> str:
    """Return by what name the API has Mallory among the employees."""
    return lab.people["mallory"].name.title()


def tell_the_shop(lab: Lab, token: str) -> int:
    """Send the shop a logout token, as the provider would; return the status that it answers with."""
    return Outgoing("mallory", lab).post_form(lab.url("shop", "/backchannel"), {"logout_token": token}).status


def last_logout_token(lab: Lab) -> str:
    """Return the logout token that the provider sent to the shop last, as it stands in a proxy's log; "" for none."""
    sent = [
        dict(parse_qsl(each.request_body.decode())) for each in lab.traffic
        if each.url == lab.url("shop", "/backchannel")
    ]  # fmt: skip
    return sent[-1].get("logout_token", "") if sent else ""


def token_for_one_login(lab: Lab) -> str:
    """Return a logout token for the newest login, as a provider makes it that names no user."""
    identity = house(lab)
    session = identity.rows("logins").find()[-1]
    claims = identity.decide.logout_claims(session, identity.issuer, "tea-shop", identity.now())
    del claims["sub"]
    return identity.sign("logout_token", "logout+jwt", claims, "RS256")


def claims_of(token: str) -> Claims:
    """Return what a token says, whoever has signed it."""
    with suppress(jwt.PyJWTError):
        return dict(jwt.decode(token, options={"verify_signature": False}))
    return {}


def signed_by_her(claims: Claims, typ: str) -> str:
    """Return a token that Mallory has signed herself."""
    return jwt.encode(claims, key_pair("mallory", "ES256"), "ES256", headers={"kid": "idp-ec-1", "typ": typ})


def told(succeeded: bool, yes: str, no: str) -> Outcome:
    """Return the outcome with the sentence that fits."""
    return Outcome(succeeded, f"{yes if succeeded else no}.")
