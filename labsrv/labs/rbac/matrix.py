"""The access matrix: who asks, for what, by which method; what is declared, and what is observed by really asking.

    cells = observe(lab)                     every actor, every request
    [each for each in cells if not each.as_declared]

What is declared is the table in expected.py. Each cell is asked of the site as it was before the first one: what a
request changes is put back.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from labsrv.kit.browser.browser import Browser
from labsrv.kit.cookies.model import Cookie
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.matrix import KeptTables, ObservedCell
from labsrv.labs.rbac.declared import DECLARED
from labsrv.labs.rbac.expected import expected
from labsrv.labs.rbac.people import WAITING, ask, hire, log_in, number_of

TABLES = ("users", "staff", "records", "slips", "raises", "sessions", "activations")


# Who asks.


def carol(lab: Lab) -> Browser:
    """Return Carol's browser, logged in as HR: whom others know as their office."""
    return acting(lab, "carol", "hr")


def acting(lab: Lab, part: str, role: str = "") -> Browser:
    """Return a browser of its own in which somebody has logged in, in one of their roles."""
    browser = lab.browser(f"{part} as {role or 'usual'}, asking")
    browser.person = lab.people[part]
    browser.jar.clear()
    log_in(browser, lab.shop, role)
    return browser


def stranger(lab: Lab) -> Browser:
    """Return a browser that nobody has logged in with."""
    browser = lab.browser("stranger, asking")
    browser.jar.clear()
    return browser


def from_the_hill(lab: Lab) -> Browser:
    """Return Mallory's browser: she is HR, of the other branch."""
    hire(lab, lab.mallory, "hr", branch="hill")
    return acting(lab, "mallory", "hr")


def demoted(lab: Lab) -> Browser:
    """Return Mallory's browser: she was HR when she logged in, and is an employee since."""
    hire(lab, lab.mallory, "hr", "employee")
    browser = acting(lab, "mallory", "hr")
    hire(lab, lab.mallory, "employee")
    return browser


def in_groups(lab: Lab) -> Browser:
    """Return Mallory's browser: she is in two groups whose names sound like HR's."""
    browser = acting(lab, "mallory")
    for name in ("HR ", "friends-of-hr"):
        ask(browser, lab.shop.groups, "POST", {"name": name})
    return browser


def who_prepared(lab: Lab) -> Browser:
    """Return Mallory's browser: she prepared the raise that waits as a manager, and comes back as payroll."""
    hire(lab, lab.mallory, "manager", "payroll")
    prepared = {"prepared_by": lab.mallory.person.name, "prepared_as": ["manager", "employee"]}
    lab.db.raises.update_one({"_id": WAITING}, {"$set": prepared})
    return acting(lab, "mallory", "payroll")


ACTORS: dict[str, Callable[[Lab], Browser]] = {
    "a stranger": stranger,
    "Alice, employee": lambda lab: acting(lab, "alice"),
    "Bob, manager": lambda lab: acting(lab, "bob", "manager"),
    "Bob, auditor": lambda lab: acting(lab, "bob", "auditor"),
    "Carol, HR": carol,
    "Carol, payroll": lambda lab: acting(lab, "carol", "payroll"),
    "Mallory, employee": lambda lab: acting(lab, "mallory"),
    "Mallory, HR of the hill": from_the_hill,
    "Mallory, HR until an hour ago": demoted,
    "Mallory, in groups": in_groups,
    "Mallory, who prepared it": who_prepared,
}


# For what.


@dataclass(frozen=True)
class RoleRequest:
    """One request: a method and an endpoint with its values; `way` says what is odd about it.

    A value or body may hold "own" for the number of the actor's own record, "user:alice" for somebody's name.
    """

    method: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    way: str = ""


def each_method(endpoint: str, *methods: str, **values: Any) -> dict[str, RoleRequest]:
    """Return requests without a body, one for each method, by what they are called."""
    where = "".join(f" {value}" for value in values.values())
    return {f"{method} {endpoint}{where}": RoleRequest(method, endpoint, values) for method in methods}


