"""Log-out (OpenID Connect RP-Initiated Logout 1.0), and Auth0's older way of asking for it.

GET, POST /oidc/logout           id_token_hint, client_id, post_logout_redirect_uri, state
GET       /v2/logout             client_id, returnTo, federated
POST      /oidc/logout/confirm   "Yes, log me out"
GET       /oidc/logged-out       back from another provider, where one has logged out too
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from labsrv.provider.back.log_out_everywhere import end_login
from labsrv.provider.errors import Refusal
from labsrv.provider.front.upstream import log_out_upstream
from labsrv.provider.front.visitors import current_browser, current_login, step_of
from labsrv.provider.provider import Provider

AUTH0_NAMES = {"returnTo": "post_logout_redirect_uri", "client_id": "client_id", "federated": "federated"}


def let_people_log_out(app: Flask, provider: Provider) -> None:
    """Log people out, after asking where nobody can know that they want it."""

    @app.get("/oidc/logout")
    def end_session() -> str | Response:
        return log_out(request.args)

    @app.post("/oidc/logout")
    def end_session_by_post() -> Response:
        # As with /authorize: the GET that follows brings the cookie.
        return redirect(f"{url_for('end_session')}?{urlencode(request.form.to_dict())}", 303)

    @app.get("/v2/logout")
    def auth0_logout() -> str | Response:
        # Auth0 does not ask here. There is no hint in it, so anybody's link would log people out: we do.
        given = {AUTH0_NAMES[name]: value or "yes" for name, value in request.args.items() if name in AUTH0_NAMES}
        return log_out(given)

    @app.post("/oidc/logout/confirm")
    def confirm_logout() -> str | Response:
        row = step_of(provider, "logout", take=True)
        if "yes" in request.form:
            return leave(row)
        return render_template("stayed.html", target=row["target"])

    @app.get("/oidc/logged-out")
    def logged_out() -> str | Response:
        row = provider.steps.take(request.args.get("state"), current_browser(provider), "logged_out")
        return gone(row["target"] if row else "")

    def log_out(given: Mapping[str, str]) -> str | Response:
        hint, client = whose_logout(provider, given)
        target = target_of(provider, client, given)
        session = current_login(provider)
        row = {"target": target, "federated": "federated" in given}
        if session is None or provider.decide.may_log_out(session, hint):
            return leave(row)

        step = provider.steps.begin(current_browser(provider), "logout", **row)
        return render_template("logout.html", step=step, client=client, account=provider.people.get(session["sub"]))

    def leave(row: Mapping[str, Any]) -> str | Response:
        session = current_login(provider)
        g.login_secret = ""
        if session:
            end_login(provider, session)
        if session and session["upstream"] and row["federated"]:
            state = provider.steps.begin(current_browser(provider), "logged_out", target=row["target"])
            away = log_out_upstream(provider, session["upstream"], state)
            return redirect(away, 303) if away else gone(row["target"])
        return gone(row["target"])

    def gone(target: str) -> str | Response:
        return redirect(target, 303) if target else render_template("logged_out.html")


def whose_logout(provider: Provider, given: Mapping[str, str]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the hint's claims and the client, each if there is one; raises `Refusal` where they contradict (2)."""
    hint = provider.keys.own_claims(given["id_token_hint"], provider.issuer) if given.get("id_token_hint") else None
    if given.get("id_token_hint") and hint is None:
        raise Refusal("The application sent an id_token_hint that is no ID token of ours.")

    audience = str(hint["aud"]) if hint else None
    named = given.get("client_id") or audience or ""
    if audience is not None and audience != named:
        raise Refusal("The application sent the ID token of another one.")
    return hint, provider.clients.get(named)


def target_of(provider: Provider, client: dict[str, Any] | None, given: Mapping[str, str]) -> str:
    """Return where to go after log-out, with the `state` that was sent, or ""; raises `Refusal` for a bad one (3)."""
    asked = given.get("post_logout_redirect_uri")
    if not asked:
        return ""
    target = provider.decide.logout_target(client, asked)
    if target is None:
        raise Refusal("The application asked to send you to an address that it has not registered.")

    state = urlencode({"state": given["state"]}) if given.get("state") else ""
    return f"{target}{'&' if '?' in target else '?'}{state}" if state else target
