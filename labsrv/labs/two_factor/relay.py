"""What a code does not stop and a passkey does: Mallory's site in the middle, at the same moment.

This is no flaw of the shop: `with_a_code` succeeds on the sound one. A code says nothing about where it is typed. A
passkey signs the origin of the page that asks, and the browser fills that in (WebAuthn Level 3, 7.2).
"""

import json
import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from labsrv.kit.browser.browser import Browser
from labsrv.kit.lessons.attacks import Outcome
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.two_factor.people import fresh_code, is_logged_in


def with_a_code(lab: Lab) -> Outcome:
    """Let Alice log in on Mallory's copy of the shop, with her password and the code of her phone."""
    alice, fake = lab.alice, lab.sites["mallory"]
    alice.navigate(f"{fake.url}login")
    alice.submit("login", name=alice.person.name, password=alice.person.password)
    alice.submit("second", code=fresh_code(alice, lab.shop))
    inside = is_logged_in(lab.mallory, lab.shop, as_=alice)
    return Outcome(inside, "the code that Alice typed on Mallory's page opened the shop for Mallory.")


def with_a_passkey(lab: Lab) -> Outcome:
    """Try the same where Alice's browser signs a challenge, as a passkey does. (The ceremony's bare bones.)"""
    key = Ed25519PrivateKey.generate()
    challenge = secrets.token_hex(16)  # drawn by the shop, carried to Alice by Mallory's page
    lab.alice.navigate(lab.url("mallory", "/login"))
    said, signature = sign(lab.alice, key, challenge)
    try:
        key.public_key().verify(signature, said)
    except InvalidSignature:
        return Outcome(False, "the signature is not Alice's.")

    origin = json.loads(said)["origin"]
    return Outcome(origin == lab.shop.origin, f"the signed message names {origin}, and the shop is {lab.shop.origin}.")


def sign(browser: Browser, key: Ed25519PrivateKey, challenge: str) -> tuple[bytes, bytes]:
    """Return what a browser signs, and the signature: it writes the origin of its own page into the message."""
    assert browser.page is not None
    said = json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": browser.page.origin}).encode()
    return said, key.sign(said)
