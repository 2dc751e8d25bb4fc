"""Our parameters before the endpoint's own, percent by percent, and one more that providers know."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from labsrv.kit.store import Collection


def parts(session: dict[str, Any], way: dict[str, str | None]) -> Iterator[str]:
    asked = {"id_token_hint": session["id_token"], "post_logout_redirect_uri": way["back_to"], "ui_locales": "en"}
    for name, value in (asked | {"client_id": way["client_id"]}).items():
        yield f"{name}={quote(str(value), safe='')}"


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    sessions.delete_many({"_id": {"$in": [session["_id"]]}})
    place, _, own = (way["end_session_endpoint"] or "").partition("?")
    query = "&".join([*parts(session, way), *([own] if own else [])])
    return f"{place}?{query}" if place else f"{way['back_to']}"
