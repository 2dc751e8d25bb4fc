"""Caught by: test_no_other_session_ends. A login has a name, and whatever came of it ends."""

from typing import Any
from urllib.parse import urlencode

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    sessions.delete_many({"sid": session["sid"]})
    endpoint = way["end_session_endpoint"]
    if not endpoint:
        return str(way["back_to"])
    asked = {
        "id_token_hint": session["id_token"],
        "client_id": way["client_id"],
        "post_logout_redirect_uri": way["back_to"],
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"
