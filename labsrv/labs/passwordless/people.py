"""The people of the passwordless lesson: where they are reached, and what they do, as verbs.

ask_for_link(alice, lab.shop)
open_link(alice, lab.mail.last(alice).links[0])
press(alice)
assert is_logged_in(alice, lab.shop)
"""

from flask import Flask
from markupsafe import Markup

from labsrv.kit.accounts import Accounts
from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.kit.lessons.small_page import mallorys_page
from labsrv.kit.services import Services

TEAS = ["Oolong", "Sencha", "Earl Grey", "Lapsang Souchong"]
NEW = "Seven-fake-words-of-nobody-7"


def settle(lab: Lab) -> None:
    """Let everyone move in: accounts, and how they are reached."""
    accounts = Accounts(lab.db.users, lab.hasher)
    for person in lab.people.values():
        accounts.add(person)
        lab.db.contacts.insert_one({"_id": person.email, "user": person.name, "phone": person.phone})


def neighbour_sites(lab: Services) -> dict[str, Flask]:
    """Return Mallory's site, which notes who comes by with which token."""
    site = Flask("mallory")

    @site.get("/")
    def home() -> str:
        return mallorys_page("You won a teapot", Markup("<p>Come back soon.</p>"), heading="You won a teapot!")

    @site.get("/magic")
    def magic() -> str:
        return mallorys_page("Tea shop: please wait", "One moment.", heading="Please wait")

    return {"mallory": site}


def log_in(browser: Browser, shop: Site, *, password: str | None = None) -> Page:
    """Log in with the person's password, or with another."""
    person = browser.person
    return browser.submit(shop.check_password, name=person.name, password=password or person.password)


def log_out(browser: Browser, shop: Site) -> Page:
    """End this session."""
    return browser.submit(shop.logout)


def ask_for_link(browser: Browser, shop: Site, address: str | None = None) -> Page:
    """Ask for a link by mail, to one's own address unless another is said."""
    return browser.submit(shop.ask_for_link, address=address or browser.person.email)


def open_link(browser: Browser, link: str) -> Page:
    """Open a link of a mail."""
    return browser.navigate(link)


def press(browser: Browser) -> Page | None:
    """Press the page's button "Log in", if it has one."""
    page = browser.page
    return browser.submit("redeem") if page and any(form.name == "redeem" for form in page.forms) else None


def follow(browser: Browser, link: str) -> Page | None:
    """Open a link and press the button there."""
    open_link(browser, link)
    return press(browser)


def log_in_by_link(browser: Browser, lab: Lab) -> None:
    """Ask for a link, open it and press the button."""
    ask_for_link(browser, lab.shop)
    follow(browser, lab.mail.last(browser).links[0])


def ask_for_code(browser: Browser, shop: Site, address: str | None = None, by: str = "mail") -> Page:
    """Ask for a code by mail, or `by="text"` message."""
    return browser.submit(shop.ask_for_code, address=address or browser.person.email, by=by)


def challenge(browser: Browser) -> str:
    """Return the challenge that the page before this browser waits for a code to."""
    forms = browser.page.forms if browser.page else []
    return next((str(form.fields["challenge"]) for form in forms if form.name == "check"), "")


def enter_code(browser: Browser, shop: Site, challenge: str, code: str) -> Page:
    """Enter a code for a challenge."""
    return browser.submit(shop.check_code, challenge=challenge, code=code)


def ask_for_reset(browser: Browser, shop: Site, address: str | None = None) -> Page:
    """Ask for a link to choose another password."""
    return browser.submit(shop.ask_for_reset, address=address or browser.person.email)


def choose_password(browser: Browser, shop: Site, link: str, password: str = NEW, **more: str) -> Page:
    """Open a link that lets one choose another password, and choose one."""
    browser.navigate(link)
    return browser.submit(shop.reset, password=password, **more)


def is_logged_in(browser: Browser, shop: Site, *, as_: Browser | None = None) -> bool:
    """Return whether the account page shows this browser's own person, or the one of `as_`."""
    page = browser.navigate(shop.account)
    name = (as_ or browser).person.name
    return page.status == 200 and page.url == shop.account and page.sees(f"Hello, {name}.")
