"""Believe what a provider says of itself only if it says it of itself."""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    """Return whether this is the metadata of the issuer that was asked (OpenID Connect Discovery, 4.3; ASVS 10.5.3).

    Character by character: a slash more is another issuer.
    """
    return metadata.get("issuer") == issuer
