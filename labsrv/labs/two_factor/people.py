"""The people of the two-factor lesson: who lives here, what they have, and what they do, as verbs.

log_in(alice, lab.shop)               both steps; the code comes from her phone
first_step(mallory, lab.shop, as_=alice)
assert is_logged_in(alice, lab.shop)
"""

import re
import secrets
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakValueDictionary

from flask import Flask

from labsrv.kit.accounts import Accounts
from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.factors import STEP_SECONDS, Factors
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.kit.lessons.qr import read_qr
from labsrv.labs.two_factor.mallorys import mallorys_site

if TYPE_CHECKING:
    # Not in the process of a submission, which is asked to compute what phones show.
    from labsrv.kit.phone.phone import Handset

TEAS = ["Oolong", "Sencha", "Earl Grey", "Lapsang Souchong"]
FAVOURITE = "Oolong"
WITHOUT_APP = "bob"

# Where a shop's customers have their phones, and which code each typed last.
LABS: WeakValueDictionary[str, Lab] = WeakValueDictionary()
TYPED: "WeakKeyDictionary[Handset, str]" = WeakKeyDictionary()


def settle(lab: Lab) -> None:
    """Let everyone move in: accounts, apps for all but Bob, and what Alice once wrote into the guest book."""
    LABS[lab.shop.origin] = lab
    accounts, factors = Accounts(lab.db.users, lab.hasher), Factors(lab.db.factors)
    for role, person in lab.people.items():
        accounts.add(person)
        if role == WITHOUT_APP:
            continue
        app = Otpauth(secrets.token_bytes(20), "Tea shop", person.name)
        factors.activate(person.name, app.secret_text)
        lab.db.steps.insert_one({"_id": person.name, "step": -1})
        lab.phone(person).scan(app.uri)

    alice = lab.people["alice"].name
    lab.db.guests.insert_one({"_id": alice, "tea": FAVOURITE})
    # From the shop of old, which asked for a favourite tea where a code was missing.
    answer = lab.hasher.hash(FAVOURITE.lower())
    lab.db.recovery.insert_one({"user": alice, "kind": "question", "hash": answer})


def neighbour_sites(lab: Any) -> dict[str, Flask]:
    """Return the other site: Mallory's."""
    return {"mallory": mallorys_site(lab)}


def first_step(browser: Browser, shop: Site, *, as_: Browser | None = None) -> Page:
    """Type a name and a password: one's own, or those of `as_`."""
    person = (as_ or browser).person
    return browser.submit(shop.login, name=person.name, password=person.password)


def second_step(browser: Browser, shop: Site, code: str, *, kind: str = "app", **more: str) -> Page:
    """Type a code; `kind` says which: "app", "text" or "recovery"."""
    return browser.submit(shop.second, code=code, kind=kind, **more)


def log_in(browser: Browser, shop: Site, *, remember: bool = False) -> Page:
    """Make both steps, with the code that one's phone shows; who has none stays half way."""
    page = first_step(browser, shop)
    if page.url != shop.second or not LABS[shop.origin].phone(browser).accounts:
        return page

    more = {"remember": "yes"} if remember else {}
    return second_step(browser, shop, fresh_code(browser, shop), **more)


def fresh_code(browser: Browser, shop: Site) -> str:
    """Return a code of this person's phone that they have not typed yet: they wait for the next one where needed."""
    lab = LABS[shop.origin]
    phone = lab.phone(browser)
    if phone.code() == TYPED.get(phone):
        lab.clock.advance(seconds=STEP_SECONDS)
    TYPED[phone] = phone.code()
    return TYPED[phone]


def log_out(browser: Browser, shop: Site) -> Page:
    """End this visit."""
    return browser.submit(shop.logout)


def confirm(browser: Browser, shop: Site) -> Page:
    """Type password and code once more, as whoever changes something has to."""
    code = fresh_code(browser, shop) if LABS[shop.origin].phone(browser).accounts else ""
    return browser.submit(shop.confirm, password=browser.person.password, code=code)


def set_up_app(browser: Browser, shop: Site, phone: "Handset | None" = None) -> Page:
    """Scan the QR code of the shop's page, and type the code that the app shows for it."""
    phone = phone or LABS[shop.origin].phone(browser)
    page = browser.navigate(shop.new_app)
    assert read_qr(page.text), f"There is no QR code to scan: {page.url} was answered with {page.status}."
    scan(page, phone)
    TYPED[phone] = phone.code()
    return browser.submit(shop.new_app, code=phone.code())


def scan(page: Page, phone: "Handset") -> None:
    """Hold a phone before a page with a QR code. Raises `LookupError` where there is none."""
    found = read_qr(page.text)
    if not found:
        raise LookupError(f"There is no QR code on {page.url}.")

    phone.scan(found[0])


def draw_codes(browser: Browser, shop: Site) -> list[str]:
    """Ask for a new sheet of recovery codes, and return what it says."""
    return re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", browser.submit(shop.new_codes).text)


def ask_by_mail(browser: Browser, shop: Site, purpose: str, *, as_: Browser | None = None) -> str:
    """Have a link sent, to log in (`"link"`) or for a new password (`"reset"`), and return it as the mailbox has it."""
    who = as_ or browser
    page = browser.submit(shop.mail, name=who.person.name, purpose=purpose)
    links = [link for letter in LABS[shop.origin].mail.inbox(who) for link in letter.links if f"/{purpose}/" in link]
    assert links, f"A link by mail was asked for, and none came: {page.url} was answered with {page.status}."
    return links[-1]


def is_logged_in(browser: Browser, shop: Site, *, as_: Browser | None = None) -> bool:
    """Return whether the account page shows this browser's own person, or the one of `as_`."""
    return in_account(browser.navigate(shop.account), shop, (as_ or browser).person.name)


def in_account(page: Page, shop: Site, name: str) -> bool:
    """Return whether a page is the account of this name."""
    return page.status == 200 and page.url == shop.account and page.sees(f"Hello, {name}.")
