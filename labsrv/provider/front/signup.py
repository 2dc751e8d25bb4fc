"""The sign-up page (Auth0's `screen_hint=signup`; Initiating User Registration via OpenID Connect 1.0)."""

from flask import Flask, abort, render_template, request
from werkzeug.wrappers import Response

from labsrv.provider.front.going_on import go_on, here
from labsrv.provider.front.login import begin_login
from labsrv.provider.provider import Provider


def let_people_sign_up(app: Flask, provider: Provider) -> None:
    """Open accounts for strangers, where that is allowed."""

    @app.get("/signup")
    def signup() -> str:
        step, _ = here(provider)
        return form_for(step) if provider.settings.sign_up else abort(404)

    @app.post("/signup")
    def check_signup() -> str | Response | tuple[str, int]:
        step, row = here(provider)
        if not provider.settings.sign_up:
            abort(404)
        username, email, password = (request.form.get(name, "") for name in ("username", "email", "password"))
        try:
            sub = provider.people.sign_up(username, email, password)
        except ValueError as error:
            return form_for(step, str(error)), 400

        begin_login(provider, sub, ["pwd"])
        return go_on(provider, step, provider.steps.note(row, proved=True))

    def form_for(step: str, words: str = "") -> str:
        return render_template("signup.html", step=step, words=words, known=request.form)
