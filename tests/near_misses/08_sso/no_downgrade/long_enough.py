"""Caught by: test_the_verifier_is_one. What is short can be guessed; what is long cannot."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any

S256 = re.compile(r"[A-Za-z0-9_-]{43}")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def accepts_challenge(client: dict[str, Any], asked: Mapping[str, str]) -> bool:
    challenge, method = asked.get("code_challenge"), asked.get("code_challenge_method")
    if challenge is None and method is None:
        return not client["require_pkce"]

    return method == "S256" and S256.fullmatch(challenge or "") is not None


def fits_challenge(challenge: str | None, verifier: str | None) -> bool:
    if challenge is None or verifier is None:
        return challenge is None and verifier is None
    if len(verifier) < 43:
        return False

    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"="), challenge.encode())
