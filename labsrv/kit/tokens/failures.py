"""Why a signature does not fit: what was probably done instead of what should have been."""

import base64
import binascii

from labsrv.kit.text import plain
from labsrv.kit.tokens.compact import Token
from labsrv.kit.tokens.keys import KeySet, TokenKey, read_keys
from labsrv.kit.tokens.signatures import HASHES, LENGTHS, NEEDS, fits, mac

Why = tuple[str, tuple[str, ...]]

CHANGED = "Header or claims were changed after they were signed, or another key has signed them"


def why_it_does_not_fit(token: Token, candidates: list[TokenKey], keys: KeySet) -> Why:
    """Return a sentence, and further ones, on a signature that none of the candidates has made."""
    tried = candidates[0].name if len(candidates) == 1 else f"any of {len(candidates)} keys"
    kind = candidates[0].what if len(candidates) == 1 else plain(token.alg)
    found = [
        *brought_along(token),
        *wrong_length(token),
        *another_key(token, candidates, keys),
        *another_algorithm(token, candidates),
        *another_spelling(token, candidates),
    ]
    return f"It is not that of {tried} ({kind}).", tuple(found) or (f"{CHANGED}.",)


def wrong_length(token: Token) -> list[str]:
    """Return a sentence if the signature cannot be one of its algorithm: its length decides."""
    has, due = len(token.signature.data or b""), LENGTHS.get(token.alg)
    if has == 0:
        return ["There is no signature: the last part is empty."]
    if due is None or has == due:
        return []

    der = token.alg.startswith("ES") and (token.signature.data or b"")[:1] == b"0"
    form = " It looks like DER, as certificates have it; tokens have two bare numbers (RFC 7518, 3.4)." if der else ""
    return [f"It has {has} bytes, and {token.alg} makes {due}.{form}"]


def brought_along(token: Token) -> list[str]:
    """Return a sentence if it was made with the key that the sender put into the header, where anybody can put one."""
    jwk = token.header.members.get("jwk")
    keys = read_keys(jwk, "that key").usable if isinstance(jwk, dict) and "keys" not in jwk else ()
    if any(fits(token.alg, key, token.signed, token.signature.data or b"") for key in keys):
        return [f"It is that of the jwk in its own header ({keys[0].what}): whoever sent it brought the key along."]

    return []


def another_key(token: Token, candidates: list[TokenKey], keys: KeySet) -> list[str]:
    """Return a sentence if it is the signature of a key that was given, and is none for this token."""
    signature = token.signature.data or b""
    others = [key for key in keys.usable if key not in candidates]
    return [
        f"It is that of {key.name}, which is not the one that this token's kid, alg or use asks for."
        for key in others
        if fits(token.alg, key, token.signed, signature)
    ][:3]


def another_algorithm(token: Token, candidates: list[TokenKey]) -> list[str]:
    """Return a sentence if it was made with the same key by another algorithm than the header says."""
    signature = token.signature.data or b""
    return [
        f"It was made with {alg}, while the header says {plain(token.alg)}."
        for key in candidates
        for alg in NEEDS
        if alg != token.alg and fits(alg, key, token.signed, signature)
    ][:1]


def another_spelling(token: Token, candidates: list[TokenKey]) -> list[str]:
    """Return a sentence if it was made with the same secret spelled otherwise: with spaces around it, or decoded."""
    if token.alg not in HASHES:
        return []

    return [
        f"It was made with {key.name} {how}."
        for key in candidates
        for how, secret in spellings(key.material).items()
        if secret != key.material and mac(token.alg, secret, token.signed) == token.signature.data
    ][:1]


def spellings(secret: bytes) -> dict[str, bytes]:
    """Return what else a secret is taken for when it is copied from a file or an environment variable."""
    found = {
        "without the spaces or line breaks around it": secret.strip(),
        "and a line break after it": secret + b"\n",
        "as base64url, written out": base64.urlsafe_b64encode(secret).rstrip(b"="),
    }
    try:
        padded = secret.strip() + b"=" * (-len(secret.strip()) % 4)
        found["decoded from base64"] = base64.b64decode(padded.replace(b"-", b"+").replace(b"_", b"/"), validate=True)
        found["decoded from hex"] = bytes.fromhex(secret.strip().decode("ascii"))
    except (binascii.Error, ValueError):
        # It is neither of them, or only the first.
        pass
    return found
