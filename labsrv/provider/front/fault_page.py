"""The page on which a provider is told to answer wrongly, for whoever tests a client against it.

GET  /faults   the menu                POST /faults   the menu, sent
PUT  /faults   ["wrong_nonce", …]      for a program: a list of names, and no other faults than these
"""

from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labsrv.provider.faults.active import active_faults, set_faults
from labsrv.provider.faults.menu import FAULTS
from labsrv.provider.front.visitors import current_browser, step_of
from labsrv.provider.provider import Provider


def show_faults(app: Flask, provider: Provider) -> None:
    """Show which faults there are, and switch them on and off while the provider runs."""

    @app.get("/faults")
    def faults() -> str:
        step = provider.steps.begin(current_browser(provider), "faults")
        return render_template("faults.html", faults=FAULTS.values(), active=active_faults(provider), step=step)

    @app.post("/faults")
    def choose_faults() -> AnyResponse:
        step_of(provider, "faults", take=True)
        set_faults(provider, [name for name in request.form.getlist("fault") if name in FAULTS])
        return redirect(url_for("faults"), 303)

    @app.put("/faults")
    def replace_faults() -> Response | tuple[Response, int]:
        # Another site's script may not send a PUT here without asking first, and is told no (Fetch, CORS preflight).
        names = request.get_json(silent=True)
        if not isinstance(names, list):
            return jsonify(error="Send a list of names, as JSON.", faults=list(FAULTS)), 400
        try:
            set_faults(provider, map(str, names))
        except LookupError as error:
            return jsonify(error=error.args[0], faults=list(FAULTS)), 400
        return jsonify(faults=active_faults(provider))
