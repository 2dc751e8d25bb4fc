"""Take over what a provider may say, and nothing else.

The shop asks a provider two things besides the ID token: what it is (its metadata), and who somebody is (userinfo).
Mallory has a provider of her own: it says that it is the house's, and of her, that she works at the shop. And before
the house's provider is a cache that gives everybody what it gave Alice.

Anybody may say anything. Of themselves and of whoever logged in, they may say a little, and the rest is ours to say.
(OpenID Connect Discovery, 4.3; Core, 5.3.2; OWASP ASVS 5.0, 10.5.2, 10.5.3 and 15.3.3; CWE-346, CWE-915)
"""

from typing import Any


def trusts(metadata: dict[str, Any], issuer: str) -> bool:
    """Return whether these are the metadata of the issuer that was asked for them."""
    # TODO: Their `issuer` is there, and is the one that was asked, character by character.
    return True


def profile_of(claims: dict[str, Any], userinfo: dict[str, Any]) -> dict[str, str] | None:
    """Return what the shop writes down of whoever logged in: `name` and `email`. `claims` are a good ID token's."""
    # TODO: None, if userinfo is not about the subject of the ID token. Otherwise `name` and `email`, and nothing else,
    # as userinfo has them: a name of 100 characters at most and an address of 320 at most, cut off there. Both are
    # texts, "" where there is none, whatever userinfo has. An address counts if its `email_verified` is True, which a
    # text never is.
    return userinfo
