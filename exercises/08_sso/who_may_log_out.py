"""Log out whoever wants it, and send them only where they came from.

The shop sends Alice to Tea Identity to be logged out everywhere, with the ID token that it got when she logged in, and
with an address to come back to. Mallory writes such an address as well, and everybody who reads her page is logged out
of everything. Or she has them sent on to a page of hers, which looks like the login, and asks for a password.

Who has an ID token of this very login took part in it. Everybody else's wish is to be confirmed by Alice.
(OpenID Connect RP-Initiated Logout 1.0, 2, 3 and 6; OWASP ASVS 5.0, 3.5.1, 7.4.1 and 10.4.1; CWE-352, CWE-601)
"""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    """Return whether to log out at once. Where it is False, Tea Identity asks Alice on a page of its own.

    `session` is her login: its row has `sub`, who she is, and `sid`, by what name applications know this login. `hint`
    has the claims of the ID token that was sent, which Tea Identity has signed, be it for another user, or for another
    login; or it is None.
    """
    # TODO: It is True where `sub` and `sid` of the hint are those of this login, whichever application it is for, and
    #       however old it is: its `exp` is long over as a rule. In all other cases it is False.
    return True


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    """Return where to go afterwards, or None: then there is an error page, and nobody is logged out or redirected.

    `client` is the row of the application that asks, or None where nobody knows which one it is; `asked` is the address
    that it wants people to be sent to. (Where none was sent, Tea Identity does not ask, and shows a page of its own.)
    """
    # TODO: It is one of this client's `post_logout_redirect_uris`, the same in every character: no other host, scheme
    #       or port, no other place there, nothing behind it, no other spelling. Otherwise it is None, and so it is
    #       without a client, and where no address was sent.
    if asked is None and client:
        return client["post_logout_redirect_uris"][0]
    return asked
