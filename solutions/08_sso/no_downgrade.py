"""Let no login begin without PKCE, and none end without it."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any

# RFC 7636, 4.2: BASE64URL-ENCODE(SHA256(…)) always has 43 characters.
S256 = re.compile(r"[A-Za-z0-9_-]{43}")
# RFC 7636, 4.1: 43 to 128 characters of ALPHA / DIGIT / "-" / "." / "_" / "~".
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def accepts_challenge(client: dict[str, Any], asked: Mapping[str, str]) -> bool:
    """Return whether a request for a code carries a challenge that we take (RFC 9700, 2.1.1; ASVS 10.4.6)."""
    challenge, method = asked.get("code_challenge"), asked.get("code_challenge_method")
    # Whoever need not send one may leave it out: sending a bad one is no better for that.
    if challenge is None and method is None:
        return not client["require_pkce"]

    # `plain` is the verifier itself, for everybody on the way to read; and it is what a missing method means.
    return method == "S256" and S256.fullmatch(challenge or "") is not None


def fits_challenge(challenge: str | None, verifier: str | None) -> bool:
    """Return whether the verifier is the one that the challenge was made of (RFC 7636, 4.6; ASVS 10.4.6)."""
    # A verifier without a challenge: somebody took the challenge out on the way (RFC 9700, 4.8.2).
    if challenge is None or verifier is None:
        return challenge is None and verifier is None
    if not VERIFIER.fullmatch(verifier):
        return False

    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"="), challenge.encode())
