"""Caught by: test_the_challenge_is_one_of_s256. It decodes to 32 bytes, and what does not belong is skipped."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any

VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def accepts_challenge(client: dict[str, Any], asked: Mapping[str, str]) -> bool:
    challenge, method = asked.get("code_challenge"), asked.get("code_challenge_method")
    if challenge is None and method is None:
        return not client["require_pkce"]
    if method != "S256" or not challenge or not challenge.isascii():
        return False
    try:
        return len(base64.urlsafe_b64decode(f"{challenge}==")) == 32
    except ValueError:
        return False


def fits_challenge(challenge: str | None, verifier: str | None) -> bool:
    if challenge is None or verifier is None:
        return challenge is None and verifier is None
    if not VERIFIER.fullmatch(verifier):
        return False

    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"="), challenge.encode())
