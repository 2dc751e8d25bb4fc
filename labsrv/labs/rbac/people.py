"""The people of the RBAC lesson: who works where, in which roles, and what they do, as verbs.

log_in(carol, lab.shop)                      in her first role, hr
activate(carol, lab.shop, "payroll")         refused: both at once is what nobody may
hire(lab, mallory, "manager")                what the office does, and not Mallory
ask(mallory, lab.shop.page("record", number=1001))
"""

from typing import Any

from labsrv.kit.accounts import Accounts
from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.browser.response import Response
from labsrv.kit.lessons.lab import Lab, Site

# By their part in the cast: branch, roles, and what their record says.
STAFF: dict[str, tuple[str, list[str], dict[str, Any]]] = {
    "alice": ("harbour", ["employee"], {"_id": 1001, "band": "C", "amount": 2900, "note": "wants to learn blending"}),
    "bob": ("harbour", ["manager", "auditor"], {"_id": 1002, "band": "E", "amount": 4300, "note": "leaves in spring"}),
    "carol": ("harbour", ["hr", "payroll"], {"_id": 1003, "band": "D", "amount": 3600, "note": "back from leave"}),
    "mallory": ("harbour", ["employee"], {"_id": 1004, "band": "B", "amount": 2500, "note": "asks too many questions"}),
}
# The other branch. These two have no account here.
HILL = {
    "dora": {"_id": 2001, "band": "D", "amount": 3500, "note": "opened the branch"},
    "emil": {"_id": 2002, "band": "A", "amount": 2200, "note": "on trial until May"},
}
MONTHS = ("2026-09", "2026-10")
# A raise that waits, and whose: prepared by Bob for Alice.
WAITING = "raise-1"


def settle(lab: Lab) -> None:
    """Let everyone move in: accounts, roles, pay records with their slips, a raise that waits, next year's drafts."""
    accounts = Accounts(lab.db.users, lab.hasher)
    for part, (branch, roles, record) in STAFF.items():
        person = lab.people[part]
        accounts.add(person)
        lab.db.staff.insert_one({"_id": person.name, "branch": branch, "roles": list(roles)})
        keep(lab, record | {"owner": person.name, "branch": branch})
    for name, record in HILL.items():
        lab.db.staff.insert_one({"_id": name, "branch": "hill", "roles": ["employee"]})
        keep(lab, record | {"owner": name, "branch": "hill"})

    alice, bob = lab.people["alice"].name, lab.people["bob"].name
    waiting = {"_id": WAITING, "record": 1001, "owner": alice, "branch": "harbour", "amount": 3100}
    lab.db.raises.insert_one(waiting | {"prepared_by": bob, "prepared_as": ["manager"], "approved_by": None})


def keep(lab: Lab, record: dict[str, Any]) -> None:
    """Put a record into the store, with its slips and what it will be next year."""
    lab.db.records.insert_one(dict(record))
    for month in MONTHS:
        text = f"{record['owner']}, {month}: 20 days at work, 2 days ill\n"
        row = {"record": record["_id"], "name": f"{month}.txt", "text": text}
        lab.db.slips.insert_one({"_id": f"{record['_id']}-{month}", **row})
    lab.db.drafts.insert_one({"_id": record["_id"], "owner": record["owner"], "amount": record["amount"] + 120})


# What the office does, without any page.


def hire(lab: Lab, who: Browser, *roles: str, branch: str = "harbour") -> None:
    """Give somebody these roles, and no other, in a branch: a new job, a transfer, a demotion."""
    name = who.person.name
    lab.db.staff.update_one({"_id": name}, {"$set": {"roles": list(roles), "branch": branch}})
    lab.db.records.update_one({"owner": name}, {"$set": {"branch": branch}})


def number_of(lab: Lab, who: Browser) -> int:
    """Return the number of somebody's pay record."""
    return int(lab.db.records.find_one({"owner": who.person.name})["_id"])


def amount_of(lab: Lab, who: Browser) -> int:
    """Return what somebody's record in the store says that they earn."""
    return int(lab.db.records.find_one({"owner": who.person.name})["amount"])


def roles_in_store(lab: Lab, who: Browser) -> list[str]:
    """Return the roles that somebody is assigned."""
    return list(lab.db.staff.find_one({"_id": who.person.name})["roles"])


# What people do.


def log_in(browser: Browser, shop: Site, role: str = "") -> Page:
    """Let the browser's person log in, in one of their roles; the first where none is named."""
    person = browser.person
    fields = {"name": person.name, "password": person.password}
    return browser.submit(shop.login, **fields, **({"role": role} if role else {}))


def log_out(browser: Browser, shop: Site) -> Page:
    """End this session."""
    return browser.submit(shop.logout)


def ask(browser: Browser, url: str, method: str = "GET", said: Any = None, **options: Any) -> Response:
    """Ask the API, as script of the shop's page does; `said` is sent as JSON."""
    origin = "/".join(url.split("/")[:3])
    return browser.fetch(url, method=method, json=said, from_=f"{origin}/", **options)


def activate(browser: Browser, shop: Site, role: str) -> Response:
    """Take on a role in this session."""
    return ask(browser, shop.active_roles, "POST", {"role": role})


def drop(browser: Browser, shop: Site, role: str) -> Response:
    """Lay down a role in this session."""
    return ask(browser, shop.active_roles, "DELETE", {"role": role})


def assign(browser: Browser, shop: Site, to: Browser, role: str) -> Response:
    """Assign somebody a role."""
    return ask(browser, shop.roles, "POST", {"user": to.person.name, "role": role})


def change(browser: Browser, shop: Site, number: int, **fields: Any) -> Response:
    """Change fields of a record."""
    return ask(browser, shop.page("record", number=number), "PATCH", fields)


def prepare(browser: Browser, shop: Site, number: int, amount: int) -> str:
    """Prepare a raise, and return its key; empty where it was refused."""
    answer = ask(browser, shop.raises, "POST", {"record": number, "amount": amount})
    return str(answer.json()["id"]) if answer.status == 201 else ""


def approve(browser: Browser, shop: Site, key: str) -> Response:
    """Approve a raise."""
    return ask(browser, shop.page("approve", key=key), "POST")


def permissions_of(browser: Browser, shop: Site) -> list[str]:
    """Return what the shop says that this session permits; nothing for a stranger."""
    answer = ask(browser, shop.session)
    return list(answer.json()["permissions"]) if answer.status == 200 else []
