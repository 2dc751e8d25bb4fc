"""The second factor: a code of an authenticator app (RFC 6238), where an application asked for two."""

import pyotp
from flask import Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from labsrv.provider.errors import OAuthError
from labsrv.provider.front.going_on import go_on, here, refuse
from labsrv.provider.front.visitors import current_login
from labsrv.provider.provider import Provider

MOST_TRIES = 5  # of one user, in a quarter of an hour (ASVS 6.5.5)
STEP_SECONDS = 30


def ask_for_second_factor(app: Flask, provider: Provider) -> None:
    """Ask for a code, and take each of them once."""

    @app.get("/second")
    def second() -> str:
        step, _ = here(provider)
        return render_template("second.html", step=step, words="")

    @app.post("/second")
    def check_second() -> str | Response | tuple[str, int]:
        step, row = here(provider)
        if "cancel" in request.form:
            return refuse(provider, row, OAuthError("access_denied", "The user did not want to go on."))
        session = current_login(provider)
        if session is None:
            return redirect(url_for("login", step=step), 303)
        if provider.attempts.note("second", session["sub"]) > MOST_TRIES:
            return render_template(
                "second.html", step=step, words="Too many tries. Wait for a quarter of an hour."
            ), 429
        if not use_code(provider, session["sub"], request.form.get("code", "")):
            return render_template("second.html", step=step, words="That code is wrong, or was used."), 401

        provider.attempts.forget("second", session["sub"])
        provider.logins.step_up(session)
        return go_on(provider, step, provider.steps.note(row, proved=True))


def use_code(provider: Provider, sub: str, code: str) -> bool:
    """Return whether this is the code of now, or of the step before, and was not used (RFC 6238, 5.2; ASVS 6.5.1)."""
    account = provider.people.get(sub) or {"totp_secret": ""}
    now = int(provider.services.clock.time()) // STEP_SECONDS
    for step in (now, now - 1):
        if account["totp_secret"] and pyotp.utils.strings_equal(pyotp.HOTP(account["totp_secret"]).at(step), code):
            used = provider.people.rows.update_one(
                {"_id": sub, "used_step": {"$lt": step}}, {"$set": {"used_step": step}}
            )
            return used.modified_count == 1

    return False
