"""The people of the lesson: where they have accounts, and what they do, as verbs.

log_in(alice, lab.shop)                      at Tea Identity; at once, where it knows her already
log_in(alice, lab.hr, via="social")          by way of Fakebook
assert is_logged_in(alice, lab.shop)
log_out(alice, lab.shop)                     here only
leave(alice, lab.shop)                       here and at Tea Identity, which tells the others
raise_pay(alice, lab.hr, "Bob", 3000)
"""

from dataclasses import replace
from typing import Any

from flask import Flask

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.labs.sso.names import CLIENT_SECRETS, HOUSE, SCOPES, SOCIAL

PAY = {"alice": 3400, "bob": 2150, "carol": 2700, "mallory": 1900}


def neighbour_sites(lab: Any) -> dict[str, Flask]:
    """Return the sites around those that decide something."""
    # Imported here: they are built once, and a submission's process needs only its own.
    from labsrv.labs.sso.neighbours import neighbour_sites

    return neighbour_sites(lab)


def settle(lab: Lab) -> None:
    """Let everyone have accounts and work here, and make applications, APIs and providers known to each other."""
    from labsrv.labs.sso.neighbours import house, social
    from labsrv.provider.moving_in import add_resource, add_upstream, move_in

    real = lab.hasher.cost == "real"
    cast = {part: each if real else replace(each, known_hash=None) for part, each in lab.people.items()}
    people = [*cast.values()]
    identity = house(lab)
    move_in(identity, people, clients_of(lab))
    for path, scopes in SCOPES.items():
        add_resource(identity, lab.url("api", path), scopes)
    move_in(social(lab), people, [identity_at_social(lab)])
    secret = CLIENT_SECRETS["tea-identity"]
    known = {"label": "Fakebook", "issuer": lab.url(SOCIAL, ""), "client_id": "tea-identity", "client_secret": secret}
    add_upstream(identity, SOCIAL, **known)

    for part, person in cast.items():
        account = identity.people.named(person.name) or {}
        who = {"iss": identity.issuer, "sub": account["_id"]}
        role = "hr" if part == "alice" else "employee"
        lab.db.api_employees.insert_one({**who, "name": person.name.title(), "pay": PAY[part], "role": role})
        lab.db.api_orders.insert_one({**who, "tea": "Oolong"})


def clients_of(lab: Lab) -> list[dict[str, Any]]:
    """Return the applications as Tea Identity has them registered."""

    def client(client_id: str, site: str, name: str, **more: Any) -> dict[str, Any]:
        known = {"client_id": client_id, "client_secret": CLIENT_SECRETS[client_id], "client_name": name}
        return {
            **known,
            "redirect_uris": [lab.url(site, "/callback")],
            "post_logout_redirect_uris": [lab.url(site, "/left")],
            "backchannel_logout_uri": lab.url(site, "/backchannel"),
            "backchannel_logout_session_required": True,
            "grant_types": ["authorization_code", "refresh_token"],
            "scope": "openid profile email offline_access read edit",
            "first_party": True,
            **more,
        }

    return [
        client("tea-shop", "shop", "The tea shop"),
        client("tea-hr", "hr", "Tea HR"),
        {
            "client_id": "tea-club",
            "client_secret": CLIENT_SECRETS["tea-club"],
            "client_name": "The tea club",
            "redirect_uris": [lab.url("mallory", "/joined")],
            "grant_types": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_method": "client_secret_post",
            "scope": "openid offline_access read credit",
        },
    ]


def identity_at_social(lab: Lab) -> dict[str, Any]:
    """Return Tea Identity as Fakebook has it registered."""
    return {
        "client_id": "tea-identity",
        "client_secret": CLIENT_SECRETS["tea-identity"],
        "client_name": "Tea Identity",
        "redirect_uris": [lab.url(HOUSE, "/upstream/callback")],
        "post_logout_redirect_uris": [lab.url(HOUSE, "/oidc/logged-out")],
        "id_token_signed_response_alg": "ES256",
    }


def log_in(browser: Browser, site: Site, *, via: str = "", as_: Browser | None = None, **asked: str) -> Page:
    """Click on "Log in", and go through the providers' pages as far as there are any."""
    more = "&".join(f"{name}={value}" for name, value in asked.items())
    browser.navigate(f"{site.login}?{more}" if more else site.login, from_=site.url)
    return pass_the_providers(browser, via=via, as_=as_)


def pass_the_providers(browser: Browser, *, via: str = "", as_: Browser | None = None) -> Page:
    """Send login and consent pages, where they are there."""
    person = (as_ or browser).person
    if via and on_page(browser, "login"):
        browser.click("Log in with Fakebook")
    for _ in range(4):
        if on_page(browser, "login"):
            browser.submit("login", username=person.name, password=person.password)
        elif on_page(browser, "consent"):
            browser.submit("consent", allow="yes")
        else:
            break
    assert browser.page
    return browser.page


def on_page(browser: Browser, form: str) -> bool:
    """Return whether there is a form of this name on the page."""
    return browser.page is not None and any(each.name == form for each in browser.page.forms)


def is_logged_in(browser: Browser, site: Site, *, as_: Browser | None = None) -> bool:
    """Return whether the account page greets this browser's own person, or the one of `as_`."""
    page, name = browser.navigate(site.account, from_=site.url), (as_ or browser).person.name.title()
    return page.url == site.account and page.status == 200 and page.sees(f"Hello, {name}.")


def log_out(browser: Browser, site: Site) -> Page:
    """Log out of this application."""
    return browser.submit(site.logout)


def leave(browser: Browser, site: Site) -> Page:
    """Log out of this application and of Tea Identity."""
    return browser.submit(site.leave)


def see_pay(browser: Browser, hr: Site) -> Page:
    """Look at one's pay, in Tea HR."""
    return browser.navigate(hr.pay, from_=hr.url)


def raise_pay(browser: Browser, hr: Site, employee: str, pay: int) -> Page:
    """Change somebody's pay, in Tea HR."""
    return browser.submit(hr.raise_pay, employee=employee, pay=str(pay))


def pay_of(lab: Lab, employee: str) -> int:
    """Return what the API has written down for somebody."""
    row = lab.db.api_employees.find_one({"name": employee.title()})
    return int(row["pay"]) if row else 0


def join_the_club(
    browser: Browser, lab: Lab, *, scope: str = "openid offline_access read", api: str = "/orders"
) -> Any:
    """Let somebody join Mallory's club; return the tokens that she has then, {} for none."""
    before = len(lab.db.mallory_members.find())
    browser.navigate(f"{lab.sites['mallory'].url}join?scope={scope.replace(' ', '+')}&api={api}")
    pass_the_providers(browser)
    members = lab.db.mallory_members.find()
    return dict(members[-1]) if len(members) > before else {}
