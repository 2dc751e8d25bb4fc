"""Send the answer to a request back to the application: in the address, behind its #, or as a form."""

import base64
import hashlib
from urllib.parse import urlencode, urlsplit, urlunsplit

from flask import g, redirect, render_template
from werkzeug.wrappers import Response

from labsrv.provider.front.asking import Way
from labsrv.provider.provider import Provider

# The one script there is. Without it, people press the button.
PRESS = "document.forms[0].submit()"
PRESS_HASH = f"'sha256-{base64.b64encode(hashlib.sha256(PRESS.encode()).digest()).decode()}'"


def send_back(provider: Provider, way: Way, answer: dict[str, str]) -> Response:
    """Return the answer on its way, with the `state` as it was sent, and who is answering (RFC 9207, 2; errors too)."""
    state = {"state": way.state} if way.state is not None else {}
    answer = provider.spoil("authorization_response", answer | state | {"iss": provider.issuer}, provider)

    if way.mode == "form_post":
        # OAuth 2.0 Form Post Response Mode, 2: every value is escaped, by the template.
        g.script = PRESS_HASH
        return Response(render_template("form_post.html", way=way, answer=answer, press=PRESS), mimetype="text/html")
    # 303: whatever was sent to us, a password perhaps, is not sent on (RFC 9700, 4.12).
    return redirect(with_parameters(way, urlencode(answer)), 303)


def with_parameters(way: Way, parameters: str) -> str:
    """Return the redirect URI with an answer; a query that it has already stays (RFC 6749, 3.1.2)."""
    parts = urlsplit(way.redirect_uri)
    if way.mode == "fragment":
        return urlunsplit(parts._replace(fragment=parameters))

    return urlunsplit(parts._replace(query=f"{parts.query}&{parameters}" if parts.query else parameters))
