"""What each name in a token means, one short sentence each, with the section that says so.

    words_about_header(token.header.members), words_about_claims(token.claims.members)

A `Member` with the tone "open" is something that lets the sender decide, or leaves something open.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

from labsrv.kit.text import cut, plain
from labsrv.kit.tokens.keys import thumbprint
from labsrv.kit.tokens.times import TIMES, in_milliseconds, number

Tone = Literal["open", ""]
Meanings = dict[str, tuple[str, str, Tone]]

LONGEST_NAME = 60
LONGEST_VALUE = 160
MOST_WORDS = 40
UNKNOWN: tuple[str, str, Tone] = (
    "A name of their own: issuer and reader agree on what it means.",
    "",
    "",
)

NO_TEXT = "It should be text, and is none: readers may disagree on it."

HEADER: Meanings = {
    "alg": ("The algorithm of the signature. The sender chose this word.", "RFC 7515, 4.1.1", ""),
    "jku": ("Where the sender says its keys are: whoever asks there gets the sender's.", "RFC 7515, 4.1.2", "open"),
    "jwk": ("A key that the sender brought along. It proves nothing.", "RFC 7515, 4.1.3", "open"),
    "kid": ("The name of the key, to look up in a set that the reader has. A name, no path.", "RFC 7515, 4.1.4", ""),
    "x5u": ("Where the sender says its certificate is.", "RFC 7515, 4.1.5", "open"),
    "x5c": ("Certificates that the sender brought along: worth what their chain is.", "RFC 7515, 4.1.6", "open"),
    "x5t": ("The SHA-1 of the certificate.", "RFC 7515, 4.1.7", ""),
    "x5t#S256": ("The SHA-256 of the certificate.", "RFC 7515, 4.1.8", ""),
    "typ": ("What kind of token it is. Readers compare it, so that no kind passes for another.", "RFC 7515, 4.1.9", ""),
    "cty": ("What is inside: JWT, where a token is wrapped in a token.", "RFC 7515, 4.1.10", ""),
    "crit": ("Extensions that a reader has to understand, or else refuse the token.", "RFC 7515, 4.1.11", "open"),
    "b64": ("Whether the middle part is base64url. Only with crit.", "RFC 7797, 3", "open"),
    "iss": ("The claim iss, repeated outside of an encrypted token.", "RFC 7519, 5.3", ""),
    "sub": ("The claim sub, repeated outside of an encrypted token.", "RFC 7519, 5.3", ""),
    "aud": ("The claim aud, repeated outside of an encrypted token.", "RFC 7519, 5.3", ""),
    "enc": ("How an encrypted token is encrypted.", "RFC 7516, 4.1.2", ""),
    "zip": ("How the text of an encrypted token was compressed.", "RFC 7516, 4.1.3", ""),
    "epk": ("A key made for this one encrypted token.", "RFC 7518, 4.6.1.1", ""),
    "apu": ("Who agreed on the key of an encrypted token.", "RFC 7518, 4.6.1.2", ""),
    "apv": ("With whom the key of an encrypted token was agreed on.", "RFC 7518, 4.6.1.3", ""),
    "p2s": ("The salt of a password that encrypts.", "RFC 7518, 4.8.1.1", ""),
    "p2c": ("How many rounds a password is hashed: work that the sender orders.", "RFC 7518, 4.8.1.2", "open"),
}  # fmt: skip

CLAIMS: Meanings = {
    "iss": ("Who issued it. Readers compare it with the issuer that they know.", "RFC 7519, 4.1.1", ""),
    "sub": ("Whom it is about, by a name that the issuer gives only once.", "RFC 7519, 4.1.2", ""),
    "aud": ("For whom it is meant. Whoever is not named refuses it.", "RFC 7519, 4.1.3", ""),
    "exp": ("From this moment on nobody accepts it.", "RFC 7519, 4.1.4", ""),
    "nbf": ("Before this moment nobody accepts it.", "RFC 7519, 4.1.5", ""),
    "iat": ("When it was issued.", "RFC 7519, 4.1.6", ""),
    "jti": ("A name of this one token: by it, a token is refused when it comes again.", "RFC 7519, 4.1.7", ""),
    "scope": ("What its holder may do, words with spaces between.", "RFC 8693, 4.2", ""),
    "client_id": ("The client that asked for it.", "RFC 8693, 4.3", ""),
    "act": ("Who acts in place of the subject.", "RFC 8693, 4.1", ""),
    "may_act": ("Who may act in place of the subject.", "RFC 8693, 4.4", ""),
    "cnf": ("The key that its holder has to prove, so that a thief has nothing.", "RFC 7800, 3.1", ""),
    "roles": ("Roles of the subject.", "RFC 9068, 2.2.3.1", ""),
    "groups": ("Groups that the subject is in.", "RFC 9068, 2.2.3.1", ""),
    "entitlements": ("What the subject may use.", "RFC 9068, 2.2.3.1", ""),
    "nonce": ("What the client sent along, to know the answer to its own question.", "OpenID Connect Core, 2", ""),
    "auth_time": ("When the person logged in.", "OpenID Connect Core, 2", ""),
    "acr": ("How surely the person was recognised.", "OpenID Connect Core, 2", ""),
    "amr": ("How the person logged in: pwd, otp, hwk …", "OpenID Connect Core, 2; RFC 8176", ""),
    "azp": ("The client to which it was issued.", "OpenID Connect Core, 2", ""),
    "at_hash": ("Half of the access token's hash, which binds the two.", "OpenID Connect Core, 3.1.3.6", ""),
    "c_hash": ("Half of the code's hash, which binds the two.", "OpenID Connect Core, 3.3.2.11", ""),
    "events": ("What has happened, by address: a log-out, for example.", "RFC 8417, 2.2", ""),
    "toe": ("When it happened.", "RFC 8417, 2.2", ""),
    "txn": ("What belongs together, by one name.", "RFC 8417, 2.2", ""),
    "sid": ("The session at the issuer that a log-out is about.", "OpenID Connect Front-Channel Logout, 3", ""),
    "name": ("The person's whole name, for people to read.", "OpenID Connect Core, 5.1", ""),
    "given_name": ("The person's given names.", "OpenID Connect Core, 5.1", ""),
    "family_name": ("The person's family names.", "OpenID Connect Core, 5.1", ""),
    "nickname": ("What the person is called.", "OpenID Connect Core, 5.1", ""),
    "preferred_username": ("What the person likes to be called, today.", "OpenID Connect Core, 5.1", "open"),
    "email": ("An address, which may change hands: no proof of who it is.", "OpenID Connect Core, 5.1; 5.7", "open"),
    "email_verified": ("Whether the issuer has made sure of the address.", "OpenID Connect Core, 5.1", ""),
    "picture": ("Where a picture of the person is.", "OpenID Connect Core, 5.1", ""),
    "locale": ("The person's language.", "OpenID Connect Core, 5.1", ""),
    "zoneinfo": ("The person's time zone.", "OpenID Connect Core, 5.1", ""),
    "phone_number": ("The person's telephone number.", "OpenID Connect Core, 5.1", ""),
    "updated_at": ("When what is said of the person last changed.", "OpenID Connect Core, 5.1", ""),
}  # fmt: skip

KINDS = {
    "jwt": "A JSON Web Token of no special kind (RFC 7519, 5.1).",
    "at+jwt": "An access token (RFC 9068, 2.1).",
    "logout+jwt": "A log-out token (OpenID Connect Back-Channel Logout, 2.4).",
    "dpop+jwt": "A proof that one has a key (RFC 9449, 4.2).",
    "secevent+jwt": "A security event (RFC 8417, 2.3).",
}
FAMILIES = {
    "HS": "HMAC with one secret: whoever can check can also sign",
    "RS": "RSA: the issuer signs, everybody can check",
    "PS": "RSA with PSS: the issuer signs, everybody can check",
    "ES": "ECDSA: the issuer signs, everybody can check",
    "Ed": "EdDSA: the issuer signs, everybody can check",
}


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name, what it says, what that means, where that stands; `time` in seconds if it is one."""

    name: str
    says: str
    meaning: str
    source: str
    tone: Tone = ""
    time: float | None = None


