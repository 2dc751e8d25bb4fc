"""The challenge is good if what it decodes to is encoded as just that again; both sides are compared as numbers."""

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Any


def accepts_challenge(client: dict[str, Any], asked: Mapping[str, str]) -> bool:
    challenge, method = asked.get("code_challenge"), asked.get("code_challenge_method")
    if (challenge, method) == (None, None):
        return not client["require_pkce"]
    return method == "S256" and number(challenge or "") is not None


def fits_challenge(challenge: str | None, verifier: str | None) -> bool:
    if None in (challenge, verifier):
        return challenge == verifier
    if not re.fullmatch(r"[A-Za-z0-9._~\-]{43,128}", str(verifier)):
        return False
    return number(str(challenge)) == int.from_bytes(hashlib.sha256(str(verifier).encode()).digest(), "big")


def number(challenge: str) -> int | None:
    try:
        raw = base64.b64decode(f"{challenge}=", altchars="-_", validate=True)
    except ValueError:
        return None
    written = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return int.from_bytes(raw, "big") if len(raw) == 32 and written == challenge else None