def odd_ways(name: str, asked: RoleRequest) -> dict[str, RoleRequest]:
    """Return a request with a role in each place where one may be claimed, and one that calls itself a GET."""
    body = (asked.body or {}) | {"as": "hr"}
    common = (asked.method, asked.endpoint, asked.values)
    return {
        f"{name}, hr in body": RoleRequest(*common, body, way="role in the body"),
        f"{name}, hr in cookie": RoleRequest(*common, asked.body, cookies={"role": "hr"}, way="role in a cookie"),
        f"{name}, hr in header": RoleRequest(*common, asked.body, {"X-Role": "hr"}, way="role in a header"),
        f"{name}, called GET": RoleRequest(*common, asked.body, {"X-HTTP-Method-Override": "GET"}, way="override"),
    }


MANAGER = RoleRequest("POST", "roles", body={"user": "user:alice", "role": "manager"})
ALICES = {"user": "user:alice", "role": "employee"}
NOTE = RoleRequest("PATCH", "record", {"number": 1001}, {"note": "seen"})

REQUESTS: dict[str, RoleRequest] = {
    **each_method("home", "GET", "POST"),
    **each_method("login", "GET"),
    **each_method("pay", "GET", "HEAD", "POST"),
    **each_method("pay_record", "GET", number="own"),
    **each_method("pay_record", "GET", number=1001),
    **each_method("records", "GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE"),
    "GET records, hr in cookie": RoleRequest("GET", "records", cookies={"role": "hr"}, way="role in a cookie"),
    "GET records, hr in header": RoleRequest("GET", "records", headers={"X-Role": "hr"}, way="role in a header"),
    **each_method("count", "GET", "HEAD", "POST"),
    **each_method("export", "GET", "HEAD", "PUT"),
    "POST bulk": RoleRequest("POST", "bulk", body={"ids": ["own", 1001, 1002, 2001, 9999]}),
    "POST bulk, no numbers": RoleRequest("POST", "bulk", body={"ids": ["1001"]}),
    **each_method("bulk", "GET"),
    **each_method("record", "GET", "HEAD", "DELETE", number="own"),
    **each_method("record", "GET", "HEAD", "PUT", "POST", "DELETE", number=1001),
    **each_method("record", "GET", "DELETE", number=2001),
    **each_method("record", "GET", "DELETE", number=9999),
    "PATCH note 1001": NOTE,
    **odd_ways("PATCH note 1001", NOTE),
    "PATCH amount 1001": RoleRequest("PATCH", "record", {"number": 1001}, {"amount": 9000}),
    "PATCH owner 1001": RoleRequest("PATCH", "record", {"number": 1001}, {"note": "x", "owner": "user:bob"}),
    "PATCH amount own": RoleRequest("PATCH", "record", {"number": "own"}, {"amount": 9000}),
    "PATCH note 2001": RoleRequest("PATCH", "record", {"number": 2001}, {"note": "seen"}),
    "POST record 1001, called PATCH": RoleRequest(
        "POST", "record", {"number": 1001}, {"note": "x"}, {"X-HTTP-Method-Override": "PATCH"}, way="override"
    ),
    **each_method("slips", "GET", "POST", number="own"),
    **each_method("slips", "GET", number=1001),
    **each_method("slips", "GET", number=2001),
    **each_method("slip", "GET", number="own", file="2026-10.txt"),
    **each_method("slip", "GET", "HEAD", "DELETE", number=1001, file="2026-10.txt"),
    **each_method("slip", "GET", number=2001, file="2026-10.txt"),
    **each_method("raises", "GET", "DELETE"),
    "POST raises": RoleRequest("POST", "raises", body={"record": 1001, "amount": 3200}),
    "POST raises, hill": RoleRequest("POST", "raises", body={"record": 2001, "amount": 3200}),
    **each_method("approve", "GET", "POST", key=WAITING),
    **each_method("roles", "GET", "PUT"),
    "POST roles": MANAGER,
    **odd_ways("POST roles", MANAGER),
    "POST roles, two kept apart": RoleRequest("POST", "roles", body={"user": "user:carol", "role": "auditor"}),
    "POST roles, by inheritance": RoleRequest("POST", "roles", body={"user": "user:carol", "role": "director"}),
    "GET role": RoleRequest("GET", "role", ALICES),
    "DELETE role": RoleRequest("DELETE", "role", ALICES),
    "POST groups": RoleRequest("POST", "groups", body={"name": "tasters"}),
    "POST groups, a role's name": RoleRequest("POST", "groups", body={"name": "hr"}),
    **each_method("session", "GET"),
    "POST active_roles, payroll": RoleRequest("POST", "active_roles", body={"role": "payroll"}),
    "POST active_roles, hr": RoleRequest("POST", "active_roles", body={"role": "hr"}),
    "DELETE active_roles, employee": RoleRequest("DELETE", "active_roles", body={"role": "employee"}),
    **each_method("log", "GET", "DELETE"),
    **each_method("drafts", "GET", "HEAD", "OPTIONS"),
}


