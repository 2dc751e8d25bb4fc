"""Who is there, by two cookies; and how a page of the provider goes out.

__Host-<name>-login      the login session: this is what single sign-on is
__Host-<name>-browser    the same browser as a page ago: what a step belongs to

Cookies ignore ports (RFC 6265bis, 8.5): two providers on one machine have their own names for them. They are Lax and
not Strict, since people come here from other sites.
"""

import secrets
from typing import Any

from flask import Flask, Response, g, render_template, request

from labsrv.provider.errors import Refusal
from labsrv.provider.provider import Provider

TOO_LATE = "This page is no longer good. Go back to the application, and begin again there."
LASTING = {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/.well-known/jwks.json"}
# Without `form-action`: browsers apply it to where a sent form is redirected to, and that is the application.
POLICY = "default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; base-uri 'none'; frame-ancestors 'none'"


def dress(app: Flask, provider: Provider) -> None:
    """Give each answer its headers and cookies, and each refusal its page."""

    @app.before_request
    def begin() -> None:
        g.nonce, g.login_secret, g.browser, g.script = secrets.token_urlsafe(12), None, None, ""

    @app.context_processor
    def for_all_pages() -> dict[str, Any]:
        return {"title": provider.settings.title, "nonce": g.nonce}

    @app.errorhandler(Refusal)
    def refuse(refusal: Refusal) -> tuple[str, int]:
        return render_template("refused.html", words=refusal.words), refusal.status

    @app.after_request
    def send_out(response: Response) -> Response:
        # A cache would give one person's code or token to another (RFC 6749, 5.1).
        if request.path not in LASTING:
            response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Addresses of steps are nobody else's business.
        response.headers["Referrer-Policy"] = "no-referrer"
        policy = POLICY.format(nonce=g.nonce)
        response.headers["Content-Security-Policy"] = f"{policy}; script-src {g.script}" if g.script else policy
        if g.browser:
            keep_cookie(response, browser_cookie(provider), g.browser)
        if g.login_secret is not None:
            keep_cookie(response, login_cookie(provider), g.login_secret)
        return response


def keep_cookie(response: Response, name: str, value: str) -> None:
    """Set a cookie, or with "" remove it (ASVS 3.3.1 to 3.3.4)."""
    age = None if value else 0
    response.set_cookie(name, value, max_age=age, path="/", secure=True, httponly=True, samesite="Lax")


def login_cookie(provider: Provider) -> str:
    """Return the name of the cookie that has the login session."""
    return f"__Host-{provider.settings.name}-login"


def browser_cookie(provider: Provider) -> str:
    """Return the name of the cookie that tells a browser from others before anybody has logged in."""
    return f"__Host-{provider.settings.name}-browser"


def current_login(provider: Provider) -> dict[str, Any] | None:
    """Return the login session of whoever asks, or None; also one that began in this very request."""
    secret = request.cookies.get(login_cookie(provider)) if g.login_secret is None else g.login_secret
    return provider.logins.find(secret)


def current_browser(provider: Provider) -> str:
    """Return what tells this browser from others, drawn where it has nothing yet."""
    known = request.cookies.get(browser_cookie(provider)) or g.browser
    if not known:
        known = g.browser = secrets.token_urlsafe(24)
    return str(known)


def step_of(provider: Provider, kind: str, *, take: bool = False) -> dict[str, Any]:
    """Return the step that a page was sent with; raises `Refusal` for another browser's, and for an old one."""
    search = provider.steps.take if take else provider.steps.find
    row = search(request.values.get("step"), request.cookies.get(browser_cookie(provider)), kind)
    if row:
        return row

    raise Refusal(TOO_LATE)
