"""Characters are looked up in sets, and all is compared as bytes that were decoded."""

import base64
import hashlib
import string
from hmac import compare_digest

LETTERS = frozenset(string.ascii_letters + string.digits + "-_")


def accepts_challenge(client, asked):
    sent = {name: asked[name] for name in ("code_challenge", "code_challenge_method") if name in asked}
    if not sent:
        return client.get("require_pkce", True) is False
    challenge = sent.get("code_challenge", "")
    return sent.get("code_challenge_method") == "S256" and len(challenge) == 43 and LETTERS.issuperset(challenge)


def fits_challenge(challenge, verifier):
    match challenge, verifier:
        case None, None:
            return True
        case str(), str() if 43 <= len(verifier) <= 128 and LETTERS.union(".~").issuperset(verifier):
            made = base64.b64encode(hashlib.sha256(verifier.encode("ascii")).digest(), altchars=b"-_")[:43]
            return compare_digest(made, challenge.encode())
    return False
