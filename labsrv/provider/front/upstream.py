"""Log in at another provider: here this one is a relying party itself (social login).

browser ─▶ /upstream/<name> ─▶ the other's /authorize ─▶ /upstream/callback ─▶ back on the way
            state, nonce, PKCE: a step of this browser      taken before it is looked at
"""

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import quote_plus, urlencode

import jwt
from flask import Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from labsrv.kit.http.transport import Unreachable
from labsrv.provider.errors import Refusal
from labsrv.provider.front.foreign_token import judge_id_token
from labsrv.provider.front.going_on import go_on, here
from labsrv.provider.front.login import begin_login
from labsrv.provider.front.visitors import TOO_LATE, current_browser
from labsrv.provider.outgoing import json_of
from labsrv.provider.provider import Provider


def let_people_come_from_elsewhere(app: Flask, provider: Provider) -> None:
    """Send people to another provider, and take what they bring back."""

    @app.get("/upstream/<name>")
    def upstream(name: str) -> Response:
        step, _ = here(provider)
        other = other_provider(provider, name)
        verifier, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        kept = {"then": step, "name": name, "verifier": verifier, "nonce": nonce}
        asked = {
            "client_id": other["client_id"],
            "redirect_uri": callback_of(provider),
            "response_type": "code",
            "scope": "openid profile email",
            "state": provider.steps.begin(current_browser(provider), "upstream", **kept),
            "nonce": nonce,
            "code_challenge": s256(verifier),
            "code_challenge_method": "S256",
        }
        return redirect(f"{other['metadata']['authorization_endpoint']}?{urlencode(asked)}", 303)

    @app.get("/upstream/callback")
    def upstream_callback() -> Response:
        # Taken first and compared afterwards: a step is good for one try, whatever comes of it.
        browser = current_browser(provider)
        kept = provider.steps.take(request.args.get("state"), browser, "upstream")
        row = provider.steps.find(kept["then"], browser, "authorize") if kept else None
        if kept is None or row is None:
            raise Refusal(TOO_LATE)

        other = other_provider(provider, kept["name"])
        # Before the code goes anywhere: is it from whom we sent them to? (RFC 9207, 2.4)
        if request.args.get("iss") != other["issuer"] or "code" not in request.args:
            provider.steps.note(row, words=f"{other['label']} did not let you in.")
            return redirect(url_for("login", step=kept["then"]), 303)

        claims, raw = claims_from(provider, other, request.args["code"], kept)
        sub = provider.decide.account_for(provider.rows("identities"), claims, new_account_at(provider, kept["name"]))
        account = provider.people.get(sub)
        if account is None or account["disabled"]:
            raise Refusal("This account is closed.", 403)
        begin_login(provider, sub, list(claims.get("amr", [])), upstream={"name": kept["name"], "id_token": raw})
        return go_on(provider, kept["then"], provider.steps.note(row, proved=True))


def other_provider(provider: Provider, name: str) -> dict[str, Any]:
    """Return another provider and its metadata; raises `Refusal` where it is away, or says that it is a third one."""
    row = provider.rows("upstreams").find_one({"_id": name})
    if row is None:
        raise Refusal("There is no such way to log in.", 404)
    try:
        metadata = provider.outgoing.get_json(f"{row['issuer']}/.well-known/openid-configuration")
    except (Unreachable, ValueError) as error:
        raise Refusal(f"{row['label']} does not answer. Log in in another way.", 502) from error

    # OpenID Connect Discovery, 4.3: the issuer in it is the one that was asked.
    if isinstance(metadata, dict) and metadata.get("issuer") == row["issuer"]:
        return dict(row, metadata=metadata)

    raise Refusal(f"{row['label']} says that it is somebody else.", 502)


def claims_from(
    provider: Provider, other: dict[str, Any], code: str, kept: dict[str, Any]
) -> tuple[dict[str, Any], str]:
    """Return the claims of the ID token that a code stands for, and the token; raises `Refusal`."""
    ask, where = provider.outgoing, other["metadata"]
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": callback_of(provider)}
    secret = f"{quote_plus(other['client_id'])}:{quote_plus(other['client_secret'])}"
    basic = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
    try:
        sent = fields | {"code_verifier": kept["verifier"]}
        tokens = json_of(ask.post_form(where["token_endpoint"], sent, basic))
        claims = judge_id_token(tokens, ask.get_json(where["jwks_uri"]), other, kept["nonce"])
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        profile = ask.get_json(where["userinfo_endpoint"], bearer)
        # OpenID Connect Core, 5.3.2: it is about the same one, or about nobody we know.
        if profile["sub"] == claims["sub"]:
            return profile | claims, tokens["id_token"]
        raise ValueError("another subject")
    # Whatever is not as it should be, a list in place of an object included.
    except (Unreachable, ValueError, LookupError, TypeError, AttributeError, jwt.PyJWTError) as error:
        raise Refusal(f"What {other['label']} says of you is not in order.", 502) from error


def new_account_at(provider: Provider, name: str) -> Any:
    """Return what opens an account for somebody from another provider."""

    def new_account(claims: dict[str, Any]) -> str:
        # Names here have no bar in them, so nobody can sign up as somebody from elsewhere. An address is taken for what
        # it is: said by somebody else, and checked by nobody here (ASVS 6.8.1).
        return provider.people.open(username=f"{name}|{claims['sub']}", name=str(claims.get("name", "")))

    return new_account


def log_out_upstream(provider: Provider, upstream: dict[str, str], state: str) -> str | None:
    """Return where to send people so that they log out there too (Auth0's `federated`), or None."""
    try:
        endpoint = other_provider(provider, upstream["name"])["metadata"]["end_session_endpoint"]
    except (Refusal, KeyError):
        return None

    back = f"{provider.issuer}/oidc/logged-out"
    hint = {"id_token_hint": upstream["id_token"], "post_logout_redirect_uri": back, "state": state}
    return f"{endpoint}?{urlencode(hint)}"


def callback_of(provider: Provider) -> str:
    """Return where others send people back to."""
    return f"{provider.issuer}/upstream/callback"


def s256(verifier: str) -> str:
    """RFC 7636, 4.2: BASE64URL-ENCODE(SHA256(ASCII(code_verifier)))."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
