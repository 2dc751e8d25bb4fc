"""The authorization endpoint: an application sends somebody here to log in (OpenID Connect Core, 3.1.2)."""

from urllib.parse import urlencode

from flask import Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from labsrv.provider.errors import OAuthError
from labsrv.provider.front.answering import send_back
from labsrv.provider.front.asking import judge, read_parameters, whom_to_answer
from labsrv.provider.front.going_on import go_on
from labsrv.provider.front.visitors import current_browser
from labsrv.provider.provider import Provider


def take_requests(app: Flask, provider: Provider) -> None:
    """Take requests by GET and by POST."""

    @app.get("/authorize")
    def authorize() -> Response:
        asked = read_parameters(request.args)
        client, way = whom_to_answer(provider, asked)
        try:
            scope, audience = judge(provider, client, way, asked)
        except OAuthError as error:
            return send_back(provider, way, error.parameters())

        browser = current_browser(provider)
        known = {"client_id": way.client_id, "redirect_uri": way.redirect_uri, "mode": way.mode, "asked": asked}
        # Who it is, which account, and what they agree to is written down as they go.
        open_questions = {"proved": False, "chosen": False, "agreed": False}
        step = provider.steps.begin(browser, "authorize", scope=scope, audience=audience, **known, **open_questions)
        row = provider.steps.find(step, browser, "authorize")
        assert row is not None
        return go_on(provider, step, row)

    @app.post("/authorize")
    def authorize_by_post() -> Response:
        # A form on another site brings no Lax cookie along; the GET that follows it does. So nobody who is logged in
        # here has to log in again because of the method (Core, 3.1.2.1: both are to be supported).
        return redirect(f"{url_for('authorize')}?{urlencode(list(request.form.items(multi=True)))}", 303)