# What comes of it.


@dataclass(frozen=True)
class DeclaredCell(ObservedCell):
    """A cell, and what its endpoint declares for the method. `observed` has records and amounts: `200:4/1`."""

    needed: str | None = None

    @property
    def as_declared(self) -> bool:
        """Return whether it is as it was declared, and a refusal has changed nothing."""
        return super().as_declared and not (self.changed and int(self.observed[:3]) >= 400)


def observe(lab: Lab, actors: Iterable[str] = ACTORS, requests: Iterable[str] = REQUESTS) -> list[DeclaredCell]:
    """Return what each of these actors gets for each of these requests, asked one after the other.

    Raises `LookupError` for an actor or a request that is not in the matrix.
    """
    actors, requests, cells = list(actors), list(requests), []
    unknown = [each for each in [*actors, *requests] if each not in ACTORS and each not in REQUESTS]
    if unknown:
        raise LookupError(f"The matrix has no {', '.join(map(repr, unknown))}: see ACTORS and REQUESTS.")

    with KeptTables(lab.db, TABLES) as before:
        for actor in actors:
            browser = ACTORS[actor](lab)
            with KeptTables(lab.db, TABLES) as settled:
                cells += [cell(lab, browser, settled, actor, name) for name in requests]
            before.put_back()
    return cells


def cell(lab: Lab, browser: Browser, settled: KeptTables, actor: str, name: str) -> DeclaredCell:
    """Return one cell, with everything put back as it was."""
    asked = REQUESTS[name]
    settled.put_back()
    with with_cookies(browser, lab, asked.cookies):
        values = filled(lab, browser, asked.values)
        address = lab.shop.page(asked.endpoint, **values)
        answer = ask(browser, address, asked.method, filled(lab, browser, asked.body), headers=asked.headers)
    status = str(answer.status) + shown(answer.body, answer.status)
    needed = DECLARED.get(asked.endpoint, {}).get("GET" if asked.method == "HEAD" else asked.method)
    what = (asked.endpoint, asked.method, asked.way, expected(name, actor))
    return DeclaredCell(actor, name, *what, status, settled.changed(), answer.exchanges[-1], needed)


@contextmanager
def with_cookies(browser: Browser, lab: Lab, cookies: dict[str, str]) -> Iterator[None]:
    """Have these cookies in a browser for a while, beside those that the site gave it."""
    host = urlsplit(lab.shop.url).hostname or ""
    for name, value in cookies.items():
        browser.jar.put(Cookie(name, value, host, secure=True))
    yield
    for name in cookies:
        browser.jar.remove(name)


def filled(lab: Lab, browser: Browser, value: Any) -> Any:
    """Return values with "own" and "user:…" filled in."""
    if isinstance(value, dict):
        return {name: filled(lab, browser, each) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(lab, browser, each) for each in value]
    if value == "own":
        return number_of(lab, browser if browser.person else lab.alice)
    if isinstance(value, str) and value.startswith("user:"):
        return lab.people[value.removeprefix("user:")].name

    return value


def shown(body: bytes, status: int) -> str:
    """Return how many records and amounts an answer shows: `:4/1`; nothing where it is about something else."""
    if status != 200:
        return ""
    text = body.decode("utf-8", "replace")
    if text.startswith("id,owner"):
        rows = list(csv.DictReader(text.splitlines()))
        return told(rows)
    if text.startswith("<!doctype"):
        links = re.findall(r'href="/pay/(\d+)"', text)
        return f":{len(links)}" if links else ""
    return shown_as_json(text)


def shown_as_json(text: str) -> str:
    """Return how many records and amounts, or lines of something else, an answer in JSON shows."""
    try:
        said = json.loads(text)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    if "records" in said or "band" in said:
        return told(said.get("records", [said]))
    if "count" in said:
        return f":{said['count']}"
    lines = next((each for name, each in said.items() if name in ("slips", "raises", "roles", "drafts")), None)
    return f":{len(lines)}" if isinstance(lines, list) and "permissions" not in said else ""


def told(records: list[dict[str, Any]]) -> str:
    """Return how many records there are, and in how many stands an amount."""
    return f":{len(records)}/{sum(bool(each.get('amount')) for each in records)}"
