"""Caught by: test_everything_is_asked_and_nothing_told. Tokens are base64url, and addresses go into an address as
they are.
"""

from typing import Any

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    sessions.delete_one({"_id": session["_id"]})
    endpoint = way["end_session_endpoint"]
    if not endpoint:
        return str(way["back_to"])
    asked = {
        "id_token_hint": session["id_token"],
        "client_id": way["client_id"],
        "post_logout_redirect_uri": way["back_to"],
    }
    mark = "&" if "?" in endpoint else "?"
    return f"{endpoint}{mark}" + "&".join(f"{name}={value}" for name, value in asked.items())
