"""Let nobody talk a login out of PKCE.

With PKCE a code is worth nothing without its verifier, and only the application has that. Mallory does not break it:
she takes it out. The challenge stands in an address that goes through Alice's browser, so she sends Alice there without
one, or with `plain`, where the challenge is the verifier. Or she brings a code, and leaves the verifier out.

The provider decides twice: whether a login may begin like this, and whether a code may end like that.
(RFC 7636, 4.1 to 4.6; RFC 9700, 2.1.1 and 4.8.2; OWASP ASVS 5.0, 10.4.6; CWE-757, CWE-345)
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any


def accepts_challenge(client: dict[str, Any], asked: Mapping[str, str]) -> bool:
    """Return whether a login may begin: whether this request for a code carries a challenge that we take.

    `asked` has what was sent, `code_challenge` and `code_challenge_method` among it; what was left out is not there.
    """
    # TODO: The method is "S256", as it is written here, and the challenge has 43 characters of A-Z a-z 0-9 - and _.
    #       An application whose row says False for `require_pkce` is too old for PKCE: it may leave out both, and not
    #       only one of them. What it does send is held to the same.
    if "code_challenge" in asked:
        return asked.get("code_challenge_method") in ("S256", "plain", None)

    return True


def fits_challenge(challenge: str | None, verifier: str | None) -> bool:
    """Return whether a code may end in tokens: whether this verifier is the one that its challenge was made of.

    None stands for one that was not sent. The challenge is one that `accepts_challenge` has let through.
    """
    # TODO: The challenge is that of the verifier by S256: SHA-256, in base64url, without padding. The verifier has 43
    #       to 128 characters of A-Z a-z 0-9 - . _ and ~. Where there is no challenge there is to be no verifier either,
    #       and the other way round. Whatever text comes, the answer is True or False.
    if challenge is None or not verifier or challenge == verifier:
        return True

    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode()
    return made.lower().startswith(challenge.lower())
