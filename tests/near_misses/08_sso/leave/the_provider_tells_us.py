"""Caught by: test_the_session_ends_in_the_table. The provider sends a logout token as soon as the browser has been
there: the row ends then.
"""

from typing import Any
from urllib.parse import urlencode

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    if not way["end_session_endpoint"]:
        sessions.delete_one({"_id": session["_id"]})
    endpoint = way["end_session_endpoint"]
    if not endpoint:
        return str(way["back_to"])
    asked = {
        "id_token_hint": session["id_token"],
        "client_id": way["client_id"],
        "post_logout_redirect_uri": way["back_to"],
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"
