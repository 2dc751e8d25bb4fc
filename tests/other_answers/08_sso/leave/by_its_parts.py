"""The address is taken apart and put together again, with spaces as %20; the row is found and taken in one."""

from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    sessions.find_one_and_delete({"_id": session["_id"], "sub": session["sub"]})
    back_to = way["back_to"] or ""
    if way["end_session_endpoint"] is None:
        return back_to

    scheme, host, path, query, _ = urlsplit(way["end_session_endpoint"])
    sent = parse_qsl(query, keep_blank_values=True)
    sent.append(("post_logout_redirect_uri", back_to))
    sent.append(("client_id", way["client_id"] or ""))
    sent.append(("id_token_hint", session["id_token"]))
    return urlunsplit((scheme, host, path or "/", urlencode(sent, quote_via=quote), ""))
