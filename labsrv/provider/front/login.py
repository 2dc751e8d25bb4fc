"""The login page, and the question which account it is to be."""

from typing import Any

from flask import Flask, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from labsrv.provider.back.log_out_everywhere import end_login
from labsrv.provider.errors import OAuthError
from labsrv.provider.front.going_on import go_on, here, refuse
from labsrv.provider.front.visitors import current_login
from labsrv.provider.provider import Provider

MOST_TRIES = 10  # of one name from one address, in a quarter of an hour (ASVS 6.3.1)


def let_people_log_in(app: Flask, provider: Provider) -> None:
    """Ask for name and password, or for the account to go on with."""

    @app.get("/login")
    def login() -> str | Response:
        step, row = here(provider)
        elsewhere = {each["_id"]: each["label"] for each in provider.rows("upstreams").find()}
        # The application may have asked for one of the others by name (Auth0's `connection`), once.
        if row["asked"].get("connection") in elsewhere and "words" not in row:
            return redirect(url_for("upstream", name=row["asked"]["connection"], step=step), 303)
        return page_for(step, row, words=row.get("words", ""))

    @app.post("/login")
    def check_login() -> str | Response | tuple[str, int]:
        step, row = here(provider)
        if "cancel" in request.form:
            return refuse(provider, row, OAuthError("access_denied", "The user did not want to log in."))

        username = request.form.get("username", "")
        whose = f"{username} {request.remote_addr}"
        if provider.attempts.note("login", whose) > MOST_TRIES:
            return page_for(step, row, words="Too many tries. Wait for a quarter of an hour."), 429
        account = provider.people.authenticate(username, request.form.get("password", ""))
        if account is None:
            return page_for(step, row, words="Name or password is wrong."), 401

        provider.attempts.forget("login", whose)
        begin_login(provider, account["_id"], ["pwd"])
        return go_on(provider, step, provider.steps.note(row, proved=True))

    @app.get("/account")
    def account() -> str | Response:
        step, _ = here(provider)
        session = current_login(provider)
        if session is None:
            return redirect(url_for("login", step=step), 303)
        return render_template("account.html", step=step, account=provider.people.get(session["sub"]))

    @app.post("/account")
    def choose_account() -> Response:
        step, row = here(provider)
        if "other" in request.form:
            return redirect(url_for("login", step=step), 303)
        return go_on(provider, step, provider.steps.note(row, chosen=True))

    def page_for(step: str, row: dict[str, Any], words: str) -> str:
        client = provider.clients.get(row["client_id"]) or {}
        return render_template(
            "login.html",
            step=step,
            words=words,
            client=client,
            known=request.form.get("username", row["asked"].get("login_hint", "")),
            elsewhere=provider.rows("upstreams").find(),
            sign_up=provider.settings.sign_up,
        )


def begin_login(provider: Provider, sub: str, amr: list[str], **more: Any) -> None:
    """Begin a session with an id of its own, whatever was there before (ASVS 7.2.4).

    Whoever logs in once more goes on with the session they have towards the applications; somebody else ends it.
    """
    before = current_login(provider)
    same = before is not None and before["sub"] == sub
    goes_on = {"sid": before["sid"], "clients": before["clients"]} if before and same else {}
    if before and same:
        provider.logins.end(before)
    elif before:
        end_login(provider, before)
    g.login_secret = provider.logins.begin(sub, amr, **goes_on, **more)
