"""The table of decisions: who asks, in which circumstances, for what; what is declared, and what is really answered.

    cells = observe(lab)                     every actor, every request
    [each for each in cells if not each.as_declared]

What is declared is the table in expected.py. Each cell is asked of the site as it was before the first one: what a
request changes is put back, and no decision is kept from one cell to the next.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.questions import Question
from labsrv.kit.browser.browser import Browser
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.matrix import KeptTables, ObservedCell
from labsrv.labs.abac.expected import expected
from labsrv.labs.abac.people import (
    DOCUMENTS,
    ask,
    at_desk,
    break_glass,
    comes_by_proxy,
    confirm,
    enrol,
    goes,
    log_in,
    move_to,
    staff,
)
from labsrv.labs.abac.policy import POLICY
from labsrv.policy.deciding import decide
from labsrv.policy.policy import Policy

TABLES = ("staff", "documents", "sessions", "policies", "emergencies", "notices", "proofs", "kept", "decisions")
NOTED = ("kept", "decisions")  # written for each request
PROVE_MORE = "more"
MORNING = "11:00"  # in Berlin; in Tokyo it is evening by then, in summer and in winter

# Who asks, and in which circumstances. Each comes in the morning, and has headers that come along with each request.

Asking = tuple[Browser, dict[str, str]]


def acting(lab: Lab, part: str, what: str) -> Browser:
    """Return a browser of its own for somebody."""
    browser = lab.browser(f"{part}, {what}, asking")
    browser.person = lab.people[part]
    browser.jar.clear()
    move_to(lab, MORNING)
    return browser


def at_work(lab: Lab, part: str) -> Asking:
    """Somebody at their desk, in the morning, on a device that IT trusts."""
    return at_desk(lab, acting(lab, part, "at work")), {}


def with_proof(lab: Lab, part: str) -> Asking:
    """The same, with the password typed once more."""
    browser = at_desk(lab, acting(lab, part, "with a proof"))
    return browser, confirm(browser, lab.shop)


def stranger(lab: Lab) -> Asking:
    """Somebody who has not logged in."""
    browser = lab.browser("a stranger, asking")
    browser.jar.clear()
    return browser, {}


def at_home(lab: Lab) -> Asking:
    """Bob, who logged in at home."""
    bob = goes(lab, acting(lab, "bob", "at home"), "home")
    enrol(lab, bob)
    log_in(bob, lab.shop)
    return bob, {}


def abroad(lab: Lab) -> Asking:
    """Bob, who logged in at his desk and is abroad since."""
    return goes(lab, at_desk(lab, acting(lab, "bob", "abroad")), "abroad"), {}


def at_six(lab: Lab) -> Asking:
    """Bob, who logged in in the morning, when it is six in the evening."""
    bob = at_desk(lab, acting(lab, "bob", "at six"))
    move_to(lab, "18:00:00")
    return bob, {}


def early(lab: Lab) -> Asking:
    """Bob, who is at his desk before the office opens, when it is open in Tokyo."""
    bob = acting(lab, "bob", "early")
    move_to(lab, "07:00")
    return at_desk(lab, bob), {}


def on_unknown_device(lab: Lab) -> Asking:
    """Bob at his desk, on a device that IT has not seen."""
    return at_desk(lab, acting(lab, "bob", "on an unknown device"), known=False), {}


def by_proxy(lab: Lab) -> Asking:
    """Bob at home, whose requests come by the company's proxy."""
    bob, _ = at_home(lab)
    return bob, comes_by_proxy(bob)


def in_an_emergency(lab: Lab) -> Asking:
    """Alice, who has written down an emergency about the hotel's contract."""
    alice = at_desk(lab, acting(lab, "alice", "in an emergency"))
    break_glass(alice, lab.shop, "hotel-contract")
    return alice, {}


def cleared(lab: Lab) -> Asking:
    """Mallory, whom HR has cleared for everything."""
    staff(lab, lab.mallory, clearance=3)
    return at_work(lab, "mallory")


def between_two_jobs(lab: Lab) -> Asking:
    """Mallory, who is of no department just now."""
    staff(lab, lab.mallory, department=None)
    return at_work(lab, "mallory")


