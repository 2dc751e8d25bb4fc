"""End a login, and tell every application that took part in it (OpenID Connect Back-Channel Logout 1.0, 2.5).

`notices`   what was sent to whom, and what came of it: `client_id`, `sid`, `status` (0 where nobody answered)
"""

from typing import Any

from labsrv.kit.http.transport import Unreachable
from labsrv.provider.provider import Provider


def end_login(provider: Provider, session: dict[str, Any]) -> None:
    """End a session, what was given for as long as it lasts, and the sessions at the applications."""
    ended = provider.logins.end(session)
    # Two log-outs at the same moment: one of them tells.
    if ended is None:
        return

    provider.grants.end_of_session(ended["sid"])
    for client_id in ended["clients"]:
        client = provider.clients.get(client_id)
        if client and client["backchannel_logout_uri"]:
            tell_client(provider, client, ended)


def close_account(provider: Provider, sub: str) -> None:
    """Let somebody in no more, and end all that they have and gave, at once (ASVS 7.4.2)."""
    provider.people.rows.update_one({"_id": sub}, {"$set": {"disabled": True}})
    for session in provider.logins.of(sub):
        end_login(provider, session)
    provider.grants.grants.delete_many({"sub": sub})


def tell_client(provider: Provider, client: dict[str, Any], session: dict[str, Any]) -> None:
    """Send a logout token to a client, and write down what came of it; one that is away keeps nobody from leaving."""
    claims = provider.decide.logout_claims(session, provider.issuer, client["client_id"], provider.now())
    token = provider.sign("logout_token", "logout+jwt", claims, client["id_token_signed_response_alg"])
    try:
        status = provider.outgoing.post_form(client["backchannel_logout_uri"], {"logout_token": token}).status
    except Unreachable:
        status = 0

    notice = {"client_id": client["client_id"], "sid": session["sid"], "status": status, "at": provider.now()}
    provider.rows("notices").insert_one(notice)
