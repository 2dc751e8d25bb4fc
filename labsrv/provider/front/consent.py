"""The consent page: which application learns what (OpenID Connect Core, 3.1.2.4)."""

from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from labsrv.kit.addresses.urls import origin_of
from labsrv.provider.errors import OAuthError
from labsrv.provider.front.going_on import go_on, here, next_page, refuse
from labsrv.provider.front.visitors import current_login
from labsrv.provider.provider import Provider

IN_WORDS = {
    "openid": "that it is you who logs in",
    "profile": "your name",
    "email": "your e-mail address",
    "offline_access": "that it goes on acting for you while you are away",
}


def ask_for_consent(app: Flask, provider: Provider) -> None:
    """Ask, and remember the answer."""

    @app.get("/consent")
    def consent() -> str | Response:
        step, row = here(provider)
        session = current_login(provider)
        if session is None:
            return redirect(url_for("login", step=step), 303)
        return render_template(
            "consent.html",
            step=step,
            client=provider.clients.get(row["client_id"]),
            where=origin_of(row["redirect_uri"]),
            account=provider.people.get(session["sub"]),
            wants=[IN_WORDS.get(each, each) for each in row["scope"].split(" ")],
            api=row["audience"],
        )

    @app.post("/consent")
    def check_consent() -> Response:
        step, row = here(provider)
        session = current_login(provider)
        if "allow" not in request.form:
            return refuse(provider, row, OAuthError("access_denied", "The user did not agree."))
        # Somebody whose login is not whole yet is not asked, so they have not agreed either.
        if session and next_page(provider, session, row) == "consent":
            remember(provider, session["sub"], row)
            row = provider.steps.note(row, agreed=True)
        return go_on(provider, step, row)


def remember(provider: Provider, sub: str, row: dict[str, Any]) -> None:
    """Write down what a user has agreed to; what they had agreed to before stays."""
    key, before = f"{sub} {row['client_id']}", provider.agreed(sub, row["client_id"])
    scope = " ".join(dict.fromkeys([*before.split(), *row["scope"].split()]))
    known = {"sub": sub, "client_id": row["client_id"], "scope": scope, "at": provider.now()}
    provider.rows("consents").replace_one({"_id": key}, {"_id": key, **known}, upsert=True)
