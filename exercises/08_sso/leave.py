"""Leave the shop, and the provider.

Alice presses "Leave" at the library's computer. The shop takes its cookie away from her browser, and greets her no
more. Mallory, who has a copy of that cookie, is greeted. And whoever sits down there next and presses "Log in" is
Alice: Tea Identity still knows her, and asks nobody.

There are two log-ins to end. The shop ends its own in its table, and sends the browser to where the provider's ends:
with an ID token, by which the provider knows who wants to leave, and need not ask.
(OpenID Connect RP-Initiated Logout 1.0, 2 and 2.1; OWASP ASVS 5.0, 7.4.1 and 7.4.4; CWE-613)
"""

from typing import Any

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    """End a session, and return the address to which its browser goes next.

    `sessions` has the rows of all who are logged in, and `session` is the row of whoever leaves: its `_id`, `sub`,
    `sid`, the provider's `id_token` and more. `way` has the provider's `end_session_endpoint` (None where it has none),
    our `client_id` there, and `back_to`, the address of ours to which people come back.
    The store in five operations: docs/store.md.
    """
    # TODO: The session ends in the table, this one and no other: of others the provider tells the shop. The address is
    #       the `end_session_endpoint` with `id_token_hint`, `client_id` and `post_logout_redirect_uri`, each whole when
    #       it is decoded, and none twice; if the endpoint has a query already (`?federated`, `?tenant=tea`), that stays
    #       as it is, with all it has. (It has none of these three.) What else you send is yours to say, but nothing
    #       that opens a door: no access or refresh token, and no `_id`. Where the provider has no such endpoint, the
    #       address is `back_to`. It is the same address if the row has gone meanwhile.
    return str(way["back_to"])
