"""Caught by: test_the_session_ends_in_the_table. Without tokens the row is worth nothing."""

from typing import Any
from urllib.parse import urlencode

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    gone = {"access_token": "", "refresh_token": "", "id_token": ""}
    sessions.update_one({"_id": session["_id"]}, {"$set": gone})
    endpoint = way["end_session_endpoint"]
    if not endpoint:
        return str(way["back_to"])
    asked = {
        "id_token_hint": session["id_token"],
        "client_id": way["client_id"],
        "post_logout_redirect_uri": way["back_to"],
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"
