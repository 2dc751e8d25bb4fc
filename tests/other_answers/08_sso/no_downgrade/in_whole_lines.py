"""One condition a line; a challenge has to be one that SHA-256 can end in, to the last character."""

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Any

ENDS = "AEIMQUYcgkosw048"


def accepts_challenge(client: dict[str, Any], asked: Mapping[str, str]) -> bool:
    has_challenge, has_method = "code_challenge" in asked, "code_challenge_method" in asked
    if not (has_challenge or has_method):
        return client["require_pkce"] is not True
    if not (has_challenge and has_method):
        return False
    if asked["code_challenge_method"] != "S256":
        return False
    return bool(re.fullmatch(rf"[0-9A-Za-z\-_]{{42}}[{ENDS}]", asked["code_challenge"]))


def fits_challenge(challenge: str | None, verifier: str | None) -> bool:
    if challenge is None and verifier is None:
        return True
    if not challenge or not verifier:
        return False
    if re.search(r"[^A-Za-z0-9._~-]", verifier) or len(verifier) not in range(43, 129):
        return False
    return made_of(verifier) == challenge


def made_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().replace("=", "")
