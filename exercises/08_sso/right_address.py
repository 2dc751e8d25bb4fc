"""Answer at an address that was registered, and nowhere else.

Applications send people to Tea Identity with an address to send them back to, and a code goes there with them. Whoever
writes such a link chooses the address: Mallory sends Alice, who is logged in, and names one that looks like the shop's.

Each application has told Tea Identity beforehand where it is to be answered. Compare. Without an address from you,
Alice reads a page that says what is wrong, and is sent nowhere.
(RFC 9700, 4.1.3; OpenID Connect Core, 3.1.2.1; RFC 6749, 4.1.2.1; OWASP ASVS 5.0, 10.4.1; CWE-601)
"""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    """Return the address to send an answer to, or None: then there is an error page, and nobody is redirected.

    `client` is the application's row; its `redirect_uris` is a list of whole addresses. `asked` is the one that stood
    in the request, with nothing encoded any more, or None where there was none.
    """
    # TODO: An address is right if it is one of this client's `redirect_uris`, the same in every character: no other
    #       host, scheme or port (not on one's own computer either), no other place there, nothing behind it, no other
    #       spelling. In all other cases, and where no address was sent, it is None, however many are registered.
    if asked is None:
        return client["redirect_uris"][0]

    origins = ["/".join(each.split("/")[:3]) for each in client["redirect_uris"]]
    return asked if asked.startswith(tuple(origins)) else None
