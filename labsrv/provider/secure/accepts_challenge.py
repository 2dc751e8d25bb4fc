"""Let no authorization request begin without PKCE."""

import re
from collections.abc import Mapping
from typing import Any

# RFC 7636, 4.2: BASE64URL-ENCODE(SHA256(…)) always has 43 characters.
S256 = re.compile(r"[A-Za-z0-9_-]{43}")


def accepts_challenge(client: dict[str, Any], asked: Mapping[str, str]) -> bool:
    """Return whether a request for a code carries a challenge that we take (RFC 9700, 2.1.1; ASVS 10.4.6).

    `plain` is the verifier itself, for everybody on the way to read; and it is what a missing method means (RFC 7636,
    4.3). A client that is registered without PKCE need not send a challenge: sending a bad one is no better for that.
    """
    challenge, method = asked.get("code_challenge"), asked.get("code_challenge_method")
    if challenge is None and method is None:
        return not client["require_pkce"]

    return method == "S256" and S256.fullmatch(challenge or "") is not None
