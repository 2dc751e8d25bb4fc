"""The people of the ABAC lesson: who works where, and what they do, as verbs.

at_desk(lab, lab.bob)                        in the house, on a device that IT trusts, logged in
goes(lab, lab.bob, "abroad")                 the same session, from elsewhere
move_to(lab, "18:00")                        the clock on the wall in Berlin
read(lab.bob, lab.shop, "hotel-contract")    asks the API
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from secrets import token_urlsafe
from typing import Any
from zoneinfo import ZoneInfo

from labsrv.kit.accounts import Accounts
from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.browser.response import Response
from labsrv.kit.cookies.model import Cookie
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.labs.abac.places import PROXIES
from labsrv.labs.abac.shop import COOKIE, DEVICE

# By their part in the cast. `limit`: up to which amount somebody signs.
STAFF: dict[str, dict[str, Any]] = {
    "alice": {"department": "blending", "clearance": 2, "limit": 500},
    "bob": {"department": "sales", "clearance": 3, "limit": 20_000},
    "carol": {"department": "compliance", "clearance": 3, "limit": 500},
    "mallory": {"department": "sales", "clearance": 1, "limit": 900},
}

# An owner is a part in the cast; "dora" has left the company.
DOCUMENTS: dict[str, dict[str, Any]] = {
    "house-blend": {"kind": "recipe", "owner": "alice", "department": "blending", "sensitivity": 2, "state": "final"},
    "spring-notes": {"kind": "blend", "owner": "alice", "department": "blending", "sensitivity": 1, "state": "draft"},
    "hotel-contract": {
        "kind": "contract", "owner": "bob", "department": "sales", "sensitivity": 3, "state": "draft", "amount": 10_000,
    },
    "tokyo-contract": {
        "kind": "contract", "owner": "bob", "department": "sales", "sensitivity": 3, "state": "final", "amount": 8_000,
        "zone": "Asia/Tokyo",
    },
    "cafe-contract": {
        "kind": "contract", "owner": "bob", "department": "sales", "sensitivity": 1, "state": "draft", "amount": 10_000,
    },
    "price-list": {"kind": "price list", "owner": "bob", "department": "sales", "sensitivity": 1, "state": "final"},
    "next-prices": {"kind": "price list", "owner": "bob", "department": "sales", "sensitivity": 2, "state": "draft"},
    "old-prices": {
        "kind": "price list", "owner": "mallory", "department": "sales", "sensitivity": 1, "state": "archived",
    },
    "tasting-notes": {"kind": "blend", "owner": "mallory", "department": "sales", "sensitivity": 1, "state": "draft"},
    # Of a department that there is no more.
    "lost-blend": {"kind": "recipe", "owner": "dora", "sensitivity": 1, "state": "draft"},
}  # fmt: skip

BERLIN = "Europe/Berlin"
DESKS = {"alice": "10.1.0.11", "bob": "10.1.0.12", "carol": "10.1.0.13", "mallory": "10.1.0.14"}
PLACES = {"home": "192.0.2.{}", "abroad": "203.0.113.{}", "in France": "198.51.100.{}"}


def settle(lab: Lab) -> None:
    """Let everyone move in: accounts, the staff directory, the documents."""
    accounts = Accounts(lab.db.users, lab.hasher)
    for part, about in STAFF.items():
        accounts.add(lab.people[part])
        lab.db.staff.insert_one({"_id": lab.people[part].name, **about})
    for key, about in DOCUMENTS.items():
        owner = lab.people[about["owner"]].name if about["owner"] in lab.people else about["owner"]
        row = {
            "_id": key,
            "title": key.replace("-", " "),
            "text": f"Secret of the {key}.",
            "zone": BERLIN,
            "version": 1,
        }
        lab.db.documents.insert_one(row | about | {"owner": owner})


# What the office and IT do, without any page.


def staff(lab: Lab, who: Browser, **about: Any) -> None:
    """Change what the staff directory says of somebody; None takes an attribute out."""
    gone = {name: "" for name, value in about.items() if value is None}
    kept = {name: value for name, value in about.items() if value is not None}
    changes = ({"$set": kept} if kept else {}) | ({"$unset": gone} if gone else {})
    lab.db.staff.update_one({"_id": who.person.name}, changes)


def document(lab: Lab, key: str, **about: Any) -> None:
    """Change a document in the store, as its owner would: it has a new version."""
    lab.db.documents.update_one({"_id": key}, {"$set": about, "$inc": {"version": 1}})


def stored(lab: Lab, key: str) -> dict[str, Any]:
    """Return a document as it is stored; nothing if there is none."""
    return dict(lab.db.documents.find_one({"_id": key}) or {})


def enrol(lab: Lab, browser: Browser, *, trusted: bool = True) -> None:
    """Let IT look at the device that somebody uses, and write down what it thinks of it."""
    secret = token_urlsafe(24)
    row = {"_id": fingerprint(secret), "user": browser.person.name, "trusted": trusted}
    lab.db.devices.insert_one(row)
    browser.jar.put(Cookie(DEVICE, secret, host_of(lab.shop), secure=True, http_only=True))


def move_to(lab: Lab, wall: str, zone: str = BERLIN) -> None:
    """Move the clock on until the clocks on the wall there show a time, "18:00" or "17:59:59", on the next day."""
    there = lab.clock.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    lab.clock.move_to(datetime.combine(there, time.fromisoformat(wall), ZoneInfo(zone)))


# What people do.


def log_in(browser: Browser, shop: Site) -> Page:
    """Log in."""
    return browser.submit(shop.login, name=browser.person.name, password=browser.person.password)


def at_desk(lab: Lab, browser: Browser, *, known: bool = True) -> Browser:
    """Let somebody come to the office in the morning, log in there, and return their browser."""
    goes(lab, browser, "desk")
    if known:
        enrol(lab, browser)
    log_in(browser, lab.shop)
    return browser


def goes(lab: Lab, browser: Browser, where: str) -> Browser:
    """Let somebody go on elsewhere, with the same session: "desk", "home", "abroad", "in France"."""
    part = next((part for part, person in lab.people.items() if person is browser.person), "")
    number = DESKS.get(part, "10.1.0.99").rpartition(".")[2]
    address = DESKS.get(part, "10.1.0.99") if where == "desk" else PLACES[where].format(number)
    browser.address = browser.network.address = address
    return browser


def comes_by_proxy(browser: Browser, said: str = "") -> dict[str, str]:
    """Let somebody's requests come through the company's proxy; return the header that it writes for each.

    A proxy leaves what it is sent, `said`, and adds the address of whoever sent it.
    """
    header = f"{said}, {browser.address}" if said else browser.address
    browser.address = browser.network.address = PROXIES[0]
    return {"X-Forwarded-For": header}


def ask(browser: Browser, url: str, method: str = "GET", said: Any = None, **options: Any) -> Response:
    """Ask the API, as script of the site's page does; `said` is sent as JSON."""
    origin = "/".join(url.split("/")[:3])
    return browser.fetch(url, method=method, json=said, from_=f"{origin}/", **options)


