"""The row stays, and is over since this session began; the address is put together by hand, with a state of its own."""

import secrets
from typing import Any
from urllib.parse import quote_plus

from labsrv.kit.store import Collection

ASKED = "id_token_hint={}&client_id={}&post_logout_redirect_uri={}&state={}"


def end(sessions: Collection, session: dict[str, Any]) -> None:
    over = {"until": session["began_at"], "access_token": "", "refresh_token": ""}
    sessions.update_one({"_id": session["_id"]}, {"$set": over})


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    end(sessions, session)
    match way:
        case {"end_session_endpoint": str(endpoint), "client_id": str(client_id), "back_to": str(back_to)}:
            values = (session["id_token"], client_id, back_to, secrets.token_urlsafe(16))
            joint = "&" if "?" in endpoint else "?"
            return endpoint + joint + ASKED.format(*map(quote_plus, values))
        case _:
            return str(way["back_to"])
