"""Caught by: test_no_other_session_ends. The session is found by whose it is."""

from typing import Any
from urllib.parse import urlencode

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    sessions.delete_one({"iss": session["iss"], "sub": session["sub"]})
    endpoint = way["end_session_endpoint"]
    if not endpoint:
        return str(way["back_to"])
    asked = {
        "id_token_hint": session["id_token"],
        "client_id": way["client_id"],
        "post_logout_redirect_uri": way["back_to"],
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"
