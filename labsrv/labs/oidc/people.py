"""The people of the OpenID Connect lesson: where they have accounts, and what they do, as verbs.

log_in(alice, lab.shop)                       at the house's provider
log_in(alice, lab.shop, "social")             at Fakebook
link(alice, lab.shop, "social")               one more way in; `show_again` first
assert is_logged_in(alice, lab.shop)
"""

import re
from dataclasses import replace
from typing import Any

from flask import Flask

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.lessons.lab import Lab, Site

TEAS = ["Oolong", "Sencha", "Earl Grey", "Lapsang Souchong"]
CLIENT_ID = "tea-shop"
SECRETS = {name: f"shop-secret-at-{name}-not-a-real-one" for name in ("idp", "social", "mallory")}
LABELS = {"idp": "Tea Identity", "social": "Fakebook", "mallory": "the Tea Club"}


def neighbour_sites(lab: Any) -> dict[str, Flask]:
    """Return the providers, and Mallory's site."""
    # Imported here: the shop's own process has no provider in its memory.
    from labsrv.labs.oidc.neighbours import neighbour_sites

    return neighbour_sites(lab)


def settle(lab: Lab) -> None:
    """Let everyone have accounts at both providers, and make the shop known to them, and them to the shop."""
    from labsrv.labs.oidc.mallorys import CLUB_ID, CLUB_SECRET
    from labsrv.labs.oidc.neighbours import house, social
    from labsrv.provider.moving_in import move_in

    lab.db.identities.create_index([("iss", 1), ("sub", 1)], unique=True)
    for name, label in LABELS.items():
        known = {"label": label, "issuer": lab.url(name, ""), "client_id": CLIENT_ID, "acr_values": ""}
        lab.db.providers.insert_one({"_id": name, "client_secret": SECRETS[name], **known})

    real = lab.hasher.cost == "real"
    people = [each if real else replace(each, known_hash=None) for each in lab.people.values()]
    club = {
        "client_id": CLUB_ID,
        "client_secret": CLUB_SECRET,
        "client_name": "The tea club",
        "redirect_uris": [lab.url("mallory", "/joined")],
        "token_endpoint_auth_method": "client_secret_post",
    }
    move_in(house(lab), people, [the_shop(lab, "idp"), club])
    move_in(social(lab), [], [the_shop(lab, "social") | {"id_token_signed_response_alg": "ES256"}])
    for person in people:
        social(lab).people.add(person, email_verified=False)


def the_shop(lab: Lab, provider: str) -> dict[str, Any]:
    """Return the shop as a provider has it registered: like most, it insists on PKCE only where there is no secret."""
    return {
        "client_id": CLIENT_ID,
        "client_secret": SECRETS[provider],
        "client_name": "The tea shop",
        "redirect_uris": [lab.url("shop", "/callback")],
        "grant_types": ["authorization_code", "refresh_token"],
        "require_pkce": False,
    }


def log_in(browser: Browser, shop: Site, at: str = "idp", *, return_to: str = "", as_: Browser | None = None) -> Page:
    """Click on "Log in", and go through the provider's pages as far as there are any."""
    browser.navigate(door(shop, at, return_to), from_=shop.url)
    return pass_the_provider(browser, as_=as_)


def door(shop: Site, at: str, return_to: str = "") -> str:
    """Return the shop's address for a login at a provider."""
    url = shop.login if at == "idp" else shop.page("login_at", provider=at)
    return f"{url}?return_to={return_to}" if return_to else url


def pass_the_provider(browser: Browser, *, as_: Browser | None = None) -> Page:
    """Send the login page and the consent page, where they are there."""
    person = (as_ or browser).person
    if on_page(browser, "login"):
        browser.submit("login", username=person.name, password=person.password)
    if on_page(browser, "consent"):
        browser.submit("consent", allow="yes")
    assert browser.page
    return browser.page


def on_page(browser: Browser, form: str) -> bool:
    """Return whether there is a form of this name on the page."""
    return browser.page is not None and any(each.name == form for each in browser.page.forms)


def sign_up(browser: Browser, shop: Site, at: str, *, name: str, email: str, password: str) -> Page:
    """Open an account at a provider on the way into the shop."""
    browser.navigate(door(shop, at), from_=shop.url)
    browser.click("Sign up")
    browser.submit("signup", username=name, email=email, password=password)
    return pass_the_provider(browser)


def show_again(browser: Browser, shop: Site) -> Page:
    """Show the shop once more who one is."""
    browser.navigate(shop.again, from_=shop.url)
    return pass_the_provider(browser)


def link(browser: Browser, shop: Site, at: str, *, as_: Browser | None = None) -> Page:
    """Add a way in to one's account."""
    browser.submit(shop.link_another, provider=at)
    return pass_the_provider(browser, as_=as_)


def unlink(browser: Browser, shop: Site, iss: str, sub: str) -> Page:
    """Take a way in out of one's account."""
    return browser.submit(shop.unlink_one, iss=iss, sub=sub)


def log_out(browser: Browser, shop: Site) -> Page:
    """Log out of the shop."""
    return browser.submit(shop.logout)


def account_of(browser: Browser, shop: Site) -> str | None:
    """Return the number of the account that this browser is logged in to, or None."""
    page = browser.navigate(shop.account, from_=shop.url)
    found = re.search(r"<p>Account ([\w-]+)</p>", page.text) if page.url == shop.account else None
    return found[1] if found else None


def is_logged_in(browser: Browser, shop: Site, *, as_: Browser | None = None) -> bool:
    """Return whether the account page greets this browser's own person, or the one of `as_`."""
    page, name = browser.navigate(shop.account, from_=shop.url), (as_ or browser).person.name.title()
    return page.url == shop.account and page.status == 200 and page.sees(f"Hello, {name}.")
