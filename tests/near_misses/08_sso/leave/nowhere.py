"""Caught by: test_a_provider_may_have_no_such_endpoint. Where there is no end at the provider, people go to the front
page.
"""

from typing import Any
from urllib.parse import urlencode

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    sessions.delete_one({"_id": session["_id"]})
    endpoint = way["end_session_endpoint"]
    if not endpoint:
        return "/"
    asked = {
        "id_token_hint": session["id_token"],
        "client_id": way["client_id"],
        "post_logout_redirect_uri": way["back_to"],
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"
