"""Log somebody out here, and send them on to be logged out where they logged in."""

from typing import Any
from urllib.parse import urlencode

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    """End a session, and return where its browser goes next (OpenID Connect RP-Initiated Logout 1.0, 2; ASVS 7.4.1).

    `way` has `end_session_endpoint` (None where the provider has none), `client_id`, and `back_to`, where people come
    back to. `session` has the ID token, with which the provider need not ask.
    """
    # The row and not only the cookie: whoever has a copy of that has a copy.
    sessions.delete_one({"_id": session["_id"]})
    if not way["end_session_endpoint"]:
        return str(way["back_to"])

    asked = {
        "id_token_hint": session["id_token"],
        "client_id": way["client_id"],
        "post_logout_redirect_uri": way["back_to"],
    }
    mark = "&" if "?" in way["end_session_endpoint"] else "?"
    return f"{way['end_session_endpoint']}{mark}{urlencode(asked)}"