def words_about_header(members: dict[str, Any]) -> list[Member]:
    """Return a word about each header parameter, in their order."""
    return [about_header(name, value) for name, value in list(members.items())[:MOST_WORDS]]


def words_about_claims(members: dict[str, Any]) -> list[Member]:
    """Return a word about each claim, in their order, and about an end that is missing."""
    found = [about_claim(name, value) for name, value in list(members.items())[:MOST_WORDS]]
    if members and "exp" not in members:
        endless = "It never ends: waiting takes it from nobody."
        found.append(Member("exp", "not given", endless, "RFC 7519, 4.1.4", "open"))

    return found


def about_header(name: str, value: Any) -> Member:
    """Return a word about one header parameter."""
    meaning, source, tone = HEADER.get(name, UNKNOWN)
    if name == "alg" and isinstance(value, str):
        return Member(name, said(value), *about_alg(value, meaning, source))
    if name == "typ" and isinstance(value, str):
        kind = KINDS.get(value.lower().removeprefix("application/"))
        meaning = f"{kind} {meaning.split('. ')[1]}" if kind else meaning
    if name == "jwk":
        meaning += about_jwk(value)
    if name == "kid" and not isinstance(value, str):
        meaning, tone = NO_TEXT, "open"

    return Member(shorten(name), said(value), meaning, source, tone)


def about_alg(value: str, meaning: str, source: str) -> tuple[str, str, Tone]:
    """Return what an algorithm means."""
    if value.lower() == "none":
        return "No signature at all: nobody vouches for what stands here.", "RFC 7518, 3.6", "open"

    family = FAMILIES.get(value[:2])
    return (f"{family}. The sender chose this word." if family else meaning), source, ""


def about_jwk(value: Any) -> str:
    """Return the thumbprint of a key, by which two of them are compared, or nothing where it has none."""
    try:
        return f" Its thumbprint (RFC 7638) is {thumbprint(value)}."
    except (KeyError, TypeError):
        return ""


def about_claim(name: str, value: Any) -> Member:
    """Return a word about one claim; of times, the moment in UTC."""
    meaning, source, tone = CLAIMS.get(name, UNKNOWN)
    if name in ("iss", "sub", "jti") and not isinstance(value, str):
        meaning, tone = NO_TEXT, "open"
    if name not in (*TIMES, "auth_time", "toe", "updated_at"):
        return Member(shorten(name), said(value), meaning, source, tone)

    time = number(value)
    if time is None:
        return Member(
            name, said(value), "A time is a number of seconds since 1970: this is none.", "RFC 7519, 2", "open"
        )
    if in_milliseconds(time):
        hint = f"A time is in seconds; these look like milliseconds: {int(time // 1000)} would be meant. {meaning}"
        return Member(name, said(value), hint, "RFC 7519, 2", "open", time)
    return Member(name, said(value), meaning, source, tone, time)


def said(value: Any) -> str:
    """Return a value as JSON has it, shorten, with nothing in it that hides or turns."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return cut(plain(text[: 2 * LONGEST_VALUE]), LONGEST_VALUE)


def shorten(name: str) -> str:
    """Return a name that somebody made up, in a form that can be shown."""
    return cut(plain(name[: 2 * LONGEST_NAME]), LONGEST_NAME)
