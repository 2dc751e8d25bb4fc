"""Send an answer only to an address that was registered beforehand."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    """Return the address to answer at, or None: then nobody is redirected (RFC 9700, 4.1.3; ASVS 10.4.1).

    Compared character by character, as it was registered: no prefix, no pattern, no other port, no more of a query.
    """
    # What two programs read differently in an address is no matter here: nobody takes it apart.
    if asked in client["redirect_uris"]:
        return asked

    return None