ACTORS: dict[str, Callable[[Lab], Asking]] = {
    "a stranger": stranger,
    "Alice": lambda lab: at_work(lab, "alice"),
    "Bob": lambda lab: at_work(lab, "bob"),
    "Carol": lambda lab: at_work(lab, "carol"),
    "Mallory": lambda lab: at_work(lab, "mallory"),
    "Bob, with a proof": lambda lab: with_proof(lab, "bob"),
    "Mallory, with a proof": lambda lab: with_proof(lab, "mallory"),
    "Bob, at home": at_home,
    "Bob, abroad": abroad,
    "Bob, at six": at_six,
    "Bob, early": early,
    "Bob, on an unknown device": on_unknown_device,
    "Bob, at home by proxy": by_proxy,
    "Alice, in an emergency": in_an_emergency,
    "Mallory, cleared": cleared,
    "Mallory, between two jobs": between_two_jobs,
}


# For what.


@dataclass(frozen=True)
class DocumentRequest:
    """One request: a method and an endpoint with its values. A body may hold "user:bob" for somebody's name."""

    method: str
    endpoint: str
    key: str = ""
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    query: str = ""
    way: str = ""


def of_documents(method: str, endpoint: str, *keys: str, body: Any = None) -> dict[str, DocumentRequest]:
    """Return one request for each document, by what they are called."""
    what = method if endpoint == "document" else f"{method} {endpoint}"
    return {f"{what} {key}": DocumentRequest(method, endpoint, key, body) for key in keys}


def said_in_headers(key: str) -> dict[str, DocumentRequest]:
    """Return requests for a document that say in headers what would help."""
    claims = {
        "said to be inside": {"X-Forwarded-For": "10.1.0.14"},
        "said to be healthy": {"X-Device-Risk": "low"},
        "said to be noon": {"X-Local-Time": "12:00"},
    }
    return {
        f"GET {key}, {way}": DocumentRequest("GET", "document", key, None, said, "", way)
        for way, said in claims.items()
    }


NEW = {"kind": "blend", "title": "a blend", "text": "Two parts of it."}
CREATED = {
    "POST own": NEW | {"sensitivity": 1},
    "POST own, sensitive": NEW | {"sensitivity": 2},
    "POST for blending": NEW | {"sensitivity": 1, "department": "blending"},
    "POST for Bob": NEW | {"sensitivity": 1, "owner": "user:bob"},
}

REQUESTS: dict[str, DocumentRequest] = {
    "GET home": DocumentRequest("GET", "home"),
    "GET pages": DocumentRequest("GET", "pages"),
    "GET documents": DocumentRequest("GET", "documents"),
    "GET count": DocumentRequest("GET", "count"),
    "GET export": DocumentRequest("GET", "export"),
    "OPTIONS documents": DocumentRequest("OPTIONS", "documents"),
    **of_documents("GET", "document", *DOCUMENTS, "motel-contract"),
    **of_documents("HEAD", "document", "hotel-contract", "next-prices"),
    **of_documents("PUT", "document", "cafe-contract"),
    **of_documents("GET", "page", "hotel-contract", "next-prices", "cafe-contract"),
    **of_documents("GET", "printed", "hotel-contract", "next-prices", "price-list"),
    **said_in_headers("hotel-contract"),
    **said_in_headers("next-prices"),
    "GET next-prices, saying what it is": DocumentRequest(
        "GET", "document", "next-prices", query="?sensitivity=1", way="query"
    ),
    **{name: DocumentRequest("POST", "documents", body=body) for name, body in CREATED.items()},
    **of_documents(
        "PATCH", "document",
        "spring-notes", "cafe-contract", "next-prices", "old-prices", "price-list", "hotel-contract", "motel-contract",
        body={"text": "Changed."},
    ),
    "PATCH cafe-contract, owner": DocumentRequest("PATCH", "document", "cafe-contract", {"owner": "user:mallory"}),
    "PATCH tasting-notes, owner": DocumentRequest("PATCH", "document", "tasting-notes", {"owner": "user:bob"}),
    "PATCH next-prices, sensitivity": DocumentRequest("PATCH", "document", "next-prices", {"sensitivity": 1}),
    "PATCH cafe-contract, sensitivity": DocumentRequest("PATCH", "document", "cafe-contract", {"sensitivity": 3}),
    "PATCH cafe-contract, department": DocumentRequest(
        "PATCH", "document", "cafe-contract", {"department": "blending"}
    ),
    "PATCH cafe-contract, text as number": DocumentRequest("PATCH", "document", "cafe-contract", {"text": 5}),
    **of_documents("DELETE", "document", "cafe-contract", "price-list", "tasting-notes", "old-prices"),
    **of_documents("POST", "hand_over", "cafe-contract", "tasting-notes", "old-prices", body={"to": "user:carol"}),
    **of_documents("POST", "sign", "cafe-contract", "hotel-contract", "price-list"),
    **of_documents("POST", "break_glass", "hotel-contract", "motel-contract", body={"reason": "water in the cellar"}),
    "GET me": DocumentRequest("GET", "me"),
    "POST confirm, wrong": DocumentRequest("POST", "confirm", body={"password": "not-it"}),
    "GET policy": DocumentRequest("GET", "policy"),
    "GET policy_page": DocumentRequest("GET", "policy_page"),
    "PUT policy": DocumentRequest("PUT", "policy", body=POLICY),
    "PUT policy, none": DocumentRequest("PUT", "policy", body={"version": 1}),
    "GET log": DocumentRequest("GET", "log"),
}  # fmt: skip