def read(browser: Browser, shop: Site, key: str, **options: Any) -> Response:
    """Ask for a document."""
    return ask(browser, shop.page("document", key=key), **options)


def change(browser: Browser, shop: Site, key: str, fields: Mapping[str, Any], **options: Any) -> Response:
    """Change a document."""
    return ask(browser, shop.page("document", key=key), "PATCH", dict(fields), **options)


def remove(browser: Browser, shop: Site, key: str, **options: Any) -> Response:
    """Delete a document."""
    return ask(browser, shop.page("document", key=key), "DELETE", **options)


def sign(browser: Browser, shop: Site, key: str, **options: Any) -> Response:
    """Sign a contract."""
    return ask(browser, shop.page("sign", key=key), "POST", **options)


def hand_over(browser: Browser, shop: Site, key: str, to: Browser, **options: Any) -> Response:
    """Hand a document over to somebody."""
    return ask(browser, shop.page("hand_over", key=key), "POST", {"to": to.person.name}, **options)


def break_glass(browser: Browser, shop: Site, key: str, reason: str = "the customer waits at the door") -> Response:
    """Write down an emergency."""
    return ask(browser, shop.page("break_glass", key=key), "POST", {"reason": reason})


def confirm(browser: Browser, shop: Site) -> dict[str, str]:
    """Type the password once more; return the header that names the proof, empty if there was none."""
    answer = ask(browser, shop.confirm, "POST", {"password": browser.person.password})
    return {"X-Proof": answer.json()["proof"]} if answer.status == 201 else {}


def take_over(lab: Lab, thief: Browser, of: Browser) -> None:
    """Sit down at somebody's unlocked computer: their session and their device, and not their password."""
    for name in (COOKIE, DEVICE):
        cookie = of.jar.get(name)
        if cookie:
            thief.jar.put(cookie)


def host_of(site: Site) -> str:
    """Return a site's host without its port, as cookies have it."""
    return site.origin.partition("//")[2].partition(":")[0]
