"""Caught by: test_everything_is_asked_and_nothing_told. `state` comes back, and by it the shop knows which session
has ended.
"""

from typing import Any
from urllib.parse import urlencode

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    sessions.delete_one({"_id": session["_id"]})
    endpoint = way["end_session_endpoint"]
    if not endpoint:
        return str(way["back_to"])
    asked = {
        "state": session["_id"],
        "id_token_hint": session["id_token"],
        "client_id": way["client_id"],
        "post_logout_redirect_uri": way["back_to"],
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"