# What comes of it.


@dataclass(frozen=True)
class DocumentCell(ObservedCell):
    """A cell. `observed` is a status, `200*` where the text is marked, or how many are listed: `:4`.

    `more` is the 401 that asks for a second proof; `asked` is what the PEP asked the PDP of single documents, in order.
    """

    asked: tuple[Question, ...] = ()

    def decision(self) -> Decision | None:
        """Return the reference's decision on what was asked last, with every rule and attribute; None without one."""
        return decide(Policy.read(POLICY), self.asked[-1]) if self.asked else None


def observe(lab: Lab, actors: Iterable[str] = (), requests: Iterable[str] = ()) -> list[DocumentCell]:
    """Ask for these cells, all of them where none are named; raises `LookupError` for what is not there.

    The lab's clock goes on by a day and more for each actor.
    """
    chosen = list(actors) or list(ACTORS)
    asked = list(requests) or list(REQUESTS)
    unknown = [each for each in chosen if each not in ACTORS] + [each for each in asked if each not in REQUESTS]
    if unknown:
        raise LookupError(f"The table has no {', '.join(map(repr, unknown))}: see ACTORS and REQUESTS.")

    cells = []
    with KeptTables(lab.db, TABLES, NOTED) as at_first:
        for actor in chosen:
            at_first.put_back()
            browser, headers = ACTORS[actor](lab)
            with KeptTables(lab.db, TABLES, NOTED) as settled:
                cells += [cell(lab, browser, headers, settled, actor, name) for name in asked]
    return cells


def cell(
    lab: Lab, browser: Browser, headers: dict[str, str], settled: KeptTables, actor: str, name: str
) -> DocumentCell:
    """Return one cell, with everything put back as it was."""
    asked = REQUESTS[name]
    settled.put_back()
    address = lab.shop.page(asked.endpoint, **({"key": asked.key} if asked.key else {})) + asked.query
    # What a proxy writes, it writes behind what came.
    both = [each["X-Forwarded-For"] for each in (asked.headers, headers) if "X-Forwarded-For" in each]
    sent = asked.headers | headers | ({"X-Forwarded-For": ", ".join(both)} if both else {})

    answer = ask(browser, address, asked.method, filled(lab, asked.body), headers=sent)
    exchange = answer.exchanges[-1]
    rows = lab.db.decisions.find({}, sort=[("_id", 1)])
    observed = told(exchange, browser)
    return DocumentCell(
        actor,
        name,
        asked.endpoint,
        asked.method,
        asked.way,
        expected(name, actor),
        observed,
        settled.changed(),
        exchange,
        tuple(Question.from_json(json.loads(each["question"])) for each in rows),
    )


def filled(lab: Lab, value: Any) -> Any:
    """Return a body with names in the place of "user:…"."""
    if isinstance(value, dict):
        return {name: filled(lab, each) for name, each in value.items()}
    if isinstance(value, str) and value.startswith("user:"):
        return lab.people[value.removeprefix("user:")].name

    return value


def told(exchange: Exchange, browser: Browser) -> str:
    """Return what an answer came to, in the table's words."""
    if exchange.status == 401 and exchange.response_header("WWW-Authenticate"):
        return PROVE_MORE
    if exchange.status != 200:
        return str(exchange.status)

    text = exchange.response_body.decode("utf-8", "replace")
    if text.startswith("key,kind"):
        return f":{len(list(csv.DictReader(text.splitlines())))}"
    if exchange.url.endswith("/documents") and text.startswith("<!doctype"):
        return f":{len(re.findall('href=./documents/', text))}"
    if "Secret of" in text:
        return "200*" if browser.person and f"[read by {browser.person.name}]" in text else "200"
    return counted(text) or "200"


def counted(text: str) -> str:
    """Return how many documents a list or a count in JSON tells of, as `:4`."""
    try:
        said = json.loads(text)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    return f":{said['count']}" if "count" in said else f":{len(said['documents'])}" if "documents" in said else ""
