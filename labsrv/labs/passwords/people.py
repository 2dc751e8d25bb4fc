"""The people of the passwords lesson: who lives here, and what they do, as verbs.

log_in(alice, lab.shop)
change_password(alice, lab.shop, new="another-fake-password")
assert is_logged_in(alice, lab.shop)
"""

from dataclasses import replace

from passlib.hash import ldap_hex_md5

from labsrv.kit.accounts import Accounts
from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.kit.passwords import COSTS, decoy
from labsrv.kit.people import Person

TEAS = ["Oolong", "Sencha", "Earl Grey", "Lapsang Souchong"]

# Walter chose two words that many would try, Victor did long ago, when the shop still kept passwords as MD5.
WEAK = "sunshine-baseball"
OLD = "dragon-princess"
HASH = "$argon2id$v=19$m=19456,t=2,p=1$H6P0XmttjXFOKQXA2FuLEQ$+vWbnF91pjF19TEXHywQhX8deKi9SOfCFuhVaLQv9PE"
WALTER = Person("walter", WEAK, known_hash=HASH)
VICTOR = Person("victor", OLD)

# Other customers. Nobody knows their passwords, and no password matches what is stored of them.
REGULARS = [
    "anna", "boris", "clara", "dmitri", "elena", "felix", "greta", "hugo", "ines", "jakob", "karin", "leo", "marta",
    "nils", "olga", "pavel", "quinn", "rosa", "sven", "tara", "ulrich", "vera", "wanda", "xenia", "yannis", "zoe",
]  # fmt: skip


def settle(lab: Lab) -> None:
    """Let everyone move in: the cast, Walter and Victor, and two dozen regulars."""
    accounts = Accounts(lab.db.users, lab.hasher)
    for person in (*lab.people.values(), WALTER):
        # A hash made beforehand costs what the real ones cost, also where the lab's are cheap.
        accounts.add(person if lab.hasher.cost == "real" else replace(person, known_hash=None))

    rows = {name: decoy(**COSTS[lab.hasher.cost]) for name in REGULARS} | {VICTOR.name: ldap_hex_md5.hash(OLD)}
    lab.db.users.insert_many(
        {"_id": name, "role": "customer", "disabled": False, "password_hash": kept} for name, kept in rows.items()
    )


def browser_of(lab: Lab, person: Person) -> Browser:
    """Return the browser of somebody who is not of the cast."""
    browser = lab.browser(person.name)
    browser.person = person
    return browser


def log_in(browser: Browser, shop: Site, *, name: str | None = None, password: str | None = None) -> Page:
    """Log in with the person's own name and password, or with others; return the page on which they arrive."""
    person = browser.person
    own = {"name": person.name, "password": person.password} if person else {}
    given = {key: value for key, value in {"name": name, "password": password}.items() if value is not None}
    return browser.submit(shop.login, **(own | given))


def log_out(browser: Browser, shop: Site) -> Page:
    """End this session."""
    return browser.submit(shop.logout)


def change_password(browser: Browser, shop: Site, *, new: str, current: str | None = None) -> Page:
    """Choose another password; the person gives the current one unless another is said."""
    given = browser.person.password if current is None else current
    browser.navigate(shop.password)
    return browser.submit(shop.change_password, current=given, new=new)


def is_logged_in(browser: Browser, shop: Site, *, as_: str | None = None) -> bool:
    """Return whether the account page shows this browser's own person, or the one of that name."""
    page = browser.navigate(shop.account)
    name = as_ or browser.person.name
    return page.status == 200 and page.url.startswith(shop.account) and page.sees(f"Hello, {name}.")


def stored(lab: Lab, name: str) -> str:
    """Return what the table of users keeps of somebody's password."""
    return str(lab.db.users.find_one({"_id": name})["password_hash"])
