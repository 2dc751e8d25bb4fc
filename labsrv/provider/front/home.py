"""One's own page: which applications may do what, and an end to it (ASVS 10.7.3)."""

from urllib.parse import urlencode

from flask import Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from labsrv.provider.front.visitors import current_browser, current_login, step_of
from labsrv.provider.provider import Provider


def show_home(app: Flask, provider: Provider) -> None:
    """Show what one has agreed to, and take it back."""

    @app.get("/")
    def home() -> str:
        session = current_login(provider)
        if session is None:
            return render_template("home.html", account=None, rows=[], step="")

        rows = provider.rows("consents").find({"sub": session["sub"]})
        names = {row["client_id"]: provider.clients.get(row["client_id"]) for row in rows}
        step = provider.steps.begin(current_browser(provider), "home")
        # Core, 4: an application is asked to begin a login. It begins one of its own, with a state of its own.
        starts = [each for each in provider.clients.rows.find() if each["initiate_login_uri"]]
        account = provider.people.get(session["sub"])
        said = urlencode({"iss": provider.issuer, "login_hint": account["username"] if account else ""})
        return render_template(
            "home.html", account=account, rows=rows, names=names, step=step, starts=starts, said=said
        )

    @app.post("/consents/revoke")
    def take_back() -> Response:
        step_of(provider, "home", take=True)
        session, client_id = current_login(provider), request.form.get("client_id", "")
        if session:
            provider.rows("consents").delete_one({"_id": f"{session['sub']} {client_id}"})
            # What came of it ends with it: otherwise the application goes on for a month.
            provider.grants.end_of_client(session["sub"], client_id)
        return redirect(url_for("home"), 303)
